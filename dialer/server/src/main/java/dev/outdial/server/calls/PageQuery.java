package dev.outdial.server.calls;

import java.util.Optional;

/**
 * Which part of a list is wanted, the newest first.
 *
 * @param cursor where the page before ended, as its {@link Page#next} says
 * @param limit 1 to 1000
 */
public record PageQuery(Optional<String> cursor, int limit) {}
