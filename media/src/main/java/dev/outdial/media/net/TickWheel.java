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
 *   slot (1 ms)    0    2    4   ...  18    20   22
 *   members       a k   b    c         j   a k    b      ten phases of 2 ms: 500 wake-ups a second at most
 * </pre>
 */
final class TickWheel {
    private static final Logger LOG = LoggerFactory.getLogger(TickWheel.class);
    private static final long SLOT_NANOS = 1_000_000;
    private static final int SLOTS = 64;
    private static final int PHASES = 10;
    private static final int SLOTS_PER_PHASE = 2;

    /** A member's place on the wheel. */
    static final class Seat {
        private final LoopMember member;
        private final int phase;
        private int periodSlots = PHASES * SLOTS_PER_PHASE;
        private long dueSlot;
        private boolean removed;
        private @Nullable Seat next;

        private Seat(LoopMember member, int phase) {
            this.member = member;
            this.phase = phase;
        }
    }

    private final LongSupplier clock;
    private final LatenessHistogram lateness;
    private final long originNanos;
    private final @Nullable Seat[] slots = new @Nullable Seat[SLOTS];
    private final int[] load = new int[PHASES];
    private long cursor;
    private int size;

    TickWheel(LongSupplier clock, LatenessHistogram lateness) {
        this.clock = clock;
        this.lateness = lateness;
        this.originNanos = clock.getAsLong();
    }

    Seat add(LoopMember member) {
        if (size == 0) skipIdleTime();
        int phase = 0;
        for (int i = 1; i < PHASES; i++) if (load[i] < load[phase]) phase = i;
        load[phase]++;
        size++;
        var seat = new Seat(member, phase);
        long period = seat.periodSlots;
        long earliest = Math.max(cursor, slotAt(clock.getAsLong()) + 1);
        seat.dueSlot = earliest + Math.floorMod((long) phase * SLOTS_PER_PHASE - earliest, period);
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
        if (millis < 1 || millis > 40) throw new IllegalArgumentException("period " + millis + " ms");
        seat.periodSlots = millis;
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
            for (Seat seat = first; seat != null; ) {
                Seat following = seat.next;
                if (isDue(seat)) receive(seat);
                if (!seat.removed) insert(seat);
                seat = following;
            }
        }
    }

    private boolean isDue(Seat seat) {
        return !seat.removed && seat.dueSlot <= cursor;
    }

    private void send(Seat seat) {
        long now = clock.getAsLong();
        long late = now - nanosAt(seat.dueSlot);
        int missed = (int) Math.min(Integer.MAX_VALUE, late / (seat.periodSlots * SLOT_NANOS));
        try {
            if (seat.member.send(missed, now)) lateness.add(late);
        } catch (Throwable e) {
            fail(seat, e);
        }
    }

    private void receive(Seat seat) {
        long now = clock.getAsLong();
        try {
            seat.member.receive(now);
        } catch (Throwable e) {
            fail(seat, e);
        }
        long late = now - nanosAt(seat.dueSlot);
        seat.dueSlot += (late / (seat.periodSlots * SLOT_NANOS) + 1) * seat.periodSlots;
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
        int index = (int) (seat.dueSlot % SLOTS);
        seat.next = slots[index];
        slots[index] = seat;
    }

    /** When {@link #run} has something to do; {@link Long#MAX_VALUE} while nobody is there. */
    long nextDeadlineNanos() {
        for (long slot = cursor; size > 0 && slot < cursor + SLOTS; slot++)
            if (slots[(int) (slot % SLOTS)] != null) return nanosAt(slot);
        return Long.MAX_VALUE;
    }

    private long slotAt(long nanos) {
        return (nanos - originNanos) / SLOT_NANOS;
    }

    private long nanosAt(long slot) {
        return originNanos + slot * SLOT_NANOS;
    }
}
