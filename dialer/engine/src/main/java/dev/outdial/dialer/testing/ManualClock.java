package dev.outdial.dialer.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * A clock that stands still until somebody moves it: {@link #advance} by hand, or a {@link FakeTrunk}. It tells the time of day
 * ({@link Clock}, and so {@link java.time.InstantSource}) and monotonic nanoseconds ({@link #nanos}), which go together.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class ManualClock extends Clock {
    private final Instant origin;
    private final ZoneId zone;
    private final Hands hands;

    /** What a clock has in common with the same clock in another zone. */
    private static final class Hands {
        private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
        private Optional<FakeTime> owner = Optional.empty();
        private long nanos;
        private long alarmCount;
    }

    private record Alarm(long atNanos, long number, Runnable task) implements Comparable<Alarm> {
        @Override
        public int compareTo(Alarm other) {
            return atNanos != other.atNanos ? Long.compare(atNanos, other.atNanos) : Long.compare(number, other.number);
        }
    }

    private ManualClock(Instant origin, ZoneId zone, Hands hands) {
        this.origin = origin;
        this.zone = zone;
        this.hands = hands;
    }

    /** A clock that shows that time, in UTC. */
    public static ManualClock at(Instant instant) {
        return new ManualClock(instant, ZoneOffset.UTC, new Hands());
    }

    /** Monotonic nanoseconds, 0 at first: what {@link System#nanoTime} is elsewhere. */
    public long nanos() {
        synchronized (hands) {
            return hands.nanos;
        }
    }

    @Override
    public Instant instant() {
        return origin.plusNanos(nanos());
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** The same clock in another zone: it moves with this one. */
    @Override
    public Clock withZone(ZoneId other) {
        return new ManualClock(origin, other, hands);
    }

    /**
     * Moves on. Where the clock is a {@link FakeTrunk}'s, everything that falls into that time happens, one after the other, and whatever
     * waits for it has gone on as far as it can when this returns.
     *
     * @throws IllegalArgumentException for a negative time
     */
    public void advance(Duration time) {
        if (time.isNegative()) throw new IllegalArgumentException("a clock does not go back by " + time);
        Optional<FakeTime> owner;
        synchronized (hands) {
            owner = hands.owner;
        }
        if (owner.isPresent()) owner.get().advance(time);
        else moveTo(nanos() + time.toNanos());
    }

    void ownedBy(FakeTime time) {
        synchronized (hands) {
            hands.owner = Optional.of(time);
        }
    }

    /** Sets an alarm; the handle takes it back. */
    Runnable alarm(long delayNanos, Runnable task) {
        synchronized (hands) {
            var alarm = new Alarm(hands.nanos + Math.max(0, delayNanos), hands.alarmCount++, task);
            hands.alarms.add(alarm);
            return () -> takeBack(alarm);
        }
    }

    private void takeBack(Alarm alarm) {
        synchronized (hands) {
            hands.alarms.remove(alarm);
        }
    }

    /** Moves to the next alarm that is due by then, and returns what it does; moves there where there is none. */
    Optional<Runnable> nextBy(long atNanos) {
        synchronized (hands) {
            Alarm next = hands.alarms.peek();
            if (next == null || next.atNanos() > atNanos) {
                return Optional.empty();
            }
            hands.alarms.remove();
            hands.nanos = Math.max(hands.nanos, next.atNanos());
            return Optional.of(next.task());
        }
    }

    void moveTo(long atNanos) {
        synchronized (hands) {
            hands.nanos = Math.max(hands.nanos, atNanos);
        }
    }
}
