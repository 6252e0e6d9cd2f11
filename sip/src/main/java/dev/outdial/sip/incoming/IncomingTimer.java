package dev.outdial.sip.incoming;

import java.util.concurrent.TimeUnit;

/** The times that an {@link IncomingMachine} waits. */
enum IncomingTimer {
    /** T1: the first repetition of what must be acknowledged comes so much later (RFC 3261 section 17.1.1.1). */
    T1(500),
    /** T2: a 2xx is repeated at least that often (RFC 3261 section 13.3.1.4). */
    T2(4_000),
    /** 64 x T1: whoever has not acknowledged by then has gone. */
    UNACKNOWLEDGED(32_000),
    /** RFC 3261 section 13.3.1.1: proxies end an INVITE of which nothing was heard for three minutes. */
    STILL_RINGING(60_000),
    /** As long as the user may take to decide. */
    RINGING(180_000),
    /** As long as the user may take to answer an offer made before the call is answered; whoever made it repeats its request for 32 s. */
    EARLY_OFFER(5_000),
    /** As long as the far end may repeat its INVITE, or cross our final response with a CANCEL. */
    LINGER(33_000);

    private final long nanos;

    IncomingTimer(long millis) {
        this.nanos = TimeUnit.MILLISECONDS.toNanos(millis);
    }

    long nanos() {
        return nanos;
    }
}
