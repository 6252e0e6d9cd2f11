package dev.outdial.server.calls;

import java.time.Instant;

/**
 * A number that is not called.
 *
 * @param e164 such as {@code +15551234567}
 * @param reason why; may be empty
 */
public record DoNotCallRecord(String account, String e164, String reason, Instant created) {}
