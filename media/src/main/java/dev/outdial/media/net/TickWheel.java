package dev.outdial.media.net;

import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls each member once a packet time, on an absolute grid: being late never shifts the ticks after it, and ticks that were
 * missed are counted, never made up for. Members are spread over the packet time. <b>Threading:</b> one owner.
 *
 * <pre>
 *   slot (2 ms)    0    1    2   ...   9    10   11
 *   members       a k   b    c         j   a k    b      ten phases of 2 ms: 500 wake-ups a second at most
 * </pre>
 *
 * A packet time that is no multiple of the slot is kept in the long run: its ticks come up to a slot late.
 */
final class TickWheel {
    private static final Logger LOG = LoggerFactory.getLogger(TickWheel.class);
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int SLOTS = 64;
    private static final int CYCLE_MILLIS = 20;
    private static final int MAX_PERIOD_MILLIS = 40;

    /** A member's place on the wheel. */
    static final class Seat {
        private final LoopMember member;
        private final int phase;
        private long periodNanos = CYCLE_MILLIS * NANOS_PER_MILLI;
        private long dueNanos;
        private long nextDueNanos;
        private boolean removed;
        private @Nullable Seat next;

        private Seat(LoopMember member, int phase, long dueNanos) {
            this.member = member;
            this.phase = phase;
            this.dueNanos = dueNanos;
        }

        /** When the member is called next. */
        long dueNanos() {
            return dueNanos;
        }

        boolean isRemoved() {
            return removed;
        }
    }

    private final LongSupplier clock;
    private final LatenessHistogram lateness;
    private final long slotNanos;
    private final long originNanos;
    private final @Nullable Seat[] slots = new @Nullable Seat[SLOTS];
    private final int[] load;
    private long cursor;
    private int size;

    /**
     * @param slotMillis 1 to 4
     * @param originNanos where the grid begins, not after now; one for wheels that hand members over to each other
     */
    TickWheel(LongSupplier clock, LatenessHistogram lateness, int slotMillis, long originNanos) {
        this.clock = clock;
        this.lateness = lateness;
        this.slotNanos = slotMillis * NANOS_PER_MILLI;
        this.originNanos = originNanos;
        this.load = new int[CYCLE_MILLIS / slotMillis];
    }

    /** Takes a member whose first tick is in the phase that has the fewest members, within 20 ms. */
    Seat add(LoopMember member) {
        if (size == 0) skipIdleTime();
        int phase = 0;
        for (int i = 1; i < load.length; i++) if (load[i] < load[phase]) phase = i;
        long earliest = Math.max(cursor, slotAt(clock.getAsLong()) + 1);
        return seat(member, phase, nanosAt(earliest + Math.floorMod(phase - earliest, load.length)));
    }

    /** Takes a member that comes from another wheel and was due there at that time. */
    Seat add(LoopMember member, long dueNanos) {
        if (size == 0) skipIdleTime();
        return seat(member, (int) Math.floorMod(slotFrom(dueNanos), (long) load.length), dueNanos);
    }

    private Seat seat(LoopMember member, int phase, long dueNanos) {
        var seat = new Seat(member, phase, dueNanos);
        load[phase]++;
        size++;
        insert(seat);
        return seat;
    }

    private void skipIdleTime() {
        Arrays.fill(slots, null);
        cursor = slotAt(clock.getAsLong());
    }

    /** Takes effect at once: the member is not called again. */
    void remove(Seat seat) {
        if (seat.removed) return;
        seat.removed = true;
        load[seat.phase]--;
        size--;
    }

    /** From the next tick on; 1 to 40 ms. */
    void period(Seat seat, int millis) {
        if (millis < 1 || millis > MAX_PERIOD_MILLIS) throw new IllegalArgumentException("period " + millis + " ms");
        seat.periodNanos = millis * NANOS_PER_MILLI;
    }

    int size() {
        return size;
    }

    /** Ticks everything that is due. */
    void run() {
        long nowSlot = slotAt(clock.getAsLong());
        for (; cursor <= nowSlot; cursor++) {
            int index = (int) (cursor % SLOTS);
            Seat first = slots[index];
            if (first == null) continue;
            slots[index] = null;
            for (Seat seat = first; seat != null; seat = seat.next) if (isDue(seat)) send(seat);
            // One time for all: reading them takes less than what a packet's time of arrival can be told to.
            long now = clock.getAsLong();
            for (Seat seat = first; seat != null; ) {
                Seat following = seat.next;
                if (isDue(seat)) receive(seat, now);
                if (!seat.removed) insert(seat);
                seat = following;
            }
        }
    }

    private boolean isDue(Seat seat) {
        return !seat.removed && seat.dueNanos - nanosAt(cursor) <= 0;
    }

    private void send(Seat seat) {
        long now = clock.getAsLong();
        long late = now - seat.dueNanos;
        long missed = late / seat.periodNanos;
        // Told here, for time goes by until the receiving is done: a packet time that is not counted as missed is kept.
        seat.nextDueNanos = seat.dueNanos + (missed + 1) * seat.periodNanos;
        try {
            if (seat.member.send((int) Math.min(Integer.MAX_VALUE, missed), now)) lateness.add(late);
        } catch (Throwable e) {
            fail(seat, e);
        }
    }

    private void receive(Seat seat, long now) {
        try {
            seat.member.receive(now);
        } catch (Throwable e) {
            fail(seat, e);
        }
        seat.dueNanos = seat.nextDueNanos;
    }

    /** Whatever a member throws, an error too, ends that member alone. */
    private void fail(Seat seat, Throwable problem) {
        remove(seat);
        try {
            seat.member.failed(problem);
        } catch (Throwable e) {
            LOG.error("a member of the media loop failed, and failed to end", e);
        }
    }

    private void insert(Seat seat) {
        int index = (int) (Math.max(cursor, slotFrom(seat.dueNanos)) % SLOTS);
        seat.next = slots[index];
        slots[index] = seat;
    }

    /** When {@link #run} has something to do; {@link Long#MAX_VALUE} while nobody is there. */
    long nextDeadlineNanos() {
        for (long slot = cursor; size > 0 && slot < cursor + SLOTS; slot++)
            if (slots[(int) (slot % SLOTS)] != null) return nanosAt(slot);
        return Long.MAX_VALUE;
    }

    /** The slot that has begun by then. */
    private long slotAt(long nanos) {
        return (nanos - originNanos) / slotNanos;
    }

    /** The first slot that does not begin before then. */
    private long slotFrom(long nanos) {
        return (nanos - originNanos + slotNanos - 1) / slotNanos;
    }

    private long nanosAt(long slot) {
        return originNanos + slot * slotNanos;
    }
}
