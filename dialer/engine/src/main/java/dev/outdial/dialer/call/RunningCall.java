package dev.outdial.dialer.call;

import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.media.sdp.Negotiation;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A call that has its permit, from there to its end. <b>Threading:</b> any thread; nothing waits. */
public interface RunningCall extends Talk {
    /** Sends the INVITE if the permit still holds in the step that sends. */
    void go();

    /** Ends the call, by CANCEL or BYE as fits; doing it twice does no harm. */
    void hangUp(HangUpReason reason);

    /** Completes with the answer; never does where there is none. */
    CompletableFuture<Negotiation.Agreed> agreed();

    /** Completes with the outcome, after everything of the call was put away. */
    CompletableFuture<CallOutcome> ended();

    /** Where the callee is in the words of the 3xx that ended the call. */
    List<String> redirects();

    /** Begins a recording with the answer, or now if that is later. */
    void record(RecordingOrder order);

    /** What went over the media wire so far. */
    CallStatistics statistics();
}
