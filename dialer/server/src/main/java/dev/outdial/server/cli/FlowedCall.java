package dev.outdial.server.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.IncomingCall;
import dev.outdial.dialer.flow.run.FlowCall;
import dev.outdial.dialer.flow.run.FlowResult;
import dev.outdial.dialer.flow.run.FlowRunner;
import dev.outdial.dialer.flow.run.FlowStart;
import dev.outdial.dialer.outcome.CallOutcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A call in which a flow runs. One owner. */
final class FlowedCall {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FlowCall call;
    private final CallNotes notes;
    private final FlowNotes steps;
    private final boolean ours;

    /**
     * What became of the flow.
     *
     * @param end one of the words of {@link dev.outdial.dialer.flow.machine.FlowEnd}
     * @param why one sentence, empty where there is nothing to say
     * @param variables by their names
     */
    record FlowReport(String end, String why, Map<String, String> variables, List<FlowNotes.Step> steps) {}

    /** A call that has ended: what to print and what to exit with. */
    record Done(CallResult report, FlowReport flow, CallOutcome outcome) {
        /** Both in one object. */
        ObjectNode json() {
            ObjectNode both = JSON.valueToTree(report);
            both.set("flow", JSON.valueToTree(flow));
            return both;
        }

        /** Shows it to a person. */
        void print(Output output) {
            CallCommand.print(report, Sentences.refusal(outcome), output);
            output.line("flow      " + flow.end() + (flow.why().isEmpty() ? "" : " (" + flow.why() + ")") + ", "
                    + flow.steps().size() + " steps");
        }
    }

    private FlowedCall(FlowCall call, CallNotes notes, FlowNotes steps, boolean ours) {
        this.call = call;
        this.notes = notes;
        this.steps = steps;
        this.ours = ours;
    }

    /**
     * Places the call; returns at once.
     *
     * @param progress takes a line for people, live
     * @throws IllegalArgumentException if the target makes no sense
     * @throws IllegalStateException if the dialer is closed
     */
    static FlowedCall dial(Dialer dialer, DialRequest request, FlowOptions.Wish wish, Consumer<String> progress) {
        var notes = new CallNotes(progress);
        var steps = new FlowNotes(progress);
        FlowCall call = new FlowRunner(dialer, wish.settings())
                .dial(request, wish.flow(), FlowStart.usual().with(wish.variables()), steps, notes);
        return new FlowedCall(call, notes, steps, true);
    }

    /**
     * Has the flow answer a call to us, or not; returns at once.
     *
     * @param progress takes a line for people, live
     */
    static FlowedCall answer(
            FlowRunner runner, IncomingCall incoming, FlowOptions.Wish wish, Consumer<String> progress) {
        var notes = new CallNotes(progress);
        var steps = new FlowNotes(progress);
        FlowCall call = runner.answer(incoming, wish.flow(), FlowStart.usual().with(wish.variables()), steps, notes);
        return new FlowedCall(call, notes, steps, false);
    }

    /** Follows the call to its end. */
    Done run() throws InterruptedException {
        FlowResult result = call.awaitEnd();
        // A call to us that was not answered has no listener.
        if (ours || result.outcome().answered()) notes.awaitLast();
        return new Done(
                CallResult.of(result.outcome(), notes, call.call().statistics(), notes.clipsPlayed(), call.id()),
                new FlowReport(
                        FlowNotes.word(result.end()),
                        result.why(),
                        new TreeMap<>(result.variables().values()),
                        steps.steps()),
                result.outcome());
    }

    /** The call's SIP messages, to look at. */
    String ladder() {
        return call.call().trace().toLadder();
    }
}
