package dev.outdial.sip.registration;

import java.util.concurrent.TimeUnit;

/** The times that a {@link RegistrationMachine} waits. */
enum RegistrationTimer {
    /** Timer F is the transport's; this one is a second later, should the transport have died. */
    NO_RESPONSE(33),
    /** A program that stops does not wait longer for the registrar to let it go. */
    LEAVING(5),
    /** Before the first new try where nobody answered; doubled with each failure. */
    FIRST_RETRY(2),
    /** The longest wait between tries where nobody answers. */
    LAST_RETRY(300),
    /** Before the first new try where the registrar said no (RFC 5626 section 4.5); doubled with each refusal. */
    FIRST_REFUSED_RETRY(30),
    /** The longest wait between tries where the registrar says no. */
    LAST_REFUSED_RETRY(1800),
    /** The longest that a Retry-After is believed. */
    RETRY_AFTER(3600),
    /** How long another registrar serves before the first is tried again with the next refresh. */
    BACK_TO_FIRST(300),
    /** A refresh comes this long before the binding ends, and no two come closer to each other than this. */
    MARGIN(5),
    /** A binding that was not made at the first registrar is refreshed this long before it ends: the first may be silent for all of timer F. */
    SILENT_FIRST(45),
    /** A lost connection is replaced within this time. */
    CONNECTION_LOST(3),
    /** A connection that held as long as this was a good one. */
    CONNECTION_GOOD(60);

    private final long seconds;

    RegistrationTimer(long seconds) {
        this.seconds = seconds;
    }

    long nanos() {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    /** 2, 4, 8 ... 300 seconds, taken between half and the whole of it so that a thousand agents do not return at once. */
    static long backOffNanos(int failures, double jitter) {
        return backOff(FIRST_RETRY, LAST_RETRY, failures, jitter);
    }

    /** 30, 60, 120 ... 1800 seconds, in the same way. */
    static long refusedNanos(int failures, double jitter) {
        return backOff(FIRST_REFUSED_RETRY, LAST_REFUSED_RETRY, failures, jitter);
    }

    private static long backOff(RegistrationTimer first, RegistrationTimer last, int failures, double jitter) {
        int doublings = Math.min(Math.max(failures - 1, 0), 16);
        long whole = Math.min(first.nanos() << doublings, last.nanos());
        return (long) (whole * (0.5 + 0.5 * jitter));
    }

    /**
     * After 80-90 % of the time that the binding holds, with five seconds left for the answer where that time is short. A binding of less
     * than ten seconds is asked for every five: it cannot be kept without a gap, and the registrar is not flooded for it.
     */
    static long refreshNanos(long expiresSeconds, boolean atTheFirst, double jitter) {
        long whole = TimeUnit.SECONDS.toNanos(expiresSeconds);
        long share = (long) (whole * (0.8 + 0.1 * jitter));
        if (!atTheFirst) share = Math.min(share, Math.max(whole / 2, whole - SILENT_FIRST.nanos()));
        return Math.max(MARGIN.nanos(), Math.min(share, whole - MARGIN.nanos()));
    }
}
