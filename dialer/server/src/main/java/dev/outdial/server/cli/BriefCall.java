package dev.outdial.server.cli;

import dev.outdial.dialer.Call;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.event.CallEvent;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A call of a load that is hung up as soon as it is answered, by who tells of the answer: no thread waits for it.
 *
 * <p><b>Threading:</b> {@link #place} any; the rest belongs to the call's listener.
 */
final class BriefCall implements Consumer<CallEvent> {
    /** There only once the call was placed, which its first events may be sooner than. */
    private final CompletableFuture<Call> call = new CompletableFuture<>();

    private final CallNotes notes = new CallNotes(line -> {});
    private final LoadTally tally;
    private final boolean isMeasured;
    private final Runnable afterwards;

    private BriefCall(LoadTally tally, boolean isMeasured, Runnable afterwards) {
        this.tally = tally;
        this.isMeasured = isMeasured;
        this.afterwards = afterwards;
    }

    /**
     * Places the call and returns at once; its end is counted.
     *
     * @param isMeasured whether the time to its answer counts
     * @param afterwards run when the call has ended and is counted
     * @throws IllegalArgumentException if the target makes no sense
     * @throws IllegalStateException if the dialer is closed
     */
    static void place(Dialer dialer, DialRequest request, LoadTally tally, boolean isMeasured, Runnable afterwards) {
        var brief = new BriefCall(tally, isMeasured, afterwards);
        Call call = dialer.dial(request, brief);
        tally.placed();
        brief.call.complete(call);
    }

    @Override
    public void accept(CallEvent event) {
        notes.accept(event);
        if (event instanceof CallEvent.Answered) {
            var unused = call.thenAccept(Call::hangUp);
        } else if (event instanceof CallEvent.Ended ended) {
            var unused = call.thenAccept(placed -> count(placed, ended));
        }
    }

    private void count(Call placed, CallEvent.Ended ended) {
        if (isMeasured) notes.setupNanos().ifPresent(tally::countSetup);
        tally.count(ended.outcome(), CallResult.RtpReport.of(placed.statistics()), notes.digits());
        afterwards.run();
    }
}
