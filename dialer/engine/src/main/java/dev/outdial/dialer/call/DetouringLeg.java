package dev.outdial.dialer.call;

import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.media.sdp.Negotiation;
import dev.outdial.sip.trace.MessageLog;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call that may take several attempts, one after the other, as {@link Detours} has it. Each is a leg of its own, for which the ledger
 * is asked; what is told is one call, with the end of the last one.
 *
 * <p><b>Threading:</b> {@link #run} on an application thread, which it keeps until the call is over; the rest any thread.
 */
public final class DetouringLeg implements Leg, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(DetouringLeg.class);

    private final Dialling dialling;
    private final Consumer<CallEvent> listener;
    private final CompletableFuture<Negotiation.Agreed> agreed = new CompletableFuture<>();
    private final CompletableFuture<CallOutcome> ended = new CompletableFuture<>();
    private final CompletableFuture<RunningCall> placed = new CompletableFuture<>();
    private Detours detours;
    private OutgoingLeg current;
    private Optional<RecordingOrder> recording = Optional.empty();
    private boolean givenUp;

    /** Makes the legs. */
    @FunctionalInterface
    public interface Dialling {
        /**
         * The leg that goes that way, as the next attempt.
         *
         * @throws IllegalArgumentException where nobody can be called that way
         */
        OutgoingLeg next(Detours.Way way, Consumer<CallEvent> listener);
    }

    /**
     * A call of which nothing was done yet.
     *
     * @param first makes the first leg for a listener
     * @param listener hears every event in order; it only hands on
     */
    public DetouringLeg(
            Function<Consumer<CallEvent>, OutgoingLeg> first,
            Detours detours,
            Dialling dialling,
            Consumer<CallEvent> listener) {
        this.current = first.apply(this::tell);
        this.detours = detours;
        this.dialling = dialling;
        this.listener = listener;
    }

    // The end of an attempt is not that of the call.
    private void tell(CallEvent event) {
        if (!(event instanceof CallEvent.Ended)) listener.accept(event);
    }

    @Override
    public void run() {
        CallOutcome outcome =
                Endings.notSent(OutcomeKind.FAILED, OptionalInt.empty(), "a fault of our own ended the call");
        try {
            outcome = attempt(current());
            Optional<OutgoingLeg> next = next(outcome);
            while (next.isPresent()) {
                outcome = attempt(next.get());
                next = next(outcome);
            }
        } catch (RuntimeException | Error broken) {
            // What became of the last attempt stands.
            LOG.error("call={} a promise of our own was broken", callId(), broken);
        }
        try {
            listener.accept(new CallEvent.Ended(outcome));
        } catch (RuntimeException | Error broken) {
            LOG.error("call={} the listener failed at the end", callId(), broken);
        } finally {
            ended.complete(outcome); // whoever waits for the end does not wait for ever
        }
    }

    private CallOutcome attempt(OutgoingLeg leg) {
        // Whoever waits for the call itself waits for the attempt that was answered.
        var unused = leg.agreed().thenAccept(terms -> {
            placed.complete(leg.placed().join());
            agreed.complete(terms);
        });
        leg.run();
        return leg.ended().join();
    }

    private synchronized Optional<OutgoingLeg> next(CallOutcome outcome) {
        Optional<Detours.Next> next = givenUp ? Optional.empty() : detours.after(outcome, current.redirects());
        if (next.isEmpty()) return Optional.empty();
        detours = next.get().left();
        try {
            String before = current.callId();
            current = dialling.next(next.get().way(), this::tell);
            LOG.debug("call={} goes on as call={}", before, current.callId());
            listener.accept(new CallEvent.Detour(current.callId(), outcome));
            recording.ifPresent(current::record);
            return Optional.of(current);
        } catch (IllegalArgumentException nowhere) {
            LOG.debug("call={} cannot go on: {}", current.callId(), nowhere.getMessage());
            return Optional.empty();
        }
    }

    private synchronized OutgoingLeg current() {
        return current;
    }

    @Override
    public String callId() {
        return current().callId();
    }

    @Override
    public CompletableFuture<Negotiation.Agreed> agreed() {
        return agreed;
    }

    @Override
    public CompletableFuture<CallOutcome> ended() {
        return ended;
    }

    @Override
    public CompletableFuture<RunningCall> placed() {
        return placed;
    }

    @Override
    public void await(CompletableFuture<?> happening) throws InterruptedException, ExecutionException {
        current().await(happening);
    }

    @Override
    public void await(CompletableFuture<?> happening, Duration longest)
            throws InterruptedException, ExecutionException, TimeoutException {
        current().await(happening, longest);
    }

    @Override
    public CallStatistics statistics() {
        return current().statistics();
    }

    @Override
    public MessageLog messages() {
        return current().messages();
    }

    @Override
    public synchronized void record(RecordingOrder order) {
        recording = Optional.of(order);
        current.record(order);
    }

    @Override
    public void hangUp() {
        hangUp(HangUpReason.REQUESTED);
    }

    @Override
    public void hangUp(HangUpReason reason) {
        OutgoingLeg running;
        synchronized (this) {
            givenUp = true;
            running = current;
        }
        running.hangUp(reason);
    }
}
