package dev.outdial.server.calls;

import java.time.Instant;

/**
 * A number that calls come in for.
 *
 * @param e164 such as {@code +15551234567}
 * @param trunkId by which trunk they come; empty for any
 * @param flowId what is run for them; empty for none: they are refused
 */
public record NumberRecord(
        String id, String account, String e164, String trunkId, String flowId, Instant created, Instant updated) {}
