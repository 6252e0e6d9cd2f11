package dev.outdial.server.facade.voipbin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.facade.Answer;
import java.io.Serial;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Something is not done, in VoIPBin's words. */
final class Refusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final Pattern ACTION_TYPE = Pattern.compile("actions(\\[[0-9]+].*actions)*\\[[0-9]+]\\.type");

    private final Status status;
    private final String reason;
    private final transient List<ServiceException.Field> details;

    /** Its words for kinds of trouble, each with the status of HTTP. */
    enum Status {
        INVALID_ARGUMENT(400),
        UNAUTHENTICATED(401),
        PAYMENT_REQUIRED(402),
        PERMISSION_DENIED(403),
        NOT_FOUND(404),
        METHOD_NOT_ALLOWED(405),
        ALREADY_EXISTS(409),
        FAILED_PRECONDITION(409),
        RESOURCE_EXHAUSTED(429),
        INTERNAL(500),
        UNIMPLEMENTED(501),
        UNAVAILABLE(503);

        final int http;

        Status(int http) {
            this.http = http;
        }
    }

    Refusal(Status status, String reason, String message) {
        this(status, reason, message, List.of());
    }

    Refusal(Status status, String reason, String message, List<ServiceException.Field> details) {
        super(message);
        this.status = status;
        this.reason = reason;
        this.details = List.copyOf(details);
    }

    static Refusal invalid(String message) {
        return new Refusal(Status.INVALID_ARGUMENT, "INVALID_ARGUMENT", message);
    }

    /** @param what the upper-case word for what was looked for, as CALL */
    static Refusal of(ServiceException trouble, String what) {
        String message = String.valueOf(trouble.getMessage());
        return switch (trouble.kind()) {
            case INVALID ->
                new Refusal(
                        Status.INVALID_ARGUMENT,
                        trouble.fields().stream().anyMatch(Refusal::isActionType)
                                ? "INVALID_ACTION_TYPE"
                                : "INVALID_ARGUMENT",
                        message,
                        trouble.fields());
            case NOT_FOUND -> new Refusal(Status.NOT_FOUND, what + "_NOT_FOUND", message);
            case FORBIDDEN ->
                new Refusal(Status.PERMISSION_DENIED, trouble.code().toUpperCase(Locale.ROOT), message);
            case TOO_MANY -> new Refusal(Status.RESOURCE_EXHAUSTED, "RATE_LIMIT_EXCEEDED", message);
            case UNAVAILABLE -> new Refusal(Status.UNAVAILABLE, "UNAVAILABLE", message);
            case CONFLICT ->
                switch (trouble.code()) {
                    case "call_over" -> new Refusal(Status.FAILED_PRECONDITION, "CALL_ALREADY_HANGUP", message);
                    case "not_recording" -> new Refusal(Status.FAILED_PRECONDITION, "RECORDING_NOT_ACTIVE", message);
                    case "recording_going_on" ->
                        new Refusal(Status.FAILED_PRECONDITION, "RECORDING_STILL_ACTIVE", message);
                    case "taken" -> new Refusal(Status.ALREADY_EXISTS, what + "_ALREADY_EXISTS", message);
                    default ->
                        new Refusal(Status.FAILED_PRECONDITION, what + "_STATE_INVALID", message, trouble.fields());
                };
        };
    }

    private static boolean isActionType(ServiceException.Field field) {
        return ACTION_TYPE.matcher(field.field()).matches();
    }

    Status status() {
        return status;
    }

    String reason() {
        return reason;
    }

    /** As it is answered. */
    Answer answer(String requestId) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode error = body.putObject("error")
                .put("status", status.name())
                .put("reason", reason)
                .put("message", getMessage())
                .put("request_id", "req_" + requestId);
        var list = error.putArray("details");
        details.forEach(one -> list.addObject().put("field", one.field()).put("message", one.message()));
        Answer answer = Answer.json(status.http, body);
        return status == Status.UNAUTHENTICATED ? answer.with("WWW-Authenticate", "Bearer") : answer;
    }

    /** As it is answered where it is to be asked again later. */
    static Answer later(long seconds, String requestId) {
        return new Refusal(Status.RESOURCE_EXHAUSTED, "RATE_LIMIT_EXCEEDED", "too many requests; wait a moment")
                .answer(requestId)
                .with("Retry-After", Long.toString(seconds));
    }
}
