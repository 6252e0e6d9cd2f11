package dev.outdial.server.calls;

import java.time.Instant;

/**
 * A delivery that was given up.
 *
 * @param lastError why the last try failed, for its owner to read: without addresses of ours
 */
public record DeadLetter(
        String id,
        String webhookId,
        String eventId,
        String eventType,
        String callId,
        int attempts,
        String lastError,
        Instant created,
        Instant died) {}
