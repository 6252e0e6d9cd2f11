package dev.outdial.server.serve;

import java.io.Serial;

/** The server cannot be started as it is set up; the message is a sentence for its user, without secrets. */
public final class ServeException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    ServeException(String message) {
        super(message);
    }

    ServeException(String message, Throwable cause) {
        super(message, cause);
    }
}
