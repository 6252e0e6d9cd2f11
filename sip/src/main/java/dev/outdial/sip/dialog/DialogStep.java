package dev.outdial.sip.dialog;

import java.util.List;

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
}
