package dev.outdial.server.facade.bandwidth;

import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.facade.Trouble;

/** What cannot be done, in this API's words. Pure. */
final class Troubles {
    private Troubles() {}

    /** @param id what the request was about, as it was asked */
    static Refusal refusal(ServiceException trouble, String id) {
        String message = String.valueOf(trouble.getMessage());
        return switch (trouble.kind()) {
            case INVALID -> Refusal.invalid(message);
            case NOT_FOUND -> notFound(trouble.code(), id);
            case CONFLICT -> conflict(trouble.code(), id, message);
            case FORBIDDEN -> Refusal.forbidden("invalid-call-to-number", message);
            case TOO_MANY -> Refusal.limit("call-rate-limit", message);
            case UNAVAILABLE ->
                trouble.code().equals("media_unavailable")
                        ? Refusal.unavailable("media-unavailable", "The media is unavailable: " + message)
                        : Refusal.unavailable("call-unavailable", message);
        };
    }

    private static Refusal notFound(String code, String id) {
        String what = switch (code) {
            case "call_not_found" -> "call";
            case "gather_not_found" -> "gather";
            case "recording_not_found" -> "recording";
            case "bridge_not_found" -> "bridge";
            case "number_not_found" -> "number";
            case "application_not_found" -> "application";
            case "media_not_found" -> "media";
            default -> id.startsWith(Ids.APPLICATION) ? "application" : id.startsWith(Ids.NUMBER) ? "number" : "";
        };
        return what.isEmpty()
                ? Refusal.notFound("resource-not-found", "The requested resource could not be found.")
                : Refusal.notFound(what + "-not-found", "The " + what + " " + id + " could not be found");
    }

    private static Refusal conflict(String code, String id, String message) {
        return switch (code) {
            case "gather_active" ->
                Refusal.conflict(
                        "call-duplicate-gather-error", "DTMF digits are already being gathered for call " + id);
            case "call_elsewhere", "interrupted" -> Refusal.unavailable("call-unavailable", message);
            case "taken" -> Refusal.conflict("duplicate-application", message);
            default -> Refusal.forbidden("call-invalid-state", "Unable to update call " + id + ": " + message);
        };
    }

    static Refusal tooManyGuesses() {
        return Refusal.of(
                429, "too-many-requests", "rate-limit-reached", "Too many requests with wrong credentials from there");
    }

    static Refusal refusal(Trouble trouble) {
        return switch (trouble) {
            case NO_SUCH_PLACE -> Refusal.notFound("resource-not-found", "The requested resource could not be found.");
            case OTHER_METHOD ->
                Refusal.of(405, "method-not-allowed", "method-not-allowed", "This method is not allowed here");
            case BODY_REFUSED -> Refusal.of(413, "bad-request", "validation-error", "The body is too long or too slow");
            case DRAINING -> Refusal.unavailable("call-unavailable", "The server is about to stop");
            case TOO_MANY_GUESSES -> tooManyGuesses();
            case BROKEN -> Refusal.of(500, "internal", "unknown-error", "An error of our own; it is in our log");
        };
    }
}
