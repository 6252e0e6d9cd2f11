package dev.outdial.server.dial;

import dev.outdial.dialer.guard.NumberPlan;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.Schedule;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

/** When the window of a call's schedule opens, by the clock on the callee's wall. <b>Threading:</b> any. */
public final class CallingHours {
    /** Zones of one number lie less far apart than that many openings. */
    private static final int MOST_STEPS = 8;

    private final NumberPlan plan;
    private final ZoneId unknown;

    /**
     * @param plan says in which zones a number may be
     * @param unknown the zone of a callee of whom nobody knows
     */
    public CallingHours(NumberPlan plan, ZoneId unknown) {
        this.plan = plan;
        this.unknown = unknown;
    }

    /** The first moment from {@code now} on at which the call may be dialled: where the callee may be in several zones, in all of them. */
    public Instant next(CallRecord call, Instant now) {
        Optional<Schedule.Window> window = call.schedule().window();
        return window.isEmpty() ? now : next(window.get(), zones(call, window.get()), now);
    }

    private List<ZoneId> zones(CallRecord call, Schedule.Window window) {
        if (window.zone().isPresent()) {
            try {
                return List.of(ZoneId.of(window.zone().get()));
            } catch (DateTimeException gone) {
                return List.of(unknown); // it was checked when the call was accepted, by other rules of time
            }
        }
        List<ZoneId> zones = plan.zones(plan.read(call.to().target()));
        return zones.isEmpty() ? List.of(unknown) : zones;
    }

    static Instant next(Schedule.Window window, List<ZoneId> zones, Instant now) {
        Instant when = now;
        for (int i = 0; i < MOST_STEPS; i++) {
            Instant before = when;
            for (ZoneId zone : zones) {
                when = opening(window, zone, when);
            }
            if (when.equals(before)) return when;
        }
        return when; // nowhere near each other: open in the last of them
    }

    private static Instant opening(Schedule.Window window, ZoneId zone, Instant now) {
        ZonedDateTime there = now.atZone(zone);
        LocalTime time = there.toLocalTime();
        LocalTime from = window.from();
        LocalTime to = window.to();
        boolean isOpen = from.equals(to)
                || (from.isBefore(to)
                        ? !time.isBefore(from) && time.isBefore(to)
                        : !time.isBefore(from) || time.isBefore(to));
        if (isOpen) return now;
        var day =
                time.isBefore(from) ? there.toLocalDate() : there.toLocalDate().plusDays(1);
        return day.atTime(from).atZone(zone).toInstant();
    }
}
