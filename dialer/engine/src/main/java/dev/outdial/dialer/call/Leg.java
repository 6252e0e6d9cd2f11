package dev.outdial.dialer.call;

import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.media.MediaSession;
import dev.outdial.media.sdp.Negotiation;
import dev.outdial.sip.trace.MessageLog;
import java.util.concurrent.CompletableFuture;

/** One call between us and somebody, whoever called. <b>Threading:</b> any thread; nothing waits. */
public interface Leg {
    /** The Call-ID that every SIP message of it bears. */
    String callId();

    /** Completes with the answer; never does where there is none. */
    CompletableFuture<Negotiation.Agreed> agreed();

    /** Completes with the outcome, when everything of the call was put away. */
    CompletableFuture<CallOutcome> ended();

    /** Completes with the running call; never does where it came to none. */
    CompletableFuture<CallRunner> placed();

    /** Completes with the sound itself once somebody may be heard, answered or not; never does where it came to none. */
    default CompletableFuture<MediaSession> sound() {
        return placed().thenApply(CallRunner::sound);
    }

    /** What went over the media wire so far. */
    CallStatistics statistics();

    /** The SIP messages so far, of the last attempt where there are several; none where nobody keeps them. */
    MessageLog messages();

    /** Begins a recording with the answer, or now if that is later; one that goes on or waits ends. */
    void record(RecordingOrder order);

    /** Ends the leg wherever it stands; doing it twice does no harm. */
    void hangUp();
}
