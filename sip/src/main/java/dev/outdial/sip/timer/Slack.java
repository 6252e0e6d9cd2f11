package dev.outdial.sip.timer;

/**
 * Has timers of many calls go off together, each a little late: hundreds of calls a second start several each, and to wake a thread took
 * more than what most of them have to do. The timers of RFC 3261 (section 17.1.1.1) may be longer, and none of ours has to be exact.
 */
public final class Slack {
    /** Late by less than this part of the wait. */
    private static final int PART = 16;

    /** And by less than a quarter of a second or so, however long the wait is. */
    private static final long MOST_NANOS = 1L << 28;

    private Slack() {}

    /**
     * How long to wait in place of {@code delayNanos}: at least as long, and so that waits of about that length end at the same moments.
     *
     * @param nowNanos the time on a monotonic clock
     * @param delayNanos nothing is added to one that is not positive
     */
    public static long stretched(long nowNanos, long delayNanos) {
        long grainNanos = Math.min(Long.highestOneBit(Math.max(0, delayNanos) / PART), MOST_NANOS);
        if (grainNanos == 0) return delayNanos;
        long dueNanos = nowNanos + delayNanos;
        return delayNanos + (-dueNanos & (grainNanos - 1));
    }
}
