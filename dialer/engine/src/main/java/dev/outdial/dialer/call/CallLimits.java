package dev.outdial.dialer.call;

import java.time.Duration;

/**
 * How long a call may take.
 *
 * @param ringFor from the INVITE to the answer
 * @param maxDuration from the answer to the end
 */
public record CallLimits(Duration ringFor, Duration maxDuration) {
    public CallLimits {
        requirePositive("ring time", ringFor);
        requirePositive("maximum duration", maxDuration);
    }

    private static void requirePositive(String what, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(what + " " + duration + " is not positive");
        }
    }
}
