package dev.outdial.testbed.dialplan;

import java.util.List;

/**
 * A callee.
 *
 * @param sentence what it does, for people
 * @param steps what it does, in order
 */
public record Persona(String sentence, List<Step> steps) {
    /** Copies the steps. */
    public Persona {
        steps = List.copyOf(steps);
    }

    /** A callee of these steps. */
    public static Persona of(String sentence, Step... steps) {
        return new Persona(sentence, List.of(steps));
    }

    /** Whether a step of that kind is among them. */
    public boolean does(Class<? extends Step> kind) {
        return steps.stream().anyMatch(kind::isInstance);
    }
}
