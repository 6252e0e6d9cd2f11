package dev.outdial.server.calls;

import java.time.Instant;
import java.util.Optional;

/**
 * Who is told of calls that come in for its numbers, and controls them, in place of a flow.
 *
 * @param autoAnswer whether they are picked up at once; else they ring until somebody answers or rejects them
 * @param origin by which API it was made; the origin of its calls too
 * @param callbacks where the events of its calls are sent
 * @param details what that API needs besides, in its own form; empty for nothing
 */
public record ApplicationRecord(
        String id,
        String account,
        String name,
        boolean autoAnswer,
        String origin,
        Optional<Callbacks> callbacks,
        String details,
        Instant created,
        Instant updated) {}
