package dev.outdial.sip.session;

import java.util.concurrent.TimeUnit;

/** The times that an {@link InviteMachine} waits. */
enum InviteTimer {
    /** As long as an INVITE may wait to be sent before it is taken back. */
    UNSENT(32),
    /** Timer B is the transport's; this one is a second later, should the transport have died. */
    NO_RESPONSE(33),
    /** 64 x T1 from the CANCEL (RFC 3261 9.1): after it the INVITE counts as canceled though no final response came. */
    CANCELED(32),
    /** As long as an offer of an UPDATE may wait for its answer: its sender gives up after 32 s. */
    EARLY_OFFER(30),
    /** As long as a 2xx may still be repeated (64 x T1), or the last phone of a fork may still answer. */
    LINGER(33);

    private final long nanos;

    InviteTimer(long seconds) {
        this.nanos = TimeUnit.SECONDS.toNanos(seconds);
    }

    long nanos() {
        return nanos;
    }
}
