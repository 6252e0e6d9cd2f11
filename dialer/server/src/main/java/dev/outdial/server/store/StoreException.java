package dev.outdial.server.store;

import java.io.Serial;

/** The store cannot be opened; the sentence says why, and what may be done. */
public final class StoreException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
