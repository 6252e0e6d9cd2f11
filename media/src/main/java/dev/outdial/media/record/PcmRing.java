package dev.outdial.media.record;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** Samples on their way from the media loop to a worker. <b>Threading:</b> one writer, one reader; neither waits. */
final class PcmRing {
    private final short[] samples;
    private final int mask;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();

    /** Room for so many samples, a power of two. */
    PcmRing(int capacity) {
        if (Integer.bitCount(capacity) != 1) throw new IllegalArgumentException("capacity " + capacity);
        samples = new short[capacity];
        mask = capacity - 1;
    }

    /** Writer: false where the ring is full, and the sample is lost. */
    boolean put(short sample) {
        long at = written.getPlain();
        if (at - taken.getAcquire() >= samples.length) return false;
        samples[(int) at & mask] = sample;
        written.setRelease(at + 1);
        return true;
    }

    /** Reader: moves samples into the buffer until one of the two is exhausted; returns how many. */
    int drainTo(ByteBuffer target) {
        long from = taken.getPlain();
        int n = (int) Math.min(written.getAcquire() - from, target.remaining() / 2);
        for (int i = 0; i < n; i++) target.putShort(samples[(int) (from + i) & mask]);
        taken.setRelease(from + n);
        return n;
    }
}
