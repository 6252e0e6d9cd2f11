package dev.outdial.server.webhook;

import java.time.Duration;

/** Pauses that double, each drawn from a quarter about itself, so that what failed together is not tried again together. */
final class Backoff {
    private static final int MOST_DOUBLINGS = 30;

    private Backoff() {}

    /**
     * @param doublings 0 for the first
     * @param luck 0 up to 1
     */
    static Duration pause(Duration first, Duration longest, int doublings, double luck) {
        long millis = Math.min(longest.toMillis(), first.toMillis() << Math.clamp(doublings, 0, MOST_DOUBLINGS));
        return Duration.ofMillis((long) (millis * (0.75 + 0.5 * luck)));
    }
}
