package dev.outdial.sip.session;

import java.util.ArrayList;
import java.util.List;

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

    Step after(InviteAction... earlier) {
        var all = new ArrayList<>(List.of(earlier));
        all.addAll(actions);
        return new Step(next, all);
    }
}
