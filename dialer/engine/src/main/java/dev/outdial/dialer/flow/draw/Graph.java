package dev.outdial.dialer.flow.draw;

import dev.outdial.dialer.flow.CallAction;
import dev.outdial.dialer.flow.DecisionAction;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.FlowAction;
import dev.outdial.dialer.flow.FlowStep;
import dev.outdial.dialer.flow.KeyAction;
import dev.outdial.dialer.flow.OutsideAction;
import dev.outdial.dialer.flow.SoundAction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A flow as boxes and arrows, without places yet. */
record Graph(List<Node> nodes, List<Edge> edges) {
    /** What a box stands for. */
    enum Kind {
        START,
        SOUND,
        KEYS,
        DECISION,
        CALL,
        OUTSIDE,
        END,
        MISSING
    }

    /**
     * A box.
     *
     * @param title its first line
     * @param detail what it says below
     */
    record Node(Kind kind, String title, String detail) {}

    /**
     * An arrow.
     *
     * @param from which box, from 0
     * @param label why; empty where it is simply what comes next
     */
    record Edge(int from, int to, String label) {
        boolean isJump() {
            return !label.isEmpty();
        }
    }

    static Graph of(Flow flow) {
        var nodes = new ArrayList<Node>();
        var edges = new ArrayList<Edge>();
        nodes.add(new Node(Kind.START, flow.name().isBlank() ? "start" : flow.name(), ""));
        new Builder(flow, nodes, edges).build(0, "");
        return new Graph(List.copyOf(nodes), List.copyOf(edges));
    }

    private static final class Builder {
        private static final Pattern MADE_UP = Pattern.compile("action-\\d+-*");

        private final Flow flow;
        private final List<Node> nodes;
        private final List<Edge> edges;
        private final Map<String, Integer> missing = new HashMap<>();
        /** The box of its first step. */
        private final int first;

        private int end = -1;

        Builder(Flow flow, List<Node> nodes, List<Edge> edges) {
            this.flow = flow;
            this.nodes = nodes;
            this.edges = edges;
            this.first = nodes.size();
        }

        /** Adds all of the flow, to which that box leads. */
        void build(int from, String label) {
            for (FlowStep step : flow.steps()) {
                nodes.add(new Node(kind(step.action()), title(step), Words.of(step.action())));
            }
            edges.add(new Edge(from, flow.steps().isEmpty() ? end() : first, label));
            for (int i = 0; i < flow.steps().size(); i++) arrows(i, flow.steps().get(i));
        }

        /** Made-up ids say nothing. */
        private static String title(FlowStep step) {
            return MADE_UP.matcher(step.id()).matches() ? step.type() : step.type() + " · " + step.id();
        }

        private void arrows(int index, FlowStep step) {
            int from = first + index;
            if (isLast(step.action())) return;
            if (step.action() instanceof DecisionAction.Branch branch) {
                byTarget(branch).forEach((target, keys) -> jump(from, target, String.join(", ", keys)));
                return;
            }
            int next = step.nextId()
                    .map(this::target)
                    .orElseGet(() -> index + 1 < flow.steps().size() ? from + 1 : end());
            switch (step.action()) {
                case DecisionAction.Goto a
                when a.loopCount() > 0 -> {
                    jump(from, a.targetId(), a.loopCount() == 1 ? "once" : "loop " + a.loopCount() + " times");
                    edges.add(new Edge(from, next, "then"));
                }
                case DecisionAction.ConditionVariable a -> condition(from, next, a.falseTargetId());
                case DecisionAction.ConditionDatetime a -> condition(from, next, a.falseTargetId());
                case DecisionAction.ConditionCallDigits a -> condition(from, next, a.falseTargetId());
                case DecisionAction.ConditionCallStatus a -> condition(from, next, a.falseTargetId());
                case KeyAction.OptOut a
                when a.targetId().isPresent() -> {
                    edges.add(new Edge(from, next, "no key"));
                    jump(from, a.targetId().get(), "key " + a.key());
                }
                case CallAction.PlaceCalls a
                when a.flow() instanceof CallAction.FlowSource.Inline inline -> {
                    edges.add(new Edge(from, next, ""));
                    new Builder(inline.flow(), nodes, edges).build(from, "in that call");
                }
                default -> edges.add(new Edge(from, next, ""));
            }
        }

        private static boolean isLast(FlowAction action) {
            return action instanceof DecisionAction.Hangup || action instanceof DecisionAction.Stop;
        }

        private static Map<String, List<String>> byTarget(DecisionAction.Branch branch) {
            Map<String, List<String>> keys = new java.util.LinkedHashMap<>();
            branch.targetIds()
                    .forEach((key, target) ->
                            keys.computeIfAbsent(target, t -> new ArrayList<>()).add(key.isEmpty() ? "empty" : key));
            branch.defaultTargetId()
                    .ifPresent(target ->
                            keys.computeIfAbsent(target, t -> new ArrayList<>()).add("default"));
            return keys;
        }

        private void condition(int from, int next, String falseTarget) {
            edges.add(new Edge(from, next, "true"));
            jump(from, falseTarget, "false");
        }

        private void jump(int from, String target, String label) {
            edges.add(new Edge(from, target(target), label));
        }

        private int target(String id) {
            Optional<Integer> index = flow.indexOf(id);
            return index.map(found -> first + found)
                    .orElseGet(() -> missing.computeIfAbsent(id, unknown -> {
                        nodes.add(new Node(Kind.MISSING, "no such action", unknown));
                        return nodes.size() - 1;
                    }));
        }

        private int end() {
            if (end < 0) {
                nodes.add(new Node(Kind.END, "hang up", ""));
                end = nodes.size() - 1;
            }
            return end;
        }

        private static Kind kind(FlowAction action) {
            return switch (action) {
                case SoundAction a -> Kind.SOUND;
                case KeyAction a -> Kind.KEYS;
                case DecisionAction.Hangup a -> Kind.END;
                case DecisionAction.Stop a -> Kind.END;
                case DecisionAction a -> Kind.DECISION;
                case CallAction a -> Kind.CALL;
                case OutsideAction a -> Kind.OUTSIDE;
            };
        }
    }
}
