package dev.outdial.server.dial;

import dev.outdial.dialer.guard.NumberPlan;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.Schedule;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** When the window of a call's schedule opens, by the clock on the callee's wall. <b>Threading:</b> any. */
public final class CallingHours {
    /** Whatever is open at once is so every day. */
    private static final int DAYS = 2;

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

    /**
     * The first moment from {@code now} on at which the call may be dialled: where the callee may be in several
     * zones, in all of them; where those are never open at once, in most of them, as nobody could be called at all
     * otherwise.
     */
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

    /** The moment at which most zones are open, of several the first. It is final: asked then, it is now. */
    static Instant next(Schedule.Window window, List<ZoneId> zones, Instant now) {
        // Where clocks change, more may be open two days after that moment: each step is to more of them.
        Instant when = now;
        for (Instant best = best(window, zones, when); !best.equals(when); best = best(window, zones, when)) {
            when = best;
        }
        return when;
    }

    private static Instant best(Schedule.Window window, List<ZoneId> zones, Instant now) {
        Instant best = now;
        long most = open(window, zones, now);
        if (most == zones.size()) return now;
        SortedSet<Instant> openings = new TreeSet<>(); // more are open at no other moment
        zones.forEach(zone -> openings.addAll(openings(window, zone, now)));
        for (Instant one : openings) {
            long open = open(window, zones, one);
            if (open == zones.size()) return one;
            if (open > most) {
                most = open;
                best = one;
            }
        }
        return best;
    }

    private static long open(Schedule.Window window, List<ZoneId> zones, Instant when) {
        return zones.stream().filter(zone -> isOpen(window, zone, when)).count();
    }

    private static boolean isOpen(Schedule.Window window, ZoneId zone, Instant when) {
        LocalTime time = when.atZone(zone).toLocalTime();
        LocalTime from = window.from();
        LocalTime to = window.to();
        if (from.equals(to)) return true;
        return from.isBefore(to)
                ? !time.isBefore(from) && time.isBefore(to)
                : !time.isBefore(from) || time.isBefore(to);
    }

    /** From now on. The night that has an hour twice may have two. */
    private static List<Instant> openings(Schedule.Window window, ZoneId zone, Instant now) {
        LocalDate today = now.atZone(zone).toLocalDate();
        return IntStream.rangeClosed(0, DAYS)
                .mapToObj(day -> today.plusDays(day).atTime(window.from()).atZone(zone))
                .flatMap(time -> Stream.of(time, time.withLaterOffsetAtOverlap()))
                .map(ZonedDateTime::toInstant)
                .filter(time -> !time.isBefore(now))
                .toList();
    }
}
