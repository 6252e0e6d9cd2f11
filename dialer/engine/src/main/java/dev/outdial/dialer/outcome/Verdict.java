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
    private static final int USER_BUSY = 17;
    private static final int NO_USER_RESPONDING = 18;
    private static final int NO_ANSWER = 19;
    private static final int CALL_REJECTED = 21;

    /**
     * Reads a final response.
     *
     * @param status 300 to 699
     * @param reasonCause the Q.850 cause of its Reason header (RFC 3326), which knows better than the status
     * @param hasRung whether a ringing response came before: a 408 after it is a phone that nobody picked up
     */
    public static Verdict of(int status, OptionalInt reasonCause, boolean hasRung) {
        OutcomeKind kind = reasonCause.isPresent()
                ? kindOfCause(reasonCause.getAsInt(), kindOfStatus(status, hasRung))
                : kindOfStatus(status, hasRung);
        OptionalInt cause = reasonCause.isPresent() ? reasonCause : OptionalInt.of(causeOfStatus(status, hasRung));
        return new Verdict(kind, cause, retryable(kind, status));
    }

    private static OutcomeKind kindOfCause(int cause, OutcomeKind otherwise) {
        return switch (cause) {
            case USER_BUSY -> OutcomeKind.BUSY;
            case NO_USER_RESPONDING, NO_ANSWER -> OutcomeKind.NO_ANSWER;
            case CALL_REJECTED -> OutcomeKind.REJECTED;
            default -> otherwise;
        };
    }

    private static OutcomeKind kindOfStatus(int status, boolean hasRung) {
        return switch (status) {
            case 486, 600 -> OutcomeKind.BUSY;
            case 480 -> OutcomeKind.NO_ANSWER;
            case 408 -> hasRung ? OutcomeKind.NO_ANSWER : OutcomeKind.FAILED;
            case 403, 603, 607, 608 -> OutcomeKind.REJECTED;
            default -> OutcomeKind.FAILED;
        };
    }

    private static boolean retryable(OutcomeKind kind, int status) {
        return switch (kind) {
            case BUSY, NO_ANSWER -> true;
            case FAILED -> status == 408 || status == 500 || status == 503 || status == 504;
            case COMPLETED, REJECTED, CANCELED, REFUSED, UNKNOWN -> false;
        };
    }

    /** RFC 3398 section 8.2.6.1 read backwards, with 480 as "no answer" and the classes' catch-alls. */
    private static int causeOfStatus(int status, boolean hasRung) {
        return switch (status) {
            case 486, 600 -> USER_BUSY;
            case 480 -> NO_ANSWER;
            case 401, 402, 403, 407, 603, 607, 608 -> CALL_REJECTED;
            case 404 -> 1;
            case 485, 604 -> 3;
            case 410 -> 22;
            case 484 -> 28;
            case 408 -> hasRung ? NO_ANSWER : 102;
            case 504 -> 102;
            case 488, 606 -> 88;
            case 502 -> 38;
            case 405 -> 63;
            case 406, 415, 501 -> 79;
            case 482, 483 -> 25;
            case 413, 414, 416, 420, 421, 423, 505, 513 -> 127;
            case 487 -> 31;
            default -> status >= 600 ? CALL_REJECTED : 41;
        };
    }
}
