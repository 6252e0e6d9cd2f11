package dev.outdial.sip.jain;

import java.util.concurrent.TimeUnit;

/**
 * When a connection is pinged and when it is given up (RFC 5626 sections 3.5.1 and 4.4.1). A far end that was never heard to answer a ping
 * is not given up for its silence: many PBXs answer none. Mutable; whoever owns it says the time and draws the chance.
 */
final class KeepAlive {
    private final Terms terms;
    private long latestMessageNanos;
    private long nextPingNanos;
    private long pingedNanos;
    private boolean awaitsPong;
    private boolean answersPings;

    /**
     * How often and how long.
     *
     * @param shortestNanos between pings, at least
     * @param longestNanos between pings, at most
     * @param pongNanos how long an answer may take
     * @param quietNanos how long after the latest message a connection is kept alive
     * @param idleNanos how long somebody of whom we know nothing may keep a connection without a message
     */
    record Terms(long shortestNanos, long longestNanos, long pongNanos, long quietNanos, long idleNanos) {
        /** A ping after 25-30 s, an answer within 10 s, for an hour; 30 s for those whom we do not know. */
        static final Terms STANDARD = new Terms(
                TimeUnit.SECONDS.toNanos(25),
                TimeUnit.SECONDS.toNanos(30),
                TimeUnit.SECONDS.toNanos(10),
                TimeUnit.HOURS.toNanos(1),
                TimeUnit.SECONDS.toNanos(30));

        /**
         * How long until the next ping.
         *
         * @param chance from 0 to 1
         */
        long pauseNanos(double chance) {
            return shortestNanos + (long) ((longestNanos - shortestNanos) * chance);
        }
    }

    /** What is to be done. */
    enum Deed {
        NOTHING,
        PING,
        /** The far end answered pings before and does not any more: close the connection. */
        GIVE_UP
    }

    /**
     * Of a connection that was just made.
     *
     * @param answersPings whether that far end answered on an earlier connection
     */
    KeepAlive(Terms terms, boolean answersPings, long nowNanos, double chance) {
        this.terms = terms;
        this.answersPings = answersPings;
        this.latestMessageNanos = nowNanos;
        this.nextPingNanos = nowNanos + terms.pauseNanos(chance);
    }

    /** A message went either way. */
    void message(boolean received, long nowNanos) {
        latestMessageNanos = nowNanos;
        if (received) awaitsPong = false;
    }

    /** The far end sent CRLF. */
    void crlf() {
        if (awaitsPong) answersPings = true;
        awaitsPong = false;
    }

    /** Whether the far end was heard to answer a ping. */
    boolean answersPings() {
        return answersPings;
    }

    /**
     * What is to be done now; a ping counts as sent.
     *
     * @param wanted keep it alive however long it was quiet
     * @param chance from 0 to 1, of the time of the ping after this
     */
    Deed due(boolean wanted, long nowNanos, double chance) {
        if (awaitsPong && answersPings && nowNanos - pingedNanos >= terms.pongNanos()) return Deed.GIVE_UP;
        if (nowNanos - nextPingNanos < 0) return Deed.NOTHING;
        nextPingNanos = nowNanos + terms.pauseNanos(chance);
        if (!wanted && nowNanos - latestMessageNanos >= terms.quietNanos()) return Deed.NOTHING;
        if (!awaitsPong) pingedNanos = nowNanos;
        awaitsPong = true;
        return Deed.PING;
    }
}
