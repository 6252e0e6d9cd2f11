package dev.outdial.sip.dialog;

import java.util.concurrent.TimeUnit;

/** How long a dialog waits for what. */
enum DialogTimer {
    /** Timer F, and timer B, are the transport's; this one is a second later, should the transport have died. */
    UNANSWERED(33_000),
    /** As long as a re-INVITE of ours may stay without a final response once there was a provisional one; then it is canceled. */
    UNDECIDED(60_000),
    /** As long as the user may take to decide about a re-INVITE of the far end. */
    INVITE_DECISION(10_000),
    /** RFC 3311 5.2: an UPDATE has to be answered promptly, whatever the user is doing. */
    UPDATE_DECISION(3_000),
    /** T1: after it a 2xx to an INVITE is repeated for the first time (RFC 3261 13.3.1.4). */
    FIRST_REPEAT(500),
    /** T2: the longest pause between two repetitions. */
    LONGEST_REPEAT(4_000),
    /** 64 x T1: after it nobody can have heard our 2xx. */
    NO_ACK(32_000),
    /** As long, at least, as a refresh that was refused is left alone. */
    NEXT_REFRESH(10_000),
    /** As long as requests of the far end may still be on their way after the end (64 x T1). */
    LINGER(33_000);

    private final long nanos;

    DialogTimer(long millis) {
        this.nanos = TimeUnit.MILLISECONDS.toNanos(millis);
    }

    long nanos() {
        return nanos;
    }
}
