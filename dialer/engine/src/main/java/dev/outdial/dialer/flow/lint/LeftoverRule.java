package dev.outdial.dialer.flow.lint;

import dev.outdial.dialer.flow.DecisionAction.Branch;
import dev.outdial.dialer.flow.DecisionAction.ConditionCallDigits;
import dev.outdial.dialer.flow.DecisionAction.ConditionVariable;
import dev.outdial.dialer.flow.FlowAction;
import dev.outdial.dialer.flow.KeyAction.DigitsReceive;
import dev.outdial.dialer.flow.KeyAction.Gather;
import dev.outdial.dialer.flow.Variables;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;

/** Keys of one question that answer the next before it is asked: they stay where they are until a branch has read them. */
final class LeftoverRule {
    private final PlacedFlow flow;
    private final Told told;
    private final BitSet reached;
    private final List<List<Integer>> before;

    LeftoverRule(PlacedFlow flow, Ways ways, Told told) {
        this.flow = flow;
        this.told = told;
        this.reached = ways.reached();
        this.before = ways.before();
    }

    void check() {
        for (int i = reached.nextSetBit(0); i >= 0; i = reached.nextSetBit(i + 1)) {
            if (flow.step(i).action() instanceof DigitsReceive receive) check(i, receive);
        }
    }

    private void check(int index, DigitsReceive receive) {
        OptionalInt asked = askedBefore(index, receive);
        if (asked.isPresent()) {
            told.warning(
                    flow.path(index),
                    "the keys that " + flow.path(asked.getAsInt())
                            + " took are still there and count here: put a branch between them, or use gather");
        }
    }

    /** Whoever took keys that nobody may have looked at since, and that are enough for this one. */
    private OptionalInt askedBefore(int index, DigitsReceive receive) {
        var seen = new BitSet();
        var next = new ArrayDeque<Integer>(before.get(index));
        while (!next.isEmpty()) {
            int at = next.remove();
            if (seen.get(at) || !reached.get(at)) continue;
            seen.set(at);
            FlowAction action = flow.step(at).action();
            if (mayLeaveEnough(action, receive)) return OptionalInt.of(at);
            if (!looksAtKeys(action) && !(action instanceof Gather)) next.addAll(before.get(at));
        }
        return OptionalInt.empty();
    }

    private static boolean mayLeaveEnough(FlowAction action, DigitsReceive receive) {
        return switch (action) {
            case DigitsReceive earlier ->
                receive.length().isPresent()
                        ? earlier.length().orElse(Integer.MAX_VALUE)
                                >= receive.length().getAsInt()
                        : earlier.includeKey()
                                && earlier.keys()
                                        .chars()
                                        .anyMatch(key -> receive.keys().indexOf(key) >= 0);
            case Gather earlier ->
                receive.length().isPresent()
                        && earlier.request().maxDigits().orElse(Integer.MAX_VALUE)
                                >= receive.length().getAsInt();
            default -> false;
        };
    }

    private static boolean looksAtKeys(FlowAction action) {
        return action instanceof Branch branch && branch.variable().equals(Variables.DIGITS)
                || action instanceof ConditionCallDigits
                || action instanceof ConditionVariable condition
                        && condition.variable().contains(Variables.DIGITS);
    }
}
