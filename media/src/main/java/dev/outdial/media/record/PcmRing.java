package dev.outdial.media.record;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Samples on their way from the media loop to a worker. What finds no room is lost, but not its time: silence of the same length
 * comes out in its place. <b>Threading:</b> one writer, one reader; neither waits.
 */
final class PcmRing {
    /** So many samples are missing before the one that was put at this place. */
    private record Hole(long before, long sampleCount) {}

    private final short[] samples;
    private final int mask;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    /** An object a hole, not a sample: as many as there are turns of the reader at most. */
    private final Queue<Hole> holes = new ConcurrentLinkedQueue<>();
    /** The writer's: lost since the last sample that found room. */
    private long missing;
    /** The reader's: how much of the first hole it was given. */
    private long silent;

    /** Room for so many samples, a power of two. */
    PcmRing(int capacity) {
        if (Integer.bitCount(capacity) != 1) throw new IllegalArgumentException("capacity " + capacity);
        samples = new short[capacity];
        mask = capacity - 1;
    }

    /** Writer: false where the ring is full, and the sample is lost. */
    boolean put(short sample) {
        long at = written.getPlain();
        if (at - taken.getAcquire() >= samples.length) {
            missing++;
            return false;
        }
        if (missing > 0) showHole();
        samples[(int) at & mask] = sample;
        written.setRelease(at + 1);
        return true;
    }

    /** Writer: nothing follows. */
    void end() {
        if (missing > 0) showHole();
    }

    private void showHole() {
        holes.add(new Hole(written.getPlain(), missing));
        missing = 0;
    }

    /** Reader: moves samples into the buffer until it is full or a hole or the end is reached; returns how many, 0 at the end. */
    int drainTo(ByteBuffer target) {
        long from = taken.getPlain();
        // Read before the holes are: those before these samples are then among them.
        long until = written.getAcquire();
        int room = target.remaining() / 2;
        @Nullable Hole hole = holes.peek();
        if (hole != null && hole.before == from) return drainHole(hole, target, room);
        if (hole != null) until = Math.min(until, hole.before);
        int n = (int) Math.min(until - from, room);
        for (int i = 0; i < n; i++) target.putShort(samples[(int) (from + i) & mask]);
        taken.setRelease(from + n);
        return n;
    }

    private int drainHole(Hole hole, ByteBuffer target, int room) {
        int n = (int) Math.min(hole.sampleCount - silent, room);
        for (int i = 0; i < n; i++) target.putShort((short) 0);
        silent += n;
        if (silent == hole.sampleCount) {
            silent = 0;
            holes.remove();
        }
        return n;
    }
}
