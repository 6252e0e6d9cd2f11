package dev.outdial.server.calls.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.HangUpCause;
import dev.outdial.dialer.outcome.LocalReason;
import dev.outdial.dialer.outcome.OutcomeKind;
import java.util.Set;

/** How an end is stored: who ended it, why, and the names of Q.850. Pure. */
final class EndWords {
    private static final int UNKNOWN_CAUSE = -1;
    /** What a flow declines a call to us with where it says busy, or failed. */
    private static final Set<Integer> BY_ITS_FLOW = Set.of(486, 408);

    /** A cause of Q.850 by a SIP status, and why a call ended by it. */
    private record Cause(int q850, String name, String reason) {}

    private EndWords() {}

    /**
     * An end as it is stored.
     *
     * @param asked why our side wanted it to end; empty where it did not
     */
    static Change.Over over(CallOutcome outcome, CallStatistics media, boolean isIncoming, String asked) {
        Cause cause = cause(outcome, isIncoming, asked.equals(Hangups.ELSEWHERE) ? "normal" : asked);
        boolean isRingTimeout = isRingTimeout(outcome, isIncoming);
        return new Change.Over(
                outcome.kind().word(),
                outcome.sipCode().orElse(-1),
                outcome.refusedBy().isPresent() ? phrase(outcome.reason()) : "",
                cause.q850(),
                cause.name(),
                outcome.endedBy().word(),
                cause.reason(),
                outcome.reason(),
                isRingTimeout,
                outcome.ringMillis(),
                outcome.talkMillis(),
                rtp(media));
    }

    /** An end that nobody saw. */
    static Change.Over nobodyKnows(String why) {
        return new Change.Over("unknown", -1, "", UNKNOWN_CAUSE, "", "", "failed", why, false, 0, 0, "");
    }

    /** An end of a call that was not dialled, or not any more. */
    static Change.Over notDialled(OutcomeKind kind, String reason, String why) {
        String cause = kind == OutcomeKind.CANCELED ? "ORIGINATOR_CANCEL" : "";
        return new Change.Over(
                kind.word(), -1, "", UNKNOWN_CAUSE, cause, EndedBy.LOCAL.word(), reason, why, false, 0, 0, "");
    }

    private static boolean isRingTimeout(CallOutcome outcome, boolean isIncoming) {
        return !isIncoming && outcome.kind() == OutcomeKind.NO_ANSWER && outcome.endedBy() == EndedBy.LOCAL;
    }

    /** The words of the status line, where the engine tells nothing else. */
    private static String phrase(String reason) {
        return reason.length() <= 200 ? reason : reason.substring(0, 200);
    }

    private static Cause cause(CallOutcome outcome, boolean isIncoming, String asked) {
        // A 200 that crosses our CANCEL does not make it a call that was answered.
        boolean isCanceled = outcome.kind() == OutcomeKind.CANCELED;
        if (outcome.answered() && !isCanceled) return answered(outcome, asked);
        if (outcome.kind() == OutcomeKind.REFUSED) return new Cause(21, "CALL_REJECTED", "failed");
        if (isRingTimeout(outcome, isIncoming)) return new Cause(19, "NO_ANSWER", "dialout");
        boolean isDeclined = isIncoming && asked.isEmpty() && outcome.endedBy() == EndedBy.LOCAL;
        if (isDeclined && BY_ITS_FLOW.contains(outcome.sipCode().orElse(0))) {
            return byStatus(outcome.sipCode().orElse(0));
        }
        if (isCanceled) {
            return outcome.cause().orElse(0) == 26
                    ? new Cause(26, "ANSWERED_ELSEWHERE", "normal")
                    : new Cause(
                            UNKNOWN_CAUSE,
                            "ORIGINATOR_CANCEL",
                            asked.isEmpty() || asked.equals("normal") ? "cancel" : asked);
        }
        Cause byStatus = byStatus(outcome.sipCode().orElse(0));
        String reason = outcome.kind() == OutcomeKind.FAILED ? "failed" : byStatus.reason();
        // What the far end's Reason header says counts for more than the table.
        int q850 = outcome.cause().orElse(byStatus.q850());
        return q850 == byStatus.q850() || q850 == 18 && byStatus.q850() == 19
                ? new Cause(byStatus.q850(), byStatus.name(), reason)
                : new Cause(q850, name(q850), reason);
    }

    private static Cause answered(CallOutcome outcome, String asked) {
        int q850 = outcome.cause().orElse(16);
        if (outcome.kind() == OutcomeKind.FAILED) return new Cause(q850, name(q850), "failed");
        if (outcome.localReason().filter(LocalReason.MAX_DURATION::equals).isPresent()) {
            return new Cause(16, "NORMAL_CLEARING", "timeout");
        }
        if (outcome.endedBy() == EndedBy.LOCAL && outcome.reason().endsWith(": " + HangUpCause.MACHINE.word())) {
            return new Cause(16, "NORMAL_CLEARING", "amd"); // its flow found out that it talks with one
        }
        boolean isOurs = outcome.endedBy() == EndedBy.LOCAL && !asked.isEmpty();
        return new Cause(q850, name(q850), isOurs ? asked : "normal");
    }

    private static Cause byStatus(int status) {
        return switch (status) {
            case 486, 600 -> new Cause(17, "USER_BUSY", "busy");
            case 480 -> new Cause(19, "NO_ANSWER", "noanswer");
            case 403, 603, 607, 608 -> new Cause(21, "CALL_REJECTED", "noanswer");
            case 401, 402, 407 -> new Cause(21, "CALL_REJECTED", "failed");
            case 404 -> new Cause(1, "UNALLOCATED_NUMBER", "failed");
            case 604, 485 -> new Cause(3, "NO_ROUTE_DESTINATION", "failed");
            case 410 -> new Cause(22, "NUMBER_CHANGED", "failed");
            case 484 -> new Cause(28, "INVALID_NUMBER_FORMAT", "failed");
            case 408, 504 -> new Cause(102, "RECOVERY_ON_TIMER_EXPIRE", "failed");
            case 488, 606 -> new Cause(88, "INCOMPATIBLE_DESTINATION", "failed");
            case 502 -> new Cause(38, "NETWORK_OUT_OF_ORDER", "failed");
            case 405 -> new Cause(63, "SERVICE_UNAVAILABLE", "failed");
            case 406, 415, 501 -> new Cause(79, "SERVICE_NOT_IMPLEMENTED", "failed");
            case 482, 483 -> new Cause(25, "EXCHANGE_ROUTING_ERROR", "failed");
            case 413, 414, 416, 420, 421, 423, 505, 513 -> new Cause(127, "INTERWORKING", "failed");
            case 487 -> new Cause(31, "NORMAL_UNSPECIFIED", "failed");
            default ->
                status >= 600
                        ? new Cause(21, "CALL_REJECTED", "noanswer")
                        : new Cause(41, "NORMAL_TEMPORARY_FAILURE", "failed");
        };
    }

    private static String name(int q850) {
        return switch (q850) {
            case 1 -> "UNALLOCATED_NUMBER";
            case 2, 3 -> "NO_ROUTE_DESTINATION";
            case 16 -> "NORMAL_CLEARING";
            case 17 -> "USER_BUSY";
            case 18, 19 -> "NO_ANSWER";
            case 21 -> "CALL_REJECTED";
            case 22 -> "NUMBER_CHANGED";
            case 25 -> "EXCHANGE_ROUTING_ERROR";
            case 26 -> "ANSWERED_ELSEWHERE";
            case 28 -> "INVALID_NUMBER_FORMAT";
            case 31 -> "NORMAL_UNSPECIFIED";
            case 34 -> "NORMAL_CIRCUIT_CONGESTION";
            case 38 -> "NETWORK_OUT_OF_ORDER";
            case 41 -> "NORMAL_TEMPORARY_FAILURE";
            case 63 -> "SERVICE_UNAVAILABLE";
            case 79 -> "SERVICE_NOT_IMPLEMENTED";
            case 88 -> "INCOMPATIBLE_DESTINATION";
            case 102 -> "RECOVERY_ON_TIMER_EXPIRE";
            case 127 -> "INTERWORKING";
            default -> "Q850_" + q850;
        };
    }

    /** The figures of the media wire as JSON; empty where there was nothing on it. */
    static String rtp(CallStatistics media) {
        if (media.sent() == 0 && media.received() == 0) return "";
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("sent", media.sent())
                .put("received", media.received())
                .put("lost", media.lost())
                .put("jitter_ms", media.jitterMillis());
        media.mos().ifPresent(mos -> json.put("mos", mos));
        media.roundTripMillis().ifPresent(millis -> json.put("round_trip_ms", millis));
        return json.toString();
    }

    /** The words that a hang-up may be asked for with. */
    static final Set<String> REASONS =
            Set.of("normal", "failed", "busy", "cancel", "timeout", "noanswer", "dialout", "amd");
}
