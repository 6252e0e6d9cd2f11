package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.call.Backstage;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.Variables;
import dev.outdial.dialer.flow.machine.FlowCommand;
import dev.outdial.dialer.flow.machine.FlowEnd;
import dev.outdial.dialer.flow.machine.FlowEvent;
import dev.outdial.dialer.flow.machine.FlowHappening;
import dev.outdial.dialer.flow.machine.FlowLimits;
import dev.outdial.dialer.flow.machine.FlowMachine;
import dev.outdial.dialer.flow.machine.Moment;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.HangUpCause;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a flow: what happens comes in by {@link #inbox}, one thread has {@link FlowMachine} decide on it, and what is to be done is
 * handed to who does it.
 *
 * <p><b>Threading:</b> {@link #run} on a thread that it keeps to the end of the run and its call; the rest any thread.
 */
final class FlowRun implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(FlowRun.class);

    private final Backstage backstage;
    private final Inbox<News> inbox;
    private final Plan plan;
    private final Performer performer;
    private final HappeningTeller teller;
    private final CompletableFuture<FlowResult> result = new CompletableFuture<>();
    private volatile Variables variables = Variables.NONE;
    private Optional<FlowMachine.State> state = Optional.empty();
    private Optional<CallOutcome> outcome = Optional.empty();
    private Optional<FlowHappening.Ended> ended = Optional.empty();
    private boolean cancelled;

    /** What happens. */
    sealed interface News {
        /** To the call. */
        record OfCall(CallEvent event) implements News {}

        /** To the flow. */
        record OfFlow(FlowEvent event) implements News {}

        /** The flow begins, whatever the call does. */
        record Begin() implements News {}
    }

    /**
     * What is run, and how.
     *
     * @param ours whether we placed the call
     * @param early whether it begins when the call rings
     * @param hasCall whether there is a call whose end is to be waited for
     * @param variables what is known when it begins
     */
    record Plan(
            Flow flow,
            FlowLimits limits,
            boolean ours,
            boolean early,
            boolean hasCall,
            Supplier<Variables> variables) {}

    FlowRun(Backstage backstage, Inbox<News> inbox, Plan plan, Performer performer, HappeningTeller teller) {
        this.backstage = backstage;
        this.inbox = inbox;
        this.plan = plan;
        this.performer = performer;
        this.teller = teller;
    }

    /** What it remembers now. */
    Variables variables() {
        return variables;
    }

    /** Completes when run and call are over and the listener has heard so. */
    CompletableFuture<FlowResult> result() {
        return result;
    }

    void put(FlowEvent event) {
        inbox.put(new News.OfFlow(event));
    }

    @Override
    public void run() {
        try {
            while (!isDone()) {
                guarded(inbox.take(deadline()));
            }
        } catch (InterruptedException closing) {
            while (!isDone()) {
                Optional<News> last = inbox.poll();
                if (last.isEmpty()) break;
                guarded(last);
            }
        } finally {
            finish();
        }
    }

    private boolean isDone() {
        return plan.hasCall() ? outcome.isPresent() : ended.isPresent();
    }

    private OptionalLong deadline() {
        return isRunning() ? FlowMachine.nextDeadlineNanos(state.orElseThrow()) : OptionalLong.empty();
    }

    private boolean isRunning() {
        return state.isPresent() && ended.isEmpty();
    }

    /** A promise of our own that is broken ends this run and its call, and nothing else. */
    private void guarded(Optional<News> news) {
        Runnable decided = backstage.hold();
        try {
            if (news.isPresent()) handle(news.get());
            else step(new FlowEvent.Tick());
        } catch (RuntimeException | Error broken) {
            LOG.error("{} its flow broke", performer.name(), broken);
            over(new FlowHappening.Ended(FlowEnd.FAILED, "a fault of our own, which the log tells"));
            performer.hangUp(HangUpCause.FAILED);
        } finally {
            decided.run();
        }
    }

    private void handle(News news) {
        switch (news) {
            case News.Begin begin -> begin(!plan.hasCall());
            case News.OfCall of -> handle(of.event());
            case News.OfFlow of -> {
                if (of.event() instanceof FlowEvent.Cancel && state.isEmpty()) {
                    // Nobody has answered: there is no flow to end, but a call.
                    cancelled = true;
                    performer.hangUp(HangUpCause.NORMAL);
                } else {
                    if (of.event() instanceof FlowEvent.Answered) performer.answeredOrOver();
                    step(of.event());
                }
            }
        }
    }

    private void handle(CallEvent event) {
        switch (event) {
            case CallEvent.Ringing ringing -> {
                if (plan.early()) begin(false);
            }
            case CallEvent.Answered answered -> {
                performer.answeredOrOver();
                if (state.isEmpty()) begin(true);
                else step(new FlowEvent.Answered());
            }
            case CallEvent.DigitPressed key -> step(new FlowEvent.Key(key.digit()));
            case CallEvent.Ended over -> {
                performer.answeredOrOver();
                outcome = Optional.of(over.outcome());
                step(new FlowEvent.CallEnded());
            }
            case CallEvent.Sent e -> {}
            case CallEvent.ToneHeard e -> {}
            case CallEvent.Played e -> {}
            case CallEvent.RecordingFailed e -> {}
            case CallEvent.RecordingEnded e -> {}
            case CallEvent.HeldByFarEnd e -> {}
            case CallEvent.Transferring e -> {}
            case CallEvent.Detour e -> {}
            case CallEvent.Retrying e -> {}
            case CallEvent.MachineDetected e -> {}
            case CallEvent.GreetingEnded e -> {}
            case CallEvent.GatherEnded e -> {}
        }
    }

    private void begin(boolean answered) {
        if (state.isPresent() || cancelled) return;
        take(FlowMachine.begin(plan.flow(), plan.variables().get(), answered, plan.ours(), plan.limits(), now()));
    }

    private void step(FlowEvent event) {
        if (isRunning()) take(FlowMachine.step(state.orElseThrow(), event, now()));
    }

    private Moment now() {
        return new Moment(backstage.nanos(), backstage.instant());
    }

    private void take(FlowMachine.Step step) {
        state = Optional.of(step.next());
        variables = step.next().variables();
        for (FlowCommand command : step.commands()) {
            if (command instanceof FlowCommand.Tell tell) tell(tell.happening());
            else performer.perform(command, this::put);
        }
    }

    private void tell(FlowHappening happening) {
        if (happening instanceof FlowHappening.Ended end) over(end);
        else teller.tell(happening);
    }

    private void over(FlowHappening.Ended end) {
        if (ended.isPresent()) return;
        ended = Optional.of(end);
        teller.tell(end);
    }

    private void finish() {
        performer.end();
        over(new FlowHappening.Ended(
                cancelled ? FlowEnd.CANCELLED : FlowEnd.CALL_ENDED,
                outcome.map(CallOutcome::reason).orElse("the dialer was closed")));
        FlowHappening.Ended how = ended.orElseThrow();
        if (outcome.isPresent()) {
            var all = new FlowResult(how.end(), how.why(), variables, outcome.get());
            teller.afterwards(() -> result.complete(all));
        } else {
            teller.afterwards(() ->
                    result.completeExceptionally(new IllegalStateException("the dialer was closed under the flow")));
        }
    }

    /** A listener for a call that this is a flow of. */
    static Consumer<CallEvent> listener(Inbox<News> inbox) {
        return event -> inbox.put(new News.OfCall(event));
    }
}
