package dev.outdial.sip.session;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What an event leads to.
 *
 * @param next the state from now on
 * @param actions to be done in this order
 */
public record Step(InviteState next, List<InviteAction> actions) {
    /** Takes a copy. */
    public Step {
        actions = List.copyOf(actions);
    }

    static Step to(InviteState next, InviteAction... actions) {
        return new Step(next, List.of(actions));
    }

    /** This and what follows from it. */
    Step then(Function<InviteState, Step> more) {
        Step later = more.apply(next);
        var all = new ArrayList<>(actions);
        all.addAll(later.actions);
        return new Step(later.next, all);
    }

    /** This, with one more thing to do. */
    Step and(InviteAction action) {
        return then(state -> to(state, action));
    }
}
