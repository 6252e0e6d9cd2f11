package dev.outdial.sip.dialog;

import java.util.List;

/** Decides what happens within a confirmed dialog, whoever called. Pure. */
public final class DialogMachine {
    private DialogMachine() {}

    /** Begins with a dialog that a 2xx confirmed: one to our INVITE (which the caller acknowledges), or ours, now acknowledged. */
    public static DialogStep confirmed(DialogSetup setup, long nowNanos) {
        return new DialogStep(new DialogState(setup), List.of());
    }

    /** What an event leads to. */
    public static DialogStep step(DialogState state, DialogEvent event, long nowNanos) {
        return new DialogStep(state, List.of());
    }
}
