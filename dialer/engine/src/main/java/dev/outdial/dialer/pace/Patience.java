package dev.outdial.dialer.pace;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a call that may not be dialled yet waits until it is asked for again. Pure.
 *
 * @param longest a call that would have to wait for longer is not dialled
 */
public record Patience(Duration longest) {
    /** Who says "later" and means "now" is not asked in a circle. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(50);

    /** Pacing asks for less than that each time, and may ask again. */
    private static final Duration LEAST = Duration.ofMinutes(1);

    /** Nobody waits for longer than it may ring, or a minute where that is less. */
    public static Patience ringing(Duration ringFor) {
        return new Patience(longer(LEAST, ringFor));
    }

    /** How long to wait until {@code when}, 50 ms at least; empty where that is too long. */
    public Optional<Duration> until(Instant when, Instant now) {
        Duration wait = Duration.between(now, when);
        return wait.compareTo(longest) > 0 ? Optional.empty() : Optional.of(longer(SHORTEST_WAIT, wait));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
