package dev.outdial.sip.dialog;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What an event leads to.
 *
 * @param next the state from now on
 * @param actions to be done in this order
 */
public record DialogStep(DialogState next, List<DialogAction> actions) {
    /** Takes a copy. */
    public DialogStep {
        actions = List.copyOf(actions);
    }

    static DialogStep to(DialogState next, DialogAction... actions) {
        return new DialogStep(next, List.of(actions));
    }

    /** This, and then what the state it leads to leads to. */
    DialogStep then(Function<DialogState, DialogStep> more) {
        DialogStep second = more.apply(next);
        if (actions.isEmpty()) return second;
        var all = new ArrayList<>(actions);
        all.addAll(second.actions());
        return new DialogStep(second.next(), all);
    }
}
