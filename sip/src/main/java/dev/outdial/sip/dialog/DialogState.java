package dev.outdial.sip.dialog;

import java.util.OptionalLong;

/** All that is known about a confirmed dialog. A value; only {@link DialogMachine} makes new ones. */
public final class DialogState {
    private final DialogSetup setup;

    DialogState(DialogSetup setup) {
        this.setup = setup;
    }

    /** When to wake the machine, on the clock of the {@code nowNanos} it was given; empty where only others can. */
    public OptionalLong nextDeadlineNanos() {
        return OptionalLong.empty();
    }

    /** Whether the end was told; late messages are still answered. */
    public boolean isOver() {
        return false;
    }

    /** Who, and by which way, as of now. */
    public Dialog dialog() {
        return setup.dialog();
    }
}
