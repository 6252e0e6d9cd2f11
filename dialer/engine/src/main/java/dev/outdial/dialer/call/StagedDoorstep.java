package dev.outdial.dialer.call;

import dev.outdial.dialer.call.Doorbell.Action;
import dev.outdial.dialer.call.Doorbell.Event;
import dev.outdial.dialer.call.Doorbell.State;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.journal.CallJournal;
import dev.outdial.dialer.journal.JournalEntry;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.dialer.outcome.HangUpCause;
import dev.outdial.media.sdp.Negotiation;
import dev.outdial.sip.event.SessionEnd;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.trace.MessageLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A call to us on a {@link Stage}, as {@link Doorbell} decides it, until a {@link StagedCall} takes over.
 *
 * <p><b>Threading:</b> public methods from any thread; everything else belongs to the stage.
 */
public final class StagedDoorstep implements Doorstep {
    private static final int MOVED_TEMPORARILY = 302;

    private final Stage stage;
    private final String callId;
    private final String requestId = UUID.randomUUID().toString();
    private final CallLimits limits;
    private final Caller caller;
    private final CompletableFuture<CallOutcome> ended = new CompletableFuture<>();
    private final CompletableFuture<Negotiation.Agreed> agreed = new CompletableFuture<>();
    private final CompletableFuture<StagedCall> placed = new CompletableFuture<>();
    private final List<RecordingOrder> recordings = new ArrayList<>();
    private volatile JournalWriter journal;
    private Consumer<CallEvent> listener = event -> {};
    private List<SipUri> redirects = List.of();
    private State state;
    private Runnable takeBackWake = () -> {};

    /** Who calls us. */
    public interface Caller extends FarEnd {
        /** It hears that it rings. */
        void hearsRinging();

        /** It is refused, or told to call somebody else. */
        void refused(int status, List<String> elsewhere);
    }

    /** A call that nobody has decided on. */
    public StagedDoorstep(Stage stage, String callId, CallLimits limits, Caller caller) {
        this.stage = stage;
        this.callId = callId;
        this.limits = limits;
        this.caller = caller;
        this.journal = new JournalWriter(CallJournal.NONE, callId);
        this.state = Doorbell.start(limits.ringFor(), Optional.empty(), stage.nanos());
        stage.execute(this::wakeInTime);
    }

    /** The caller, or what lies between, gives up before it is answered; on the stage. */
    public void end(SessionEnd end) {
        handle(new Event.SessionEnded(end));
    }

    @Override
    public void ring() {
        stage.execute(() -> handle(new Event.Ring()));
    }

    @Override
    public void ringWithMedia() {
        ring();
    }

    @Override
    public CompletableFuture<Negotiation.Agreed> audible() {
        return CompletableFuture.completedFuture(StagedCall.usualTerms());
    }

    @Override
    public void playEarly(PlayOrder order) {
        stage.execute(() -> {
            if (state instanceof State.Ringing) caller.hearsBeneath(order.name());
        });
    }

    @Override
    public void accept(Consumer<CallEvent> events) {
        stage.execute(() -> {
            CallOutcome outcome = ended.getNow(null);
            if (outcome != null) events.accept(new CallEvent.Ended(outcome));
            if (state instanceof State.Ringing || outcome == null && !placed.isDone())
                listener = journal.before(events);
            handle(new Event.Accept(false));
        });
    }

    @Override
    public void keptBy(CallJournal other) {
        journal = new JournalWriter(other, callId);
    }

    @Override
    public CompletionStage<Void> journal(JournalEntry entry) {
        return journal.append(entry);
    }

    @Override
    public void decline(int status) {
        stage.execute(() -> handle(new Event.Decline(status)));
    }

    @Override
    public void redirect(List<SipUri> contacts) {
        stage.execute(() -> {
            redirects = contacts;
            handle(new Event.Decline(MOVED_TEMPORARILY));
        });
    }

    @Override
    public String requestId() {
        return requestId;
    }

    @Override
    public String callId() {
        return callId;
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
    public CompletableFuture<StagedCall> placed() {
        return placed;
    }

    @Override
    public CallStatistics statistics() {
        return CallStatistics.NONE;
    }

    @Override
    public MessageLog messages() {
        return MessageLog.EMPTY;
    }

    @Override
    public void record(RecordingOrder order) {
        stage.execute(() -> {
            if (placed.isDone()) placed.join().record(order);
            else recordings.add(order);
        });
    }

    @Override
    public void hangUp() {
        stage.execute(() -> {
            if (placed.isDone()) placed.join().hangUp(HangUpReason.REQUESTED);
            else handle(new Event.HangUp());
        });
    }

    @Override
    public void hangUp(HangUpReason reason) {
        stage.execute(() -> {
            if (placed.isDone()) placed.join().hangUp(reason);
            else handle(new Event.HangUp(reason.given().orElse(HangUpCause.NORMAL)));
        });
    }

    @Override
    public void await(CompletableFuture<?> happening) throws InterruptedException, ExecutionException {
        try {
            await(happening, Stage.FOR_EVER);
        } catch (TimeoutException never) {
            throw new IllegalStateException(never);
        }
    }

    @Override
    public void await(CompletableFuture<?> happening, Duration longest)
            throws InterruptedException, ExecutionException, TimeoutException {
        stage.await(happening, longest);
    }

    private void handle(Event event) {
        Doorbell.Step step = Doorbell.step(state, event, stage.nanos());
        state = step.next();
        step.actions().forEach(this::perform);
        wakeInTime();
    }

    private void perform(Action action) {
        switch (action) {
            case Action.SendRinging ringing -> caller.hearsRinging();
            case Action.SendEarlyMedia media -> caller.hearsRinging();
            case Action.Answer answer -> handle(new Event.Accept(false));
            case Action.SendAnswer answer -> {}
            case Action.SendRefusal refusal -> refuse(refusal.status());
            case Action.EndSession end -> over(SessionEnd.Cause.LOCAL_BYE, OptionalInt.empty(), true);
            case Action.BeginCall begin -> begin();
            case Action.ReportEnded over -> ended(over.outcome());
        }
    }

    private void refuse(int status) {
        caller.refused(status, redirects.stream().map(SipUri::toString).toList());
        over(SessionEnd.Cause.REJECTED_HERE, OptionalInt.of(status), false);
    }

    private void over(SessionEnd.Cause cause, OptionalInt status, boolean answered) {
        var end = new SessionEnd(cause, SessionEnd.EndedBy.LOCAL, status, "", OptionalInt.empty(), answered);
        stage.execute(() -> handle(new Event.SessionEnded(end))); // not here and now: this step is not over
    }

    private void begin() {
        Progress progress = ((State.Answered) state).progress();
        StagedCall running = StagedCall.taken(
                stage,
                caller,
                listener,
                new CallMachine.State.Talking(
                        progress, stage.nanos() + limits.maxDuration().toNanos()));
        recordings.forEach(running::record);
        placed.complete(running);
        agreed.complete(running.terms().orElseThrow());
        var unused = running.ended().thenAccept(this::ended);
    }

    private void ended(CallOutcome outcome) {
        try {
            listener.accept(new CallEvent.Ended(outcome));
        } finally {
            ended.complete(outcome);
        }
    }

    private void wakeInTime() {
        takeBackWake.run();
        var next = Doorbell.nextDeadlineNanos(state);
        takeBackWake = next.isPresent()
                ? stage.after(next.getAsLong() - stage.nanos(), () -> handle(new Event.Tick()))
                : () -> {};
    }
}
