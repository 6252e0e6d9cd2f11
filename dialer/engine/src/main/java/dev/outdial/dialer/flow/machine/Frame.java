package dev.outdial.dialer.flow.machine;

import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.FlowStep;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A place in one copy of a flow that runs. A flow that another one asked for is carried out in a frame within the frame of the asking one.
 *
 * @param index which of its steps, from 0; -1 before the first
 * @param jumps how often each goto of this copy was taken, by the id of its step
 * @param outer where it was asked for; empty for the flow that the run began with
 * @param depth how many frames this one is within
 */
record Frame(Flow flow, int index, Map<String, Integer> jumps, Optional<Frame> outer, int depth) {
    /** So many flows within flows: one that asks for itself again and again must not fill the memory. */
    static final int DEEPEST = 100;

    Frame {
        jumps = Map.copyOf(jumps);
    }

    /** Where one arrives. */
    sealed interface Found {
        /** At a step. */
        record At(Frame frame) implements Found {}

        /** Nowhere: this step names another that there is not. */
        record NoSuch(String stepId, String type, String targetId) implements Found {}

        /** At the end of it all. */
        record Nothing() implements Found {}
    }

    /** Before the first step of a flow. */
    static Frame before(Flow flow) {
        return new Frame(flow, -1, Map.of(), Optional.empty(), 0);
    }

    /** Before the first step of another, which comes back to this one. */
    Frame enter(Flow inner) {
        return new Frame(inner, -1, Map.of(), Optional.of(this), depth + 1);
    }

    /** The step that this is at. */
    Optional<FlowStep> step() {
        return index < 0 ? Optional.empty() : Optional.of(flow.steps().get(index));
    }

    /** What comes after this step, where nothing jumps; frames that are at their end are left. */
    Found after() {
        Frame at = this;
        while (true) {
            var step = at.step();
            var nextId = step.flatMap(FlowStep::nextId);
            if (nextId.isPresent()) {
                String targetId = nextId.get();
                return at.target(targetId)
                        .<Found>map(Found.At::new)
                        .orElseGet(() ->
                                new Found.NoSuch(step.get().id(), step.get().type(), targetId));
            }
            if (at.index + 1 < at.flow.steps().size()) return new Found.At(at.at(at.index + 1));
            if (at.outer.isEmpty()) return new Found.Nothing();
            // Its current step is the one that asked for the flow which is over now.
            at = at.outer.get();
        }
    }

    /** The step of that id: of this flow, or else of those around it, the nearest first. */
    Optional<Frame> target(String id) {
        for (Optional<Frame> frame = Optional.of(this);
                frame.isPresent();
                frame = frame.get().outer()) {
            var index = frame.get().flow().indexOf(id);
            if (index.isPresent()) return Optional.of(frame.get().at(index.get()));
        }
        return Optional.empty();
    }

    /** How often this copy has taken the goto of that step. */
    int jumpsOf(String stepId) {
        return jumps.getOrDefault(stepId, 0);
    }

    /** The same with that goto taken once more. */
    Frame withJumpOf(String stepId) {
        var more = new HashMap<>(jumps);
        more.merge(stepId, 1, Integer::sum);
        return new Frame(flow, index, more, outer, depth);
    }

    private Frame at(int step) {
        return new Frame(flow, step, jumps, outer, depth);
    }
}
