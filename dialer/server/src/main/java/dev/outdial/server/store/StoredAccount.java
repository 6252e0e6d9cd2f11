package dev.outdial.server.store;

import java.time.Instant;

/**
 * An account: whose calls, keys and flows are kept apart from others'.
 *
 * @param body the rest, as JSON: limits, flags and the like
 */
public record StoredAccount(String id, String name, String body, Instant created, Instant updated) {}
