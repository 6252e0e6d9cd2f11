package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.Call;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.IncomingCall;
import dev.outdial.dialer.call.Backstage;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.Variables;
import dev.outdial.dialer.flow.machine.FlowHappening;
import dev.outdial.dialer.group.GroupPlan;
import dev.outdial.dialer.log.LogMark;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs flows in calls. Every call is dialled by the {@link Dialer}, and so by its ledger.
 *
 * <p><b>Threading:</b> any. A flow has a virtual thread of its own, and each thing that takes time another; all of them end with the call,
 * but for what is told to somebody outside, which ends in its own time. Listeners are called on a virtual thread of their own, one event after
 * the other; what they throw is logged.
 */
public final class FlowRunner {
    private static final Logger LOG = LoggerFactory.getLogger(FlowRunner.class);

    private final Dialer dialer;
    private final FlowSettings settings;
    private final Backstage backstage;
    private final OtherCalls others;
    private final Outside outside;
    private final SeenOutcomes seen = new SeenOutcomes();

    /** @param dialer whose calls they are */
    public FlowRunner(Dialer dialer, FlowSettings settings) {
        this.dialer = dialer;
        this.settings = settings;
        this.backstage = dialer.backstage();
        this.others = new OtherCalls(settings, seen::remember);
        this.outside = new Outside(settings);
    }

    /** {@link #dial(DialRequest, Flow, Consumer)} with nobody told. */
    public FlowCall dial(DialRequest request, Flow flow) {
        return dial(request, flow, happening -> {});
    }

    /**
     * Places a call and runs a flow in it from the answer on; returns at once. The flow begins with {@link DialRequest#variables}. Where nobody
     * answers it never begins, and all that its listener hears is the end.
     *
     * @throws IllegalArgumentException if the target or trunk makes no sense; the message says why
     * @throws IllegalStateException if the dialer is closed
     */
    public FlowCall dial(DialRequest request, Flow flow, Consumer<FlowHappening> listener) {
        return dial(request, flow, FlowStart.usual(), listener, event -> {});
    }

    /**
     * {@link #dial(DialRequest, Flow, Consumer)}, begun otherwise than usual.
     *
     * @param callListener hears what happens to the call; called as by {@link Dialer#dial(DialRequest, Consumer)}
     */
    public FlowCall dial(
            DialRequest request,
            Flow flow,
            FlowStart start,
            Consumer<FlowHappening> listener,
            Consumer<CallEvent> callListener) {
        var inbox = new Inbox<FlowRun.News>(backstage);
        Call call = dialer.dial(request, hearing(inbox, callListener));
        var line = new FlowLine(this, dialer, call, Optional.empty(), Optional.of(request), start.runId())
                .telling(start.companions());
        return begin(line, flow, start, inbox, listener, callListener);
    }

    /**
     * Rings several callees for a flow, as the plan has it; returns at once. Each member is a call like any other: it has its own request, asks
     * the ledger, and has its own outcome. The flow begins from its first step in each call that has it, with the variables of that
     * call's request.
     *
     * @param plan who is rung when; one after another the next is dialled when the one before has ended unanswered
     * @param answered what becomes of the others when one answers; where not all are rung at once, whoever answers has the flow and nobody
     *     else is dialled, whatever it says
     * @throws IllegalArgumentException if there is no member, or a target or trunk makes no sense; the message says why
     * @throws IllegalStateException if the dialer is closed, or closes
     */
    public FlowGroup dialGroup(
            List<DialRequest> members, GroupPlan plan, AnswerMethod answered, Flow flow, FlowGroup.Listener listener) {
        return answered == AnswerMethod.NONE && plan.order() == GroupPlan.Order.ALL_AT_ONCE
                ? EachRuns.dial(this, dialer, members, plan, flow, listener)
                : FirstRuns.dial(this, dialer, members, plan, flow, listener);
    }

    /** {@link #answer(IncomingCall, Flow, FlowStart, Consumer, Consumer)} with nobody told. */
    public FlowCall answer(IncomingCall incoming, Flow flow) {
        return answer(incoming, flow, happening -> {});
    }

    /** {@link #answer(IncomingCall, Flow, FlowStart, Consumer, Consumer)}, begun as usual, with the user's variables those of the call. */
    public FlowCall answer(IncomingCall incoming, Flow flow, Consumer<FlowHappening> listener) {
        return answer(incoming, flow, FlowStart.usual(), listener, event -> {});
    }

    /**
     * Runs a flow in a call to us that nobody has decided on; returns at once. The flow answers it, by {@code answer}, {@code talk} or what
     * needs an answer; or has it ring, refuses it, or lets it wait until it is given up.
     *
     * @param callListener hears what happens to the call from the answer on
     */
    public FlowCall answer(
            IncomingCall incoming,
            Flow flow,
            FlowStart start,
            Consumer<FlowHappening> listener,
            Consumer<CallEvent> callListener) {
        var inbox = new Inbox<FlowRun.News>(backstage);
        var line = new FlowLine(
                this,
                dialer,
                incoming.call(),
                Optional.of(incoming),
                Optional.empty(),
                start.runId(),
                start.companions(),
                once(() -> incoming.accept(hearing(inbox, callListener))));
        var users = new HashMap<String, String>(incoming.variables());
        users.putAll(start.variables());
        FlowCall begun = begin(line, flow, start.with(users), inbox, listener, callListener);
        inbox.put(new FlowRun.News.Begin());
        backstage.run(() -> tellEnd(incoming.call(), inbox));
        return begun;
    }

    /** More than one step may have the call answered. */
    private static Runnable once(Runnable task) {
        var done = new AtomicBoolean();
        return () -> {
            if (!done.getAndSet(true)) task.run();
        };
    }

    /** Who is not answered has no listener. */
    private static void tellEnd(Call call, Inbox<FlowRun.News> inbox) {
        try {
            inbox.put(new FlowRun.News.OfCall(new CallEvent.Ended(call.awaitEnd())));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Begins a run in a call that was dialled or came.
     *
     * @param inbox where the events of the call are put, from its first on
     */
    FlowCall begin(
            FlowLine line,
            Flow flow,
            FlowStart start,
            Inbox<FlowRun.News> inbox,
            Consumer<FlowHappening> listener,
            Consumer<CallEvent> callListener) {
        var teller = new HappeningTeller(backstage, listener);
        var recordings = new Recordings(
                backstage,
                line.call(),
                settings.recordings(),
                (id, file) -> teller.tell(new FlowHappening.RecordingStarted(id, file)),
                (flowId, known) -> runWithoutCall(line, flowId, known));
        var hands = new CallHands(line, settings, recordings);
        var plan = new FlowRun.Plan(
                flow,
                settings.limits(),
                line.incoming().isEmpty(),
                start.earlyExecution(),
                true,
                () -> CallVariables.of(line, start));
        FlowRun run = run(line, inbox, plan, Optional.of(hands), teller);
        var unused = run.result().thenAccept(result -> seen.remember(line.call().id(), result.outcome()));
        return new FlowCall(line.call(), run, backstage, line.answer());
    }

    private FlowRun run(
            FlowLine line,
            Inbox<FlowRun.News> inbox,
            FlowRun.Plan plan,
            Optional<CallHands> hands,
            HappeningTeller teller) {
        var performer = new Performer(line, hands, others, outside, seen);
        var run = new FlowRun(backstage, inbox, plan, performer, teller);
        String name = line.request()
                .map(DialRequest::requestId)
                .orElseGet(() -> line.call().id());
        backstage.run(LogMark.around(name, run));
        return run;
    }

    /** Runs a flow that follows a recording. What needs a call fails there. */
    private void runWithoutCall(FlowLine line, String flowId, Map<String, String> known) {
        Optional<Flow> flow = settings.flows().apply(flowId);
        if (flow.isEmpty()) {
            LOG.warn(
                    "call={} there is no flow '{}' to run after its recording",
                    line.call().id(),
                    flowId);
            return;
        }
        FlowStart start = FlowStart.usual().ofFlow(flowId);
        var own = new FlowLine(
                this,
                line.dialer(),
                line.call(),
                line.incoming(),
                line.request(),
                start.runId(),
                line.companions(),
                line.answer());
        Supplier<Variables> variables = () -> {
            var all = new HashMap<>(CallVariables.of(own, start).values());
            all.putAll(known);
            all.putAll(CallVariables.run(start, "recording", known.getOrDefault(Variables.OURS + "recording.id", "")));
            return new Variables(all);
        };
        var plan = new FlowRun.Plan(flow.get(), settings.limits(), true, false, false, variables);
        var inbox = new Inbox<FlowRun.News>(backstage);
        inbox.put(new FlowRun.News.Begin());
        run(own, inbox, plan, Optional.empty(), new HappeningTeller(backstage, happening -> {}));
    }

    private static Consumer<CallEvent> hearing(Inbox<FlowRun.News> inbox, Consumer<CallEvent> user) {
        Consumer<CallEvent> flow = FlowRun.listener(inbox);
        return event -> {
            flow.accept(event);
            try {
                user.accept(event);
            } catch (RuntimeException | Error broken) {
                // Without what it says: keys may be secret.
                LOG.error(
                        "a listener of a call with a flow failed at {}",
                        event.getClass().getSimpleName(),
                        broken);
            }
        };
    }

    /** The conferences that flows take part in. */
    public FlowConferences conferences() {
        return others.conferences();
    }
}
