package dev.outdial.dialer.guard;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * Hours of the day in which nobody is called, by the clock on the callee's wall.
 *
 * @param from when they begin
 * @param until when they end; before {@code from} where they go past midnight
 */
public record QuietHours(LocalTime from, LocalTime until) {
    public QuietHours {
        if (from.equals(until)) {
            throw new IllegalArgumentException(
                    "quiet hours from " + from + " to " + until + ": nobody could be called");
        }
    }

    /** The first moment from {@code now} on that is not quiet there; {@code now} itself where it is not. */
    Instant end(Instant now, ZoneId zone) {
        ZonedDateTime there = now.atZone(zone);
        LocalTime time = there.toLocalTime();
        boolean pastMidnight = until.isBefore(from);
        boolean isQuiet = pastMidnight
                ? !time.isBefore(from) || time.isBefore(until)
                : !time.isBefore(from) && time.isBefore(until);
        if (!isQuiet) {
            return now;
        }
        LocalDate day =
                pastMidnight && !time.isBefore(from) ? there.toLocalDate().plusDays(1) : there.toLocalDate();
        // An hour that a clock change leaves out ends when the clock goes on.
        return day.atTime(until).atZone(zone).toInstant();
    }
}
