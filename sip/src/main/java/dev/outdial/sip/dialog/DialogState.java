package dev.outdial.sip.dialog;

import dev.outdial.sip.dialog.Ending.Closing;
import dev.outdial.sip.dialog.Ending.Forgotten;
import dev.outdial.sip.dialog.Ending.Going;
import dev.outdial.sip.dialog.Ending.Over;
import java.util.OptionalLong;

/** All that is known about a confirmed dialog. A value; only {@link DialogMachine} makes new ones. */
public final class DialogState {
    private final DialogSetup setup;
    private final Ids ids;
    private final Ending ending;

    private DialogState(DialogSetup setup, Ids ids, Ending ending) {
        this.setup = setup;
        this.ids = ids;
        this.ending = ending;
    }

    static DialogState of(DialogSetup setup) {
        var ids = new Ids(setup.dialog(), setup.auth(), 1, setup.localCseq(), setup.remoteCseq(), setup.farEndAllows());
        return new DialogState(setup, ids, new Going());
    }

    /** When to wake the machine, on the clock of the {@code nowNanos} it was given; empty where only others can. */
    public OptionalLong nextDeadlineNanos() {
        return switch (ending) {
            case Going e -> OptionalLong.empty();
            case Closing e -> OptionalLong.of(e.bye().giveUpAtNanos());
            case Over e -> OptionalLong.of(e.forgetAtNanos());
            case Forgotten e -> OptionalLong.empty();
        };
    }

    /** Whether the end was told; late messages are still answered. */
    public boolean isOver() {
        return ending instanceof Over || ending instanceof Forgotten;
    }

    /** Whether nothing can come any more: nothing is answered, and the dialog may be dropped. */
    public boolean isForgotten() {
        return ending instanceof Forgotten;
    }

    /** Who, and by which way, as of now. */
    public Dialog dialog() {
        return ids.dialog();
    }

    DialogSetup setup() {
        return setup;
    }

    Ids ids() {
        return ids;
    }

    Ending ending() {
        return ending;
    }

    String branch() {
        return setup.tokens().branch(ids.serial());
    }

    String cnonce() {
        return setup.tokens().cnonce(ids.serial());
    }

    DialogState with(Ids next) {
        return new DialogState(setup, next, ending);
    }

    DialogState with(Ending next) {
        return new DialogState(setup, ids, next);
    }

    /** Shows where it stands, for logs. */
    @Override
    public String toString() {
        return ids.dialog().callId() + " " + ending.getClass().getSimpleName();
    }
}
