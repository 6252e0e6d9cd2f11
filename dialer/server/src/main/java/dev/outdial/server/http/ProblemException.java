package dev.outdial.server.http;

import java.io.Serial;
import java.util.Map;

/** A request that is refused before any service is asked. */
final class ProblemException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Map<String, String> headers;

    ProblemException(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    ProblemException(int status, String code, String message, Map<String, String> headers) {
        super(message);
        this.status = status;
        this.code = code;
        this.headers = Map.copyOf(headers);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    Map<String, String> headers() {
        return headers;
    }
}
