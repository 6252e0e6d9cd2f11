package dev.outdial.media.rtcp;

import java.util.random.RandomGenerator;

/**
 * When RTCP is sent (RFC 3550 section 6.3). A call has two members, who both send, and 5 % of a G.711 stream is 500 bytes a
 * second: as long as their packets have less than 1,250 bytes on average, the interval that follows from the bandwidth is below
 * the minimum of five seconds, which is therefore what counts. Pure but for its random numbers. <b>Threading:</b> one owner.
 */
final class RtcpSchedule {
    private static final double MIN_INTERVAL_NANOS = 5e9;
    /** Reconsideration makes intervals longer than those that are drawn; this takes it back (section 6.3.1). */
    private static final double COMPENSATION = Math.E - 1.5;

    private final RandomGenerator random;
    private boolean initial = true;
    private long lastNanos;
    private long dueNanos;

    /** @param nowNanos the member joins now; the first packet is due after half an interval */
    RtcpSchedule(RandomGenerator random, long nowNanos) {
        this.random = random;
        this.lastNanos = nowNanos;
        this.dueNanos = nowNanos + drawInterval();
    }

    /** When {@link #expire} has something to decide. */
    long dueNanos() {
        return dueNanos;
    }

    /**
     * The time has come: whether a packet is to be sent now, or the timer was reconsidered (section 6.3.6).
     *
     * @return true for a packet that is sent now
     */
    boolean expire(long nowNanos) {
        if (nowNanos - dueNanos < 0) return false;
        long reconsidered = lastNanos + drawInterval();
        if (reconsidered - nowNanos > 0) {
            dueNanos = reconsidered;
            return false;
        }
        initial = false;
        lastNanos = nowNanos;
        dueNanos = nowNanos + drawInterval();
        return true;
    }

    /** Half to one and a half times the interval, so that many sessions do not report at once. */
    private long drawInterval() {
        double interval = initial ? MIN_INTERVAL_NANOS / 2 : MIN_INTERVAL_NANOS;
        return (long) (interval * (0.5 + random.nextDouble()) / COMPENSATION);
    }
}
