package dev.outdial.dialer.flow;

import java.util.Optional;

/**
 * One action in its place in a flow.
 *
 * @param id what others call it by, unique in its flow; made up by the reader where the author gave none
 * @param type the word its author used for it, such as {@code dtmf_send}
 * @param action what it does
 * @param nextId which step comes after it, whatever order they stand in; the one below it where empty
 */
public record FlowStep(String id, String type, FlowAction action, Optional<String> nextId) {
    /** Refuses a step without a name. */
    public FlowStep {
        if (id.isBlank()) throw new IllegalArgumentException("the id of an action is blank");
    }
}
