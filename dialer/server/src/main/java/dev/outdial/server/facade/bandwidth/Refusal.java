package dev.outdial.server.facade.bandwidth;

import java.io.Serial;
import java.util.Map;

/** A request is refused, in this API's words: a status, a category and a code, of which each category has several. */
final class Refusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String category;
    private final String code;
    private final transient Map<String, String> headers;

    private Refusal(int status, String category, String code, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.category = category;
        this.code = code;
        this.headers = Map.copyOf(headers);
    }

    static Refusal invalid(String message) {
        return invalid("validation-error", message);
    }

    static Refusal invalid(String code, String message) {
        return new Refusal(400, "bad-request", code, message, Map.of());
    }

    static Refusal unauthorized(String code, String message) {
        return new Refusal(401, "authorization", code, message, Map.of());
    }

    /** Nobody is known by what was shown. */
    static Refusal unknown() {
        return new Refusal(
                401,
                "authentication",
                "credentials-invalid",
                "Invalid API token or secret",
                Map.of("WWW-Authenticate", "Basic realm=\"catapult\""));
    }

    static Refusal forbidden(String code, String message) {
        return new Refusal(403, "forbidden", code, message, Map.of());
    }

    static Refusal limit(String code, String message) {
        return new Refusal(403, "limit", code, message, Map.of());
    }

    static Refusal notFound(String code, String message) {
        return new Refusal(404, "not-found", code, message, Map.of());
    }

    static Refusal noCall(String id) {
        return notFound("call-not-found", "The call " + id + " could not be found");
    }

    static Refusal conflict(String code, String message) {
        return new Refusal(409, "conflict", code, message, Map.of());
    }

    static Refusal unavailable(String code, String message) {
        return new Refusal(503, "unavailable", code, message, Map.of());
    }

    static Refusal tooMany(long resetMillis) {
        return new Refusal(
                429,
                "too-many-requests",
                "rate-limit-reached",
                "Too many requests",
                Map.of("X-RateLimit-Reset", Long.toString(resetMillis)));
    }

    static Refusal of(int status, String category, String code, String message) {
        return new Refusal(status, category, code, message, Map.of());
    }

    int status() {
        return status;
    }

    String category() {
        return category;
    }

    String code() {
        return code;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    Map<String, String> headers() {
        return headers;
    }
}
