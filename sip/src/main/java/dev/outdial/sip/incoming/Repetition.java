package dev.outdial.sip.incoming;

/**
 * When something is said again that was not acknowledged: after T1, then after twice as long each time, for 64 x T1.
 *
 * @param nextAtNanos when
 * @param intervalNanos how long after the time before
 * @param longestNanos how long it may be at most
 * @param giveUpAtNanos when it has been said often enough
 */
record Repetition(long nextAtNanos, long intervalNanos, long longestNanos, long giveUpAtNanos) {
    /** RFC 3261 section 13.3.1.4. */
    static Repetition ofFinal(long nowNanos) {
        return start(nowNanos, IncomingTimer.T2.nanos());
    }

    /** RFC 3262 section 3: no longest interval. */
    static Repetition ofProvisional(long nowNanos) {
        return start(nowNanos, Long.MAX_VALUE);
    }

    private static Repetition start(long nowNanos, long longestNanos) {
        long first = IncomingTimer.T1.nanos();
        return new Repetition(nowNanos + first, first, longestNanos, nowNanos + IncomingTimer.UNACKNOWLEDGED.nanos());
    }

    boolean isDue(long nowNanos) {
        return nowNanos - nextAtNanos >= 0;
    }

    boolean isOver(long nowNanos) {
        return nowNanos - giveUpAtNanos >= 0;
    }

    /** After one more time. */
    Repetition again(long nowNanos) {
        long interval = Math.min(2 * intervalNanos, longestNanos);
        return new Repetition(nowNanos + interval, interval, longestNanos, giveUpAtNanos);
    }

    long nextDeadlineNanos() {
        return Math.min(nextAtNanos, giveUpAtNanos);
    }
}
