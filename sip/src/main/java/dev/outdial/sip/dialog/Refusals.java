package dev.outdial.sip.dialog;

/** The reason phrases of refusals (RFC 3261 section 21). */
final class Refusals {
    private Refusals() {}

    static String reasonOf(int status) {
        return switch (status) {
            case 403 -> "Forbidden";
            case 415 -> "Unsupported Media Type";
            case 480 -> "Temporarily Unavailable";
            case 486 -> "Busy Here";
            case 487 -> "Request Terminated";
            case 488 -> "Not Acceptable Here";
            case 491 -> "Request Pending";
            case 500 -> "Server Internal Error";
            case 501 -> "Not Implemented";
            case 503 -> "Service Unavailable";
            case 504 -> "Server Time-out";
            case 600 -> "Busy Everywhere";
            case 603 -> "Decline";
            case 606 -> "Not Acceptable";
            default -> status < 400 ? "Redirected" : "Refused";
        };
    }
}
