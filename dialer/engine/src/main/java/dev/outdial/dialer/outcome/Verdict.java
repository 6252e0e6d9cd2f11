package dev.outdial.dialer.outcome;

import java.util.OptionalInt;

/**
 * What a final response to an INVITE means: the one table from the wire's numbers to our words.
 *
 * @param kind the outcome
 * @param cause the Q.850 cause to report
 * @param retryable whether another try could end otherwise
 */
public record Verdict(OutcomeKind kind, OptionalInt cause, boolean retryable) {
    /**
     * Reads a final response.
     *
     * @param status 300 to 699
     * @param reasonCause the Q.850 cause of its Reason header (RFC 3326), which knows better than the status: it is the one to
     *     report, and it decides the outcome where it says something of the callee or of the network. 486, 600, 607 and 608 say
     *     themselves what they mean
     * @param hasRung whether a ringing response came before: a 408 after it is a phone that nobody picked up
     */
    public static Verdict of(int status, OptionalInt reasonCause, boolean hasRung) {
        OutcomeKind byStatus = kindOfStatus(status, hasRung);
        OutcomeKind kind = reasonCause.isPresent() ? kindOfCause(reasonCause.getAsInt(), status, byStatus) : byStatus;
        OptionalInt cause = reasonCause.isPresent() ? reasonCause : OptionalInt.of(causeOfStatus(status, hasRung));
        return new Verdict(kind, cause, retryable(kind, status, reasonCause));
    }

    private static OutcomeKind kindOfCause(int cause, int status, OutcomeKind byStatus) {
        return switch (cause) {
            case Q850.USER_BUSY -> OutcomeKind.BUSY;
            case Q850.NO_USER_RESPONDING, Q850.NO_ANSWER -> OutcomeKind.NO_ANSWER;
            case Q850.CALL_REJECTED -> OutcomeKind.REJECTED;
            // Somebody took it at another telephone: this leg was given up, though not by us.
            case Q850.ANSWERED_ELSEWHERE -> OutcomeKind.CANCELED;
            default -> Q850.isOfTheNetwork(cause) && !saysItself(status) ? OutcomeKind.FAILED : byStatus;
        };
    }

    private static boolean saysItself(int status) {
        return status == 486 || status == 600 || status == 607 || status == 608;
    }

    private static OutcomeKind kindOfStatus(int status, boolean hasRung) {
        return switch (status) {
            case 486, 600 -> OutcomeKind.BUSY;
            case 480 -> OutcomeKind.NO_ANSWER;
            case 408 -> hasRung ? OutcomeKind.NO_ANSWER : OutcomeKind.FAILED;
            case 403 -> OutcomeKind.REJECTED;
            case 604, 606 -> OutcomeKind.FAILED;
            default -> status >= 600 ? OutcomeKind.REJECTED : OutcomeKind.FAILED;
        };
    }

    private static boolean retryable(OutcomeKind kind, int status, OptionalInt reasonCause) {
        return switch (kind) {
            case BUSY, NO_ANSWER -> true;
            case FAILED ->
                reasonCause.isPresent() && Q850.isOfTheNetwork(reasonCause.getAsInt())
                        ? Q850.mayPass(reasonCause.getAsInt())
                        : status == 408 || status == 500 || status == 503 || status == 504;
            case COMPLETED, REJECTED, CANCELED, REFUSED, UNKNOWN -> false;
        };
    }

    /** RFC 3398 section 8.2.6.1 read backwards, with 480 as "no answer" and the classes' catch-alls. */
    private static int causeOfStatus(int status, boolean hasRung) {
        return switch (status) {
            case 486, 600 -> Q850.USER_BUSY;
            case 480 -> Q850.NO_ANSWER;
            case 401, 402, 403, 407 -> Q850.CALL_REJECTED;
            case 404 -> 1;
            case 485, 604 -> 3;
            case 410 -> 22;
            case 484 -> 28;
            case 408 -> hasRung ? Q850.NO_ANSWER : 102;
            case 504 -> 102;
            case 488, 606 -> 88;
            case 502 -> 38;
            case 405 -> 63;
            case 406, 415, 501 -> 79;
            case 482, 483 -> 25;
            case 413, 414, 416, 420, 421, 423, 505, 513 -> 127;
            // What came after RFC 3261: conditions, preconditions, identity, events.
            case 412, 417, 422, 424, 425, 428, 429, 430, 433, 436, 437, 438, 439, 440, 469, 470, 489, 494, 555, 580 ->
                127;
            case 487 -> 31;
            default -> status >= 600 ? Q850.CALL_REJECTED : 41;
        };
    }
}
