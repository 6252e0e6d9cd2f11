package dev.outdial.testbed.counting;

import java.util.Arrays;

/**
 * How far the times between packets were from the packet time, in steps of 10 us up to 50 ms, and of 1 ms from there to 2 s.
 * <b>Threading:</b> one owner.
 */
final class IntervalHistogram {
    private static final long FINE_STEP_NANOS = 10_000;
    private static final long FINE_NANOS = 50_000_000;
    private static final int FINE_STEPS = (int) (FINE_NANOS / FINE_STEP_NANOS);
    private static final long COARSE_STEP_NANOS = 1_000_000;
    private static final long COARSE_NANOS = 2_000_000_000;
    private static final int STEPS = FINE_STEPS + (int) ((COARSE_NANOS - FINE_NANOS) / COARSE_STEP_NANOS);

    private final long packetTimeNanos;

    // The last one is for what is beyond all steps.
    private final long[] errors = new long[STEPS + 1];
    private long count;
    private long unsure;
    private long largestErrorNanos;
    private long longestNanos;

    IntervalHistogram(long packetTimeNanos) {
        this.packetTimeNanos = packetTimeNanos;
    }

    /**
     * Takes the time from one packet to the next.
     *
     * @param isSure whether both packets came when they were read: if not, it counts for the longest only, which it may make too long
     */
    void add(long intervalNanos, boolean isSure) {
        longestNanos = Math.max(longestNanos, intervalNanos);
        if (!isSure) {
            unsure++;
            return;
        }
        long error = Math.abs(intervalNanos - packetTimeNanos);
        errors[step(error)]++;
        count++;
        largestErrorNanos = Math.max(largestErrorNanos, error);
    }

    void clear() {
        Arrays.fill(errors, 0);
        count = 0;
        unsure = 0;
        largestErrorNanos = 0;
        longestNanos = 0;
    }

    /** What was taken so far. */
    Pacing pacing() {
        return new Pacing(
                count,
                unsure,
                errorMillis(0.5),
                errorMillis(0.99),
                errorMillis(0.999),
                largestErrorNanos / 1e6,
                longestNanos / 1e6);
    }

    private static int step(long errorNanos) {
        if (errorNanos < FINE_NANOS) return (int) (errorNanos / FINE_STEP_NANOS);
        return (int) Math.min(STEPS, FINE_STEPS + (errorNanos - FINE_NANOS) / COARSE_STEP_NANOS);
    }

    private static long upperEdgeNanos(int step) {
        if (step < FINE_STEPS) return (step + 1) * FINE_STEP_NANOS;
        return FINE_NANOS + (step - FINE_STEPS + 1) * COARSE_STEP_NANOS;
    }

    /** The upper edge of the step in which the quantile lies; the largest error itself where that is less. */
    private double errorMillis(double quantile) {
        long wanted = (long) Math.ceil(quantile * count);
        long seen = 0;
        for (int step = 0; step < STEPS && count > 0; step++) {
            seen += errors[step];
            if (seen >= wanted) return Math.min(upperEdgeNanos(step), largestErrorNanos) / 1e6;
        }
        return largestErrorNanos / 1e6;
    }
}
