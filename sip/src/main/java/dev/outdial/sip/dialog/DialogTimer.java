package dev.outdial.sip.dialog;

import java.util.concurrent.TimeUnit;

/** How long a dialog waits for what. */
enum DialogTimer {
    /** Timer F, and timer B, are the transport's; this one is a second later, should the transport have died. */
    UNANSWERED(33_000),
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
