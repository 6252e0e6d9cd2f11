package dev.outdial.media.record;

/** Notices that nobody was heard for a while. Deterministic. <b>Threading:</b> one owner. */
final class SilenceWatch {
    /** Mean of the samples' magnitudes, about -46 dBov: a quiet line is below it, the quietest speech above. */
    private static final int QUIET = 160;

    private final long longestNanos;
    private long heardNanos;

    /** @param longestNanos after so long it is over; 0: never */
    SilenceWatch(long longestNanos, long nowNanos) {
        this.longestNanos = longestNanos;
        this.heardNanos = nowNanos;
    }

    /** Takes what somebody said. */
    void hear(short[] samples, int count, long nowNanos) {
        if (longestNanos == 0) return;
        long sum = 0;
        for (int i = 0; i < count; i++) sum += Math.abs(samples[i]);
        if (sum >= (long) QUIET * count) heardNanos = nowNanos;
    }

    /** The time before does not count. */
    void restart(long nowNanos) {
        heardNanos = nowNanos;
    }

    boolean isOver(long nowNanos) {
        return longestNanos > 0 && nowNanos - heardNanos >= longestNanos;
    }
}
