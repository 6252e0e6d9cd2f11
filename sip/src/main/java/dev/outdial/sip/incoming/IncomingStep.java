package dev.outdial.sip.incoming;

import java.util.ArrayList;
import java.util.List;

/**
 * What an event leads to.
 *
 * @param next the state from now on
 * @param actions to be done in this order
 */
public record IncomingStep(IncomingState next, List<IncomingAction> actions) {
    /** Takes a copy. */
    public IncomingStep {
        actions = List.copyOf(actions);
    }

    static IncomingStep to(IncomingState next, IncomingAction... actions) {
        return new IncomingStep(next, List.of(actions));
    }

    IncomingStep after(List<IncomingAction> earlier) {
        var all = new ArrayList<>(earlier);
        all.addAll(actions);
        return new IncomingStep(next, all);
    }
}
