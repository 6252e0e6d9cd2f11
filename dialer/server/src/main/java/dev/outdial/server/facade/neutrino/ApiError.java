package dev.outdial.server.facade.neutrino;

/** What the API refuses with: its number of it, and the status of HTTP that goes with it. */
enum ApiError {
    INVALID_PARAMETER(1, 400, "INVALID PARAMETER"),
    INVALID_URL(3, 400, "INVALID URL"),
    /** Not now; to be tried again. */
    NOT_RESPONDING(5, 400, "NOT RESPONDING. Try again in a moment"),
    TOO_MANY_CONNECTIONS(6, 400, "TOO MANY CONNECTIONS"),
    NOT_VERIFIED(7, 400, "ACCOUNT NOT VERIFIED"),
    TELEPHONY_NOT_ENABLED(8, 400, "TELEPHONY NOT ENABLED for this account"),
    INVALID_JSON(9, 400, "INVALID JSON. The content type says JSON, and the body is no JSON object"),
    ACCESS_DENIED(10, 403, "ACCESS DENIED. This account may not use this API"),
    TOO_MANY_CALLS(11, 400, "MAXIMUM SIMULTANEOUS CALLS reached"),
    NO_AUDIO(12, 400, "COULD NOT LOAD AUDIO"),
    NUMBER_LIMITED(14, 400, "CALLS TO THIS NUMBER ARE LIMITED"),
    CALL_IN_PROGRESS(15, 400, "CALL IN PROGRESS. A call to this number goes on"),
    ACCESS_FORBIDDEN(43, 403, "ACCESS FORBIDDEN. The user ID or API key is invalid"),
    TOO_LARGE(44, 400, "REQUEST TOO LARGE, or too slow"),
    NO_ENDPOINT(45, 403, "ENDPOINT DOES NOT EXIST"),
    INTERNAL(51, 500, "INTERNAL ERROR"),
    MAINTENANCE(52, 500, "MAINTENANCE. The server is about to stop");

    private final int code;
    private final int status;
    private final String message;

    ApiError(int code, int status, String message) {
        this.code = code;
        this.status = status;
        this.message = message;
    }

    /** Its number in the body. */
    int code() {
        return code;
    }

    /** The status of HTTP. */
    int status() {
        return status;
    }

    /** For people. */
    String message() {
        return message;
    }
}
