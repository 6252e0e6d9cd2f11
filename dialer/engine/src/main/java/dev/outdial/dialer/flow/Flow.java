package dev.outdial.dialer.flow;

import java.util.List;
import java.util.Optional;

/**
 * What is to be done in a call, step by step. Immutable; one flow serves any number of calls.
 *
 * @param name what it is called; may be empty
 * @param steps what is done, the first first
 */
public record Flow(String name, List<FlowStep> steps) {
    /** The most steps that one flow may have. */
    public static final int MOST_STEPS = 1000;

    /** Copies the steps. */
    public Flow {
        steps = List.copyOf(steps);
        if (steps.size() > MOST_STEPS) {
            throw new IllegalArgumentException(steps.size() + " actions: at most " + MOST_STEPS + " are expected");
        }
    }

    /** Where the step of that id stands, from 0; empty where there is none. */
    public Optional<Integer> indexOf(String id) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).id().equals(id)) return Optional.of(i);
        }
        return Optional.empty();
    }
}
