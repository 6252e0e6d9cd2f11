package dev.outdial.dialer.guard;

import java.time.Duration;

/**
 * How often one number may be dialled.
 *
 * @param calls at most so many
 * @param within in any stretch of time this long
 */
public record NumberLimit(int calls, Duration within) {
    public NumberLimit {
        if (calls < 1) {
            throw new IllegalArgumentException("limit of " + calls + " calls: one or more is expected");
        }
        if (!within.isPositive()) {
            throw new IllegalArgumentException("limit within " + within + ": a time above zero is expected");
        }
    }
}
