package dev.outdial.server.calls;

import java.time.Instant;

/**
 * A number that calls come in for.
 *
 * @param e164 such as {@code +15551234567}
 * @param trunkId by which trunk they come; empty for any
 * @param flowId what is run for them; empty for none: they are refused, where there is no application either
 * @param applicationId who is told of them and controls them where there is no flow; empty for nobody
 */
public record NumberRecord(
        String id,
        String account,
        String e164,
        String trunkId,
        String flowId,
        String applicationId,
        Instant created,
        Instant updated) {
    /** Without an application. */
    public NumberRecord(
            String id, String account, String e164, String trunkId, String flowId, Instant created, Instant updated) {
        this(id, account, e164, trunkId, flowId, "", created, updated);
    }
}
