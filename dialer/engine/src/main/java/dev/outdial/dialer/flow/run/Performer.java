package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.call.Backstage;
import dev.outdial.dialer.flow.machine.FlowCommand;
import dev.outdial.dialer.flow.machine.FlowEvent;
import dev.outdial.dialer.flow.machine.FlowEvent.Result;
import dev.outdial.dialer.flow.run.Operations.Scope;
import dev.outdial.dialer.flow.run.Operations.Work;
import dev.outdial.dialer.outcome.HangUpCause;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each thing that a flow wants done to who does it. Nothing waits: what takes time does so on a thread of its own, and says when it is
 * done. <b>Threading:</b> the run's.
 */
final class Performer {
    private static final Logger LOG = LoggerFactory.getLogger(Performer.class);

    private final FlowLine line;
    private final Backstage backstage;
    private final Optional<CallHands> hands;
    private final OtherCalls others;
    private final Outside outside;
    private final SeenOutcomes seen;
    private final Operations operations;

    /** @param hands does what is done with the call of the line; empty where the flow runs without one */
    Performer(FlowLine line, Optional<CallHands> hands, OtherCalls others, Outside outside, SeenOutcomes seen) {
        this.line = line;
        this.backstage = line.dialer().backstage();
        this.hands = hands;
        this.others = others;
        this.outside = outside;
        this.seen = seen;
        this.operations = new Operations(backstage, name());
    }

    /** What logs call the run. */
    String name() {
        return "call=" + line.call().id() + " run=" + line.runId();
    }

    /** The call is answered, or over. */
    void answeredOrOver() {
        hands.ifPresent(CallHands::answeredOrOver);
    }

    void hangUp(HangUpCause cause) {
        hands.ifPresent(call -> call.hangUp(cause));
    }

    /** Run and call are over: what cannot go on without them ends. */
    void end() {
        operations.end();
    }

    /** Begins what a flow wants done; but {@link FlowCommand.Tell}, which is not for it. */
    void perform(FlowCommand command, Consumer<FlowEvent> post) {
        switch (command) {
            case FlowCommand.Answer c -> onCall(c.operation(), CallHands::answer, post);
            case FlowCommand.Sound c -> onCall(c.operation(), call -> call.sound(c.sound()), post);
            case FlowCommand.StopSound c -> hands.ifPresent(CallHands::stopSound);
            case FlowCommand.SendDigits c -> onCall(c.operation(), call -> call.sendDigits(c), post);
            case FlowCommand.RecordEntry c -> record(c, post);
            case FlowCommand.StartRecording c -> onCall(c.operation(), call -> call.startRecording(c), post);
            case FlowCommand.StopRecording c -> onCall(c.operation(), CallHands::stopRecording, post);
            case FlowCommand.Mute c -> aside(call -> call.mute(c));
            case FlowCommand.StartEcho c -> aside(call -> call.startEcho(c));
            case FlowCommand.StopEcho c -> aside(CallHands::stopEcho);
            case FlowCommand.DetectMachine c -> onCall(c.operation(), call -> call.detectMachine(c.options()), post);
            case FlowCommand.AwaitBeep c -> onCall(c.operation(), call -> call.awaitBeep(c.longest()), post);
            case FlowCommand.Connect c -> onCall(c.operation(), call -> () -> others.connect(line, c.options()), post);
            case FlowCommand.PlaceCalls c ->
                begin(Scope.ITS_OWN, c.operation(), () -> others.place(line, c.options()), post);
            case FlowCommand.JoinConference c ->
                onCall(c.operation(), call -> () -> others.join(line, c.conferenceId()), post);
            case FlowCommand.Fetch c -> begin(Scope.CALL, c.operation(), () -> outside.fetch(line, c.options()), post);
            case FlowCommand.FetchFlow c ->
                begin(Scope.CALL, c.operation(), inRealTime(() -> outside.fetchFlow(c.flowId())), post);
            case FlowCommand.SendWebhook c ->
                begin(Scope.ITS_OWN, c.operation(), () -> outside.send(line, c.options()), post);
            case FlowCommand.OptOut c -> optOut(c, post);
            case FlowCommand.HangUp c -> hangUp(seen.cause(c.reason(), c.referenceId()));
            case FlowCommand.Tell c -> throw new IllegalArgumentException("who runs the flow tells");
        }
    }

    private void begin(Scope scope, long operation, Work work, Consumer<FlowEvent> post) {
        operations.begin(scope, work, result -> {
            if (!endedByTheCall()) post.accept(new FlowEvent.Done(operation, result));
        });
    }

    /** Whose call is over hears so by the call's own event: what was under way must not have it go on to its next step before. */
    private boolean endedByTheCall() {
        return hands.isPresent() && line.call().outcome().isPresent();
    }

    /** Who looks flows up has no part in the time of calls that are played: it stands still. */
    private Work inRealTime(Work work) {
        return () -> {
            Runnable over = backstage.hold();
            try {
                return work.run();
            } finally {
                over.run();
            }
        };
    }

    private void onCall(long operation, Function<CallHands, Work> which, Consumer<FlowEvent> post) {
        begin(Scope.CALL, operation, hands.map(which).orElse(Performer::noCall), post);
    }

    private static Result noCall() {
        return new Result.Failed("the flow runs without a call");
    }

    /** What nobody waits for; that it failed is logged. */
    private void aside(Function<CallHands, Work> which) {
        hands.map(which)
                .ifPresent(work -> operations.begin(Scope.CALL, work, result -> {
                    if (result instanceof Result.Failed failed) LOG.warn("{} {}", name(), failed.why());
                }));
    }

    /** Once the key was pressed it is done, whether the far end stays or not. */
    private void optOut(FlowCommand.OptOut command, Consumer<FlowEvent> post) {
        begin(Scope.ITS_OWN, command.operation(), hands.map(CallHands::optOut).orElse(Performer::noCall), post);
    }

    private void record(FlowCommand.RecordEntry command, Consumer<FlowEvent> post) {
        if (hands.isEmpty()) {
            post.accept(new FlowEvent.Recorded(command.seq()));
            return;
        }
        // A journal takes real time, in which that of a call that is played stands still.
        Runnable kept = backstage.hold();
        var unused = line.call().journal(command.entry()).whenComplete((nothing, trouble) -> {
            post.accept(new FlowEvent.Recorded(command.seq())); // who keeps the journal has logged what went wrong
            kept.run();
        });
    }
}
