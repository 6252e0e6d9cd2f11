package dev.outdial.media.jitter;

import java.util.Arrays;

/**
 * How much later than the fastest packets the others come, and so how long sound must wait to be whole. In samples. The
 * fastest are those of the last six seconds: the far end's clock runs at another pace than ours, and ways change. The others
 * are remembered with a weight that halves in about 350 packets. <b>Threading:</b> one owner.
 */
final class DelayEstimate {
    /** Sound never waits for longer than this by plan, 200 ms. */
    static final int MAX_DELAY = 1600;

    private static final int SPANS = 8;
    private static final long SPAN_NANOS = 750_000_000;
    private static final int BIN_SAMPLES = 40;
    private static final int BINS = MAX_DELAY / BIN_SAMPLES;
    private static final float GROWTH = 1.002f;
    private static final float TOO_HEAVY = 1e30f;
    /** So large a share of the packets may come too late. */
    private static final float LATE_SHARE = 0.01f;
    /** What is expected before anything is known, and in the first two seconds still: 40 ms. */
    static final int FIRST_DELAY = 320;

    private final long[] fastest = new long[SPANS];
    private final float[] weights = new float[BINS];
    private long span;
    private long base;
    private boolean started;
    private float weight = 1;
    private float total = 1;
    private int quantile;

    /** @param firstDelay what is expected before anything is known, in samples: a bin at least */
    DelayEstimate(int firstDelay) {
        quantile = firstDelay / BIN_SAMPLES;
        weights[quantile - 1] = 1;
    }

    /** A packet came, so many samples after its place on the line of sound; early ones less than none. */
    void add(long lateness, long nowNanos) {
        long now = nowNanos / SPAN_NANOS;
        if (!started) {
            started = true;
            Arrays.fill(fastest, Long.MAX_VALUE);
            span = now;
        }
        for (; span < now; span++) {
            if (now - span > SPANS) span = now - SPANS;
            fastest[(int) ((span + 1) % SPANS)] = Long.MAX_VALUE;
        }
        int at = (int) (now % SPANS);
        fastest[at] = Math.min(fastest[at], lateness);
        base = Long.MAX_VALUE;
        for (long one : fastest) base = Math.min(base, one);
        remember((int) Math.min(BINS - 1, (lateness - base) / BIN_SAMPLES));
    }

    private void remember(int bin) {
        // Instead of making all others lighter, each is heavier than the one before.
        weights[bin] += weight;
        total += weight;
        weight *= GROWTH;
        if (weight > TOO_HEAVY) {
            for (int i = 0; i < BINS; i++) weights[i] /= weight;
            total /= weight;
            weight = 1;
        }
        float late = 0;
        int highest = BINS;
        while (highest > 0 && late + weights[highest - 1] <= LATE_SHARE * total) late += weights[--highest];
        quantile = highest;
    }

    /** How late the fastest packets are. */
    long base() {
        return base;
    }

    /** How long sound waits after the place where the fastest packets come, at least one packet of this length. */
    int target(int packetSamples) {
        return Math.clamp((long) quantile * BIN_SAMPLES, Math.min(packetSamples, MAX_DELAY), MAX_DELAY);
    }
}
