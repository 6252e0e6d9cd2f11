package dev.outdial.dialer.call;

import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.journal.JournalEntry;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.media.sdp.Negotiation;
import dev.outdial.sip.trace.MessageLog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call that may take several attempts, one after the other, as a {@link Succession} has it. Each is a leg of its own, for which the
 * ledger is asked; what is told is one call, with the end of the last one.
 *
 * <p><b>Threading:</b> {@link #run} on an application thread, which it keeps until the call is over; the rest any thread.
 */
public final class SuccessiveLeg implements DialledLeg {
    private static final Logger LOG = LoggerFactory.getLogger(SuccessiveLeg.class);

    private final Succession succession;
    private final Consumer<CallEvent> listener;
    private final CompletableFuture<Negotiation.Agreed> agreed = new CompletableFuture<>();
    private final CompletableFuture<CallOutcome> ended = new CompletableFuture<>();
    private final CompletableFuture<Talk> placed = new CompletableFuture<>();
    private final CompletableFuture<HangUpReason> givenUp = new CompletableFuture<>();
    private DialledLeg current;
    /** Of the attempts before the current one. */
    private MessageLog earlier = MessageLog.EMPTY;

    private Optional<RecordingOrder> recording = Optional.empty();
    private boolean waiting;
    private boolean last;

    /** Decides what comes after an attempt. */
    @FunctionalInterface
    public interface Succession {
        /**
         * What comes next; nothing where the call is over.
         *
         * @param before the attempt that ended so
         * @param ear is to hear the events of the next one
         */
        Optional<Next> after(DialledLeg before, CallOutcome outcome, Consumer<CallEvent> ear);
    }

    /**
     * The next attempt.
     *
     * @param leg of which nothing was done yet
     * @param news what the listener is told of it
     * @param pause how long to wait before it begins
     */
    public record Next(DialledLeg leg, CallEvent news, Duration pause) {}

    /**
     * A call of which nothing was done yet.
     *
     * @param first makes the first leg for a listener
     * @param listener hears every event in order; it only hands on
     */
    public SuccessiveLeg(
            Function<Consumer<CallEvent>, DialledLeg> first, Succession succession, Consumer<CallEvent> listener) {
        this.current = first.apply(this::tell);
        this.succession = succession;
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
            Optional<Next> next = next(outcome);
            while (next.isPresent()) {
                outcome = isGivenUpWithin(next.get().pause())
                        ? givenUpBetween()
                        : attempt(next.get().leg());
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

    private CallOutcome attempt(DialledLeg leg) {
        // Whoever waits for the call itself waits for the attempt that was answered.
        var unused = leg.agreed().thenAccept(terms -> {
            placed.complete(leg.placed().join());
            agreed.complete(terms);
        });
        leg.run();
        return leg.ended().join();
    }

    private synchronized Optional<Next> next(CallOutcome outcome) {
        if (last || givenUp.isDone()) return Optional.empty();
        Optional<Next> next = succession.after(current, outcome, this::tell);
        if (next.isEmpty()) return Optional.empty();
        LOG.debug(
                "call={} goes on as call={}", current.callId(), next.get().leg().callId());
        earlier = earlier.and(current.messages());
        current = next.get().leg();
        waiting = true;
        listener.accept(next.get().news());
        recording.ifPresent(current::record);
        return next;
    }

    private boolean isGivenUpWithin(Duration pause) {
        try {
            if (pause.isPositive()) await(givenUp, pause);
        } catch (TimeoutException over) {
            // the next attempt begins
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            givenUp.complete(HangUpReason.CLOSING);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
        synchronized (this) {
            waiting = false;
            return givenUp.isDone();
        }
    }

    private CallOutcome givenUpBetween() {
        return OutgoingLeg.notDialled(givenUp.join(), "given up between two attempts");
    }

    private synchronized DialledLeg current() {
        return current;
    }

    @Override
    public int attempt() {
        return current().attempt();
    }

    @Override
    public List<String> redirects() {
        return current().redirects();
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
    public CompletableFuture<Talk> placed() {
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
    public CompletionStage<Void> journal(JournalEntry entry) {
        return current().journal(entry);
    }

    @Override
    public CallStatistics statistics() {
        return current().statistics();
    }

    @Override
    public synchronized MessageLog messages() {
        return earlier.and(current.messages());
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
        givenUp.complete(reason);
        // Whoever becomes the current one from now on sees that.
        current().hangUp(reason);
    }

    @Override
    public void dialNoMore() {
        DialledLeg running;
        boolean between;
        synchronized (this) {
            last = true;
            between = waiting;
            running = current;
        }
        if (between) {
            hangUp(HangUpReason.CLOSING);
        } else {
            running.dialNoMore();
        }
    }
}
