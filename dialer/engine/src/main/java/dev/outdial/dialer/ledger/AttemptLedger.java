package dev.outdial.dialer.ledger;

import dev.outdial.dialer.outcome.CallOutcome;
import java.time.Instant;

/**
 * Decides whether a leg may be dialled now and remembers that it was.
 *
 * <p>Dialling is at most once: the engine asks for a permit for every leg, whatever asked for the leg, and sends nothing
 * without one. Retries that answer a digest challenge are the same try and reuse the permit.
 *
 * <p><b>Threading:</b> called on application threads, for one attempt in the order of the methods below; every method may
 * block. An exception from {@link #admit} refuses the leg.
 */
public interface AttemptLedger {
    /** Asks for a permit. What it grants must be remembered before it returns. */
    Admission admit(Attempt attempt, Instant now);

    /** The first INVITE was handed to the wire. */
    void invited(Permit permit);

    /** The attempt is over; called exactly once for each permit. */
    void settled(Permit permit, CallOutcome outcome);
}
