package dev.outdial.testbed.counting;

import java.util.Arrays;

/**
 * How far the times between packets were from the packet time, in steps of 10 us up to 50 ms. <b>Threading:</b> one owner.
 */
final class IntervalHistogram {
    private static final long STEP_NANOS = 10_000;
    private static final int STEPS = 5_000;

    private final long packetTimeNanos;
    private final long[] errors = new long[STEPS + 1];
    private long count;
    private long largestErrorNanos;
    private long longestNanos;

    IntervalHistogram(long packetTimeNanos) {
        this.packetTimeNanos = packetTimeNanos;
    }

    /** Takes the time from one packet to the next. */
    void add(long intervalNanos) {
        long error = Math.abs(intervalNanos - packetTimeNanos);
        errors[(int) Math.min(STEPS, error / STEP_NANOS)]++;
        count++;
        largestErrorNanos = Math.max(largestErrorNanos, error);
        longestNanos = Math.max(longestNanos, intervalNanos);
    }

    void clear() {
        Arrays.fill(errors, 0);
        count = 0;
        largestErrorNanos = 0;
        longestNanos = 0;
    }

    /** What was taken so far. */
    Pacing pacing() {
        return new Pacing(
                count,
                errorMillis(0.5),
                errorMillis(0.99),
                errorMillis(0.999),
                largestErrorNanos / 1e6,
                longestNanos / 1e6);
    }

    /** The upper edge of the step in which the quantile lies; the largest error itself where that is less. */
    private double errorMillis(double quantile) {
        long wanted = (long) Math.ceil(quantile * count);
        long seen = 0;
        for (int step = 0; step < STEPS && count > 0; step++) {
            seen += errors[step];
            if (seen >= wanted) return Math.min((step + 1) * STEP_NANOS, largestErrorNanos) / 1e6;
        }
        return largestErrorNanos / 1e6;
    }
}
