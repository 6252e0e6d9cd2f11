package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.flow.HangupReason;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.HangUpCause;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How the latest calls of flows ended, for others that are to end for the same reason. <b>Threading:</b> any. */
final class SeenOutcomes {
    private static final int MOST = 10_000;

    private final Map<String, CallOutcome> byCallId = new LinkedHashMap<>();

    synchronized void remember(String callId, CallOutcome outcome) {
        byCallId.put(callId, outcome);
        if (byCallId.size() > MOST) byCallId.remove(byCallId.keySet().iterator().next());
    }

    private synchronized Optional<CallOutcome> of(String callId) {
        return Optional.ofNullable(byCallId.get(callId));
    }

    /**
     * Why a call is to end.
     *
     * @param referenceId the Call-ID of the one whose reason counts where it is known; else empty
     */
    HangUpCause cause(HangupReason reason, String referenceId) {
        return of(referenceId).map(SeenOutcomes::cause).orElseGet(() -> cause(reason));
    }

    private static HangUpCause cause(HangupReason reason) {
        return switch (reason) {
            case NORMAL, CANCEL -> HangUpCause.NORMAL;
            case FAILED -> HangUpCause.FAILED;
            case BUSY -> HangUpCause.BUSY;
            case TIMEOUT -> HangUpCause.TIMEOUT;
            case NO_ANSWER, DIALOUT -> HangUpCause.NO_ANSWER;
            case AMD -> HangUpCause.MACHINE;
        };
    }

    private static HangUpCause cause(CallOutcome outcome) {
        return switch (outcome.kind()) {
            case COMPLETED, CANCELED -> HangUpCause.NORMAL;
            case BUSY -> HangUpCause.BUSY;
            case NO_ANSWER -> HangUpCause.NO_ANSWER;
            case REJECTED -> HangUpCause.REJECTED;
            case FAILED, REFUSED, UNKNOWN -> HangUpCause.FAILED;
        };
    }
}
