package dev.outdial.server.calls;

import java.time.Instant;
import java.util.Optional;

/**
 * Which calls are listed, the newest first.
 *
 * @param cursor where the page before ended, as its {@link Page#next} says
 * @param limit 1 to 1000
 */
public record CallQuery(
        Optional<String> from,
        Optional<String> to,
        Optional<CallStatus> status,
        Optional<String> direction,
        Optional<String> origin,
        Optional<String> outcome,
        Optional<String> tag,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<String> cursor,
        int limit) {}
