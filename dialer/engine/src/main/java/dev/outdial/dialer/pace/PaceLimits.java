package dev.outdial.dialer.pace;

/**
 * How fast calls may be placed.
 *
 * @param callsPerSecond at most so many begin in a second, evenly; infinite for any number
 * @param atOnce at most so many go on at the same time
 */
public record PaceLimits(double callsPerSecond, int atOnce) {
    /** As fast as they come. */
    public static final PaceLimits NONE = new PaceLimits(Double.POSITIVE_INFINITY, Integer.MAX_VALUE);

    public PaceLimits {
        if (!(callsPerSecond > 0)) {
            throw new IllegalArgumentException(callsPerSecond + " calls a second: more than zero is expected");
        }
        if (atOnce < 1) {
            throw new IllegalArgumentException(atOnce + " calls at once: one or more is expected");
        }
    }

    /** The time between two calls, in nanoseconds. */
    long slotNanos() {
        return (long) (1e9 / callsPerSecond);
    }
}
