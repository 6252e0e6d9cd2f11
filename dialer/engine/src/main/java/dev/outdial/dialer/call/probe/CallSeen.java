package dev.outdial.dialer.call.probe;

import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.media.sdp.Negotiation;

/** What came of a call that was placed to try the sound. */
public sealed interface CallSeen {
    /** Nobody answered, or the call was not placed. */
    record Unanswered(CallOutcome outcome) implements CallSeen {}

    /** Neither an answer nor an end came in time. */
    record Silent() implements CallSeen {}

    /**
     * It was answered.
     *
     * @param terms what was agreed on
     * @param statistics what went over the wire
     * @param millis how long was listened
     * @param cutShort whether the far end hung up before that was over
     */
    record Answered(Negotiation.Agreed terms, CallStatistics statistics, long millis, boolean cutShort)
            implements CallSeen {}
}
