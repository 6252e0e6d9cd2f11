package dev.outdial.server.store;

import java.io.Serial;

/** The store cannot be opened; the sentence says why, and what may be done. */
public final class StoreException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean inUse;

    StoreException(String message, boolean inUse, Throwable cause) {
        super(message, cause);
        this.inUse = inUse;
    }

    /** Whether another process has it open, which may be a server. */
    public boolean isInUse() {
        return inUse;
    }
}
