package dev.outdial.server.calls;

import java.util.Optional;

/** How a call ended, in a word, for APIs that know no more than this. */
public enum CallEnd {
    /** It was answered, whoever hung up. */
    COMPLETED,
    BUSY,
    NO_ANSWER,
    /** The far end, the trunk or a rule of ours wanted no call. */
    REJECTED,
    /** It came to nothing for any other reason, or nobody saw what became of it. */
    FAILED,
    /** Our side ended it before the answer, or somebody answered elsewhere. */
    CANCELED;

    /** Empty while it goes on. */
    public static Optional<CallEnd> of(CallRecord call) {
        if (call.status() != CallStatus.HANGUP) return Optional.empty();
        if (call.outcome().equals("unknown")) return Optional.of(FAILED);
        return Optional.of(call.answered().isPresent() ? COMPLETED : unanswered(call));
    }

    private static CallEnd unanswered(CallRecord call) {
        return switch (call.cause()) {
            case "USER_BUSY" -> BUSY;
            case "NO_ANSWER" -> NO_ANSWER;
            case "CALL_REJECTED" -> REJECTED;
            case "ORIGINATOR_CANCEL", "ANSWERED_ELSEWHERE" -> CANCELED;
            default ->
                switch (call.hangupReason()) {
                    case "busy" -> BUSY;
                    case "noanswer", "dialout" -> NO_ANSWER;
                    case "cancel" -> CANCELED;
                    default -> FAILED;
                };
        };
    }
}
