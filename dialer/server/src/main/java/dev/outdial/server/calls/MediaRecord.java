package dev.outdial.server.calls;

import java.time.Instant;

/**
 * An uploaded sound; played by its URL {@code media:name}.
 *
 * @param name letters, digits, dots, dashes and underscores, at most 100; begins with a letter or digit
 * @param sha256 of the content, in hexadecimal digits
 */
public record MediaRecord(
        String name, String account, String contentType, long byteLength, String sha256, Instant updated) {}
