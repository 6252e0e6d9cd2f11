package dev.outdial.testbed.counting;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that sends for all callees: each every 20 ms at its own millisecond, on an absolute grid. <b>Threading:</b>
 * {@link #join}, {@link #leave} and the counts on any thread.
 */
final class SpeakingLoop implements AutoCloseable {
    private static final int SLOTS = 20;
    private static final long SLOT_NANOS = 1_000_000;
    private static final long CLOSE_MILLIS = 2000;

    /** A callee's place in the loop. */
    static final class Seat {
        private final CountingPort port;
        private final InetSocketAddress to;
        private final Voice voice;
        private int slot;

        Seat(CountingPort port, InetSocketAddress to, Voice voice) {
            this.port = port;
            this.to = to;
            this.voice = voice;
        }
    }

    private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final List<List<Seat>> slots = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256);
    private final Thread thread =
            Thread.ofPlatform().name("testbed-speaking").daemon().unstarted(this::run);
    private volatile boolean closed;
    private final LongAdder sent = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder keysOfThoseWhoLeft = new LongAdder();

    private SpeakingLoop() {
        for (int i = 0; i < SLOTS; i++) slots.add(new ArrayList<>());
    }

    static SpeakingLoop start() {
        var loop = new SpeakingLoop();
        loop.thread.start();
        return loop;
    }

    void join(Seat seat) {
        posted.add(() -> {
            for (int i = 0; i < SLOTS; i++)
                if (slots.get(i).size() < slots.get(seat.slot).size()) seat.slot = i;
            slots.get(seat.slot).add(seat);
        });
    }

    void leave(Seat seat) {
        posted.add(() -> {
            if (slots.get(seat.slot).remove(seat)) countKeys(seat);
        });
    }

    private void countKeys(Seat seat) {
        keysOfThoseWhoLeft.add(seat.voice.keysPressed());
    }

    long sent() {
        return sent.sum();
    }

    long skipped() {
        return skipped.sum();
    }

    /** Keys of callees that have left. */
    long keysPressed() {
        return keysOfThoseWhoLeft.sum();
    }

    private void run() {
        long originNanos = System.nanoTime();
        for (long slot = 0; !closed; slot++) {
            for (Runnable task; (task = posted.poll()) != null; ) task.run();
            slot = await(slot, originNanos);
            speak(slot);
        }
        for (Runnable task; (task = posted.poll()) != null; ) task.run();
        slots.forEach(seats -> seats.forEach(this::countKeys));
    }

    /** Waits for a slot. Where that one went by over a packet time ago, those in between are left out: a burst helps nobody. */
    private long await(long slot, long originNanos) {
        long late = System.nanoTime() - originNanos - slot * SLOT_NANOS;
        if (late >= SLOTS * SLOT_NANOS) {
            long missed = late / SLOT_NANOS;
            for (long s = slot; s < slot + missed; s++) skipped.add(seats(s).size());
            return slot + missed;
        }
        while (late < 0 && !closed) {
            LockSupport.parkNanos(this, -late);
            late = System.nanoTime() - originNanos - slot * SLOT_NANOS;
        }
        return slot;
    }

    private List<Seat> seats(long slot) {
        return slots.get((int) (slot % SLOTS));
    }

    private void speak(long slot) {
        long count = 0;
        for (var seat : seats(slot)) {
            buffer.clear();
            seat.voice.write(slot / SLOTS, buffer);
            if (seat.port.send(buffer.flip(), seat.to)) count++;
        }
        sent.add(count);
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
