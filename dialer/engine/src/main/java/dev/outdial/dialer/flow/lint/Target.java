package dev.outdial.dialer.flow.lint;

import dev.outdial.dialer.flow.DecisionAction.Branch;
import dev.outdial.dialer.flow.DecisionAction.ConditionCallDigits;
import dev.outdial.dialer.flow.DecisionAction.ConditionCallStatus;
import dev.outdial.dialer.flow.DecisionAction.ConditionDatetime;
import dev.outdial.dialer.flow.DecisionAction.ConditionVariable;
import dev.outdial.dialer.flow.DecisionAction.Goto;
import dev.outdial.dialer.flow.FlowAction;
import dev.outdial.dialer.flow.KeyAction.OptOut;
import dev.outdial.dialer.flow.json.FlowPlaces;
import java.util.ArrayList;
import java.util.List;

/**
 * An id that an action names.
 *
 * @param path where it stands
 */
record Target(String path, String id, Edge.Kind kind) {
    /** Whether a variable holds it, or a part of it: then it is known only when it is jumped to. */
    boolean isOpen() {
        return id.contains("${");
    }

    /** All that one step names, its {@code next_id} too. */
    static List<Target> of(PlacedFlow flow, int index) {
        List<Target> targets = new ArrayList<>();
        flow.step(index)
                .nextId()
                .ifPresent(id -> targets.add(new Target(
                        flow.path(index) + ".next_id",
                        id,
                        after(flow.step(index).action()))));
        switch (flow.step(index).action()) {
            case Branch branch -> {
                branch.targetIds()
                        .forEach((value, id) -> targets.add(new Target(
                                FlowPlaces.path(flow.option(index, "target_ids"), value), id, Edge.Kind.VALUE)));
                branch.defaultTargetId()
                        .ifPresent(id ->
                                targets.add(new Target(flow.option(index, "default_target_id"), id, Edge.Kind.OTHER)));
            }
            case Goto jump -> targets.add(new Target(flow.option(index, "target_id"), jump.targetId(), Edge.Kind.JUMP));
            case ConditionVariable c -> targets.add(otherwise(flow, index, c.falseTargetId()));
            case ConditionDatetime c -> targets.add(otherwise(flow, index, c.falseTargetId()));
            case ConditionCallDigits c -> targets.add(otherwise(flow, index, c.falseTargetId()));
            case ConditionCallStatus c -> targets.add(otherwise(flow, index, c.falseTargetId()));
            case OptOut out ->
                out.targetId()
                        .ifPresent(id -> targets.add(new Target(flow.option(index, "target_id"), id, Edge.Kind.KEY)));
            // The others name none.
            case FlowAction none -> {}
        }
        return targets;
    }

    private static Target otherwise(PlacedFlow flow, int index, String id) {
        return new Target(flow.option(index, "false_target_id"), id, Edge.Kind.HOLDS_NOT);
    }

    /** How the next step comes after an action, where it does. */
    static Edge.Kind after(FlowAction action) {
        return switch (action) {
            case ConditionVariable c -> Edge.Kind.HOLDS;
            case ConditionDatetime c -> Edge.Kind.HOLDS;
            case ConditionCallDigits c -> Edge.Kind.HOLDS;
            case ConditionCallStatus c -> Edge.Kind.HOLDS;
            case FlowAction plain -> Edge.Kind.NEXT;
        };
    }
}
