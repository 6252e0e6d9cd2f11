package dev.outdial.media.fetch;

import java.io.IOException;

/** An address that the rule refuses, met on the way; it becomes a {@link FetchException} that names the host. */
final class ForbiddenAddressException extends IOException {
    private static final long serialVersionUID = 1L;

    ForbiddenAddressException(String objection) {
        super("it has " + objection);
    }
}
