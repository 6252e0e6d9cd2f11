package dev.outdial.dialer.call;

import dev.outdial.dialer.journal.JournalEntry;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.media.sdp.Negotiation;
import dev.outdial.sip.trace.MessageLog;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One call between us and somebody, whoever called. <b>Threading:</b> any thread; nothing waits. */
public interface Leg {
    /** The Call-ID that every SIP message of it bears. */
    String callId();

    /** Completes with the answer; never does where there is none. */
    CompletableFuture<Negotiation.Agreed> agreed();

    /** Completes with the outcome, when everything of the call was put away. */
    CompletableFuture<CallOutcome> ended();

    /** Completes with the running call; never does where it came to none. */
    CompletableFuture<? extends Talk> placed();

    /** Completes with what may be bridged once somebody may be heard, answered or not; never does where it came to none. */
    default CompletableFuture<? extends Voice> voice() {
        return placed().thenApply(Talk::voice);
    }

    /** What went over the media wire so far. */
    CallStatistics statistics();

    /** The SIP messages so far, of the last attempt where there are several; none where nobody keeps them. */
    MessageLog messages();

    /** Begins a recording with the answer, or now if that is later; one that goes on or waits ends. */
    void record(RecordingOrder order);

    /** Has the calling thread wait until something happened. */
    default void await(CompletableFuture<?> happening) throws InterruptedException, ExecutionException {
        happening.get();
    }

    /**
     * The same, for so long at most.
     *
     * @throws TimeoutException after that long
     */
    default void await(CompletableFuture<?> happening, Duration longest)
            throws InterruptedException, ExecutionException, TimeoutException {
        happening.get(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Keeps an entry in its journal, after what was told before; nothing where there is none. Completes exceptionally where that failed. */
    default CompletionStage<Void> journal(JournalEntry entry) {
        return CompletableFuture.allOf(); // which is complete
    }

    /** Ends the leg wherever it stands; doing it twice does no harm. */
    void hangUp();

    /** From now on nothing is dialled for it: where it waits to be, it ends; where it was, it goes on. */
    default void dialNoMore() {}

    /** The same as {@link #hangUp()}, for a reason that its outcome names; {@code REQUESTED} where the leg knows no others. */
    default void hangUp(HangUpReason reason) {
        hangUp();
    }
}
