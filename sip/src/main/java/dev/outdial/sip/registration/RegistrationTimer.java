package dev.outdial.sip.registration;

import java.util.concurrent.TimeUnit;

/** The times that a {@link RegistrationMachine} waits. */
enum RegistrationTimer {
    /** Timer F is the transport's; this one is a second later, should the transport have died. */
    NO_RESPONSE(33),
    /** A program that stops does not wait longer for the registrar to let it go. */
    LEAVING(5),
    /** Before the first new try; doubled with each failure. */
    FIRST_RETRY(2),
    /** The longest wait between tries. */
    LAST_RETRY(300),
    /** The longest that a Retry-After is believed. */
    RETRY_AFTER(3600);

    private final long seconds;

    RegistrationTimer(long seconds) {
        this.seconds = seconds;
    }

    long nanos() {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    /** 2, 4, 8 ... 300 seconds, taken between half and the whole of it so that a thousand agents do not return at once. */
    static long backOffNanos(int failures, double jitter) {
        int doublings = Math.min(Math.max(failures - 1, 0), 16);
        long whole = Math.min(FIRST_RETRY.nanos() << doublings, LAST_RETRY.nanos());
        return (long) (whole * (0.5 + 0.5 * jitter));
    }

    /** After 80-90 % of the time that the binding holds. */
    static long refreshNanos(long expiresSeconds, double jitter) {
        return (long) (TimeUnit.SECONDS.toNanos(expiresSeconds) * (0.8 + 0.1 * jitter));
    }
}
