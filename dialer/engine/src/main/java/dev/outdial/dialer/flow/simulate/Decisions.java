package dev.outdial.dialer.flow.simulate;

import dev.outdial.dialer.flow.CallAction;
import dev.outdial.dialer.flow.DecisionAction;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.FlowStep;
import dev.outdial.dialer.flow.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads off what a flow does which way it went at each step that has several. */
final class Decisions {
    private final Timeline timeline;
    private final List<Flow> flows = new ArrayList<>();
    private Optional<FlowStep> open = Optional.empty();
    private Optional<FlowStep> detecting = Optional.empty();
    private Variables before = Variables.NONE;
    private String lastKeys = "";

    Decisions(Flow flow, Timeline timeline) {
        this.timeline = timeline;
        flows.add(flow);
    }

    /** Steps of this one may follow, too. */
    void brought(Flow flow) {
        flows.add(flow);
    }

    /** What the flow remembers before it goes on. */
    void remembers(Variables variables) {
        before = variables;
    }

    /** A step that is done took these keys. */
    void tookKeys(String keys) {
        lastKeys = keys;
    }

    void stepStarted(String stepId, String type) {
        wentOn();
        open = find(stepId, type);
        if (open.isPresent() && open.get().action() instanceof CallAction.DetectMachine) detecting = open;
    }

    void jumped(String toStepId) {
        open.ifPresent(step -> {
            String variable = step.action() instanceof DecisionAction.Branch branch ? branch.variable() : "";
            String held = before.get(variable).orElse("");
            decided(step, Ways.jumped(step.action(), toStepId, List.of(lastKeys, held)));
        });
    }

    /** The step at hand went this way. */
    void decided(String way) {
        open.ifPresent(step -> decided(step, way));
    }

    /** It was found out who answered. */
    void detected(String result) {
        detecting.ifPresent(step -> timeline.note(new TranscriptEvent.Decided(step.id(), result)));
    }

    /** The flow is over without having failed. */
    void wentOn() {
        open.ifPresent(step -> Ways.wentOn(step.action()).ifPresent(way -> decided(step, way)));
    }

    /** The call was over before the step at hand was. */
    void cutOff() {
        open = Optional.empty();
    }

    private void decided(FlowStep step, String way) {
        open = Optional.empty();
        if (Ways.of(step.action()).containsKey(way)) {
            timeline.note(new TranscriptEvent.Decided(step.id(), way));
        }
    }

    private Optional<FlowStep> find(String stepId, String type) {
        return flows.stream()
                .flatMap(flow -> flow.indexOf(stepId).map(flow.steps()::get).stream())
                .filter(step -> step.type().equals(type))
                .findFirst();
    }
}
