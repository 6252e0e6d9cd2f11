package dev.outdial.server.calls;

import java.time.Instant;

/**
 * A trunk as it is stored, without its password.
 *
 * @param hasPassword whether it has one
 */
public record TrunkRecord(
        String id,
        String account,
        TrunkSettings settings,
        boolean hasPassword,
        TrunkStatus status,
        Instant created,
        Instant updated) {}
