package dev.outdial.server.bench;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * When a machine was slow, as samples of the same work show. A value.
 *
 * @param atNanos when a sample was slow, in order
 * @param samples how many there were
 */
record Slowness(long[] atNanos, int samples) {
    /** Nobody looked. */
    static final Slowness NONE = new Slowness(new long[0], 0);

    /** What a sample takes that is slow, as a multiple of what a tenth of them stay below: two threads of one core are less apart. */
    static final double FACTOR = 2.5;

    private static final double USUAL = 0.1;

    /** What waited meanwhile is done by then. */
    private static final long AFTERWARDS_NANOS = 60_000_000;

    /**
     * What those samples show: one alone, such as an interrupt, does not count.
     *
     * @param atNanos when each began, in order
     * @param tookNanos what it took
     */
    static Slowness of(long[] atNanos, long[] tookNanos) {
        if (tookNanos.length == 0) return NONE;
        long[] sorted = tookNanos.clone();
        Arrays.sort(sorted);
        double most = FACTOR * sorted[(int) (sorted.length * USUAL)];
        long[] slow = IntStream.range(0, atNanos.length)
                .filter(sample -> tookNanos[sample] > most && hasNeighbour(tookNanos, sample, most))
                .mapToLong(sample -> atNanos[sample])
                .toArray();
        return new Slowness(slow, atNanos.length);
    }

    private static boolean hasNeighbour(long[] tookNanos, int sample, double most) {
        return (sample > 0 && tookNanos[sample - 1] > most)
                || (sample < tookNanos.length - 1 && tookNanos[sample + 1] > most);
    }

    /** How many of the samples were slow, 0 to 1. */
    double part() {
        return samples == 0 ? 0 : (double) atNanos.length / samples;
    }

    /** Whether it was slow in that time, or just before, so that something that was to be done then was held up. */
    boolean touches(long fromNanos, long toNanos) {
        return Arrays.stream(atNanos).anyMatch(at -> at - (fromNanos - AFTERWARDS_NANOS) >= 0 && at - toNanos < 0);
    }
}
