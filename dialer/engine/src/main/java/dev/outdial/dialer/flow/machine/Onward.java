package dev.outdial.dialer.flow.machine;

import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.HangupReason;

/** Where a flow goes from a step. */
sealed interface Onward {
    /** To the step that comes after it. */
    record Next() implements Onward {}

    /** To another, if there is one of that id. */
    record Jump(String targetId) implements Onward {}

    /** Through these steps, then to the one after it. */
    record Enter(Flow flow) implements Onward {}

    /** Nowhere yet. */
    record Wait(Phase phase) implements Onward {}

    /**
     * Nowhere any more; the call is hung up.
     *
     * @param referenceId as in {@link FlowCommand.HangUp}
     * @param why one sentence, or empty
     */
    record End(FlowEnd end, HangupReason reason, String referenceId, String why) implements Onward {}

    Onward NEXT = new Next();

    static Onward waitIn(Phase phase) {
        return new Wait(phase);
    }

    static Onward end(FlowEnd end, String why) {
        return new End(end, HangupReason.NORMAL, "", why);
    }
}
