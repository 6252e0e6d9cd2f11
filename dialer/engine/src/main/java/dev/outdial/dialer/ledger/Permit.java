package dev.outdial.dialer.ledger;

import java.util.Objects;

/**
 * The right to send one INVITE.
 *
 * @param attempt what it was given for
 * @param validUntilNanos until when, on the clock of {@link System#nanoTime()}. The call checks it in the same step that
 *     sends, so that a process that was paused and lost its lease sends nothing
 */
public record Permit(Attempt attempt, long validUntilNanos) implements Admission {
    public Permit {
        Objects.requireNonNull(attempt, "attempt");
    }

    /** Whether the permit still holds at {@code nowNanos}. */
    public boolean isValidAt(long nowNanos) {
        return nowNanos - validUntilNanos < 0; // nanoTime may wrap: compare differences only
    }
}
