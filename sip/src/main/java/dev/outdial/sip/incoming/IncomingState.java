package dev.outdial.sip.incoming;

import dev.outdial.sip.dialog.Dialog;
import dev.outdial.sip.dialog.NumberedDialog;
import dev.outdial.sip.incoming.IncomingPhase.Accepted;
import dev.outdial.sip.incoming.IncomingPhase.Confirmed;
import dev.outdial.sip.incoming.IncomingPhase.Over;
import dev.outdial.sip.incoming.IncomingPhase.Ringing;
import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.MessageBody;
import java.util.Optional;
import java.util.OptionalLong;

/** All that is known about a call to us. A value; only {@link IncomingMachine} makes new ones. */
public final class IncomingState {
    private final IncomingSetup setup;
    private final IncomingPhase phase;
    private final Dialog dialog;
    private final Optional<Credentials> credentials;
    private final long remoteCseq;
    private final Optional<MessageBody> settled;

    IncomingState(
            IncomingSetup setup,
            IncomingPhase phase,
            Dialog dialog,
            Optional<Credentials> credentials,
            long remoteCseq,
            Optional<MessageBody> settled) {
        this.setup = setup;
        this.phase = phase;
        this.dialog = dialog;
        this.credentials = credentials;
        this.remoteCseq = remoteCseq;
        this.settled = settled;
    }

    /** When to wake the machine, on the clock of the {@code nowNanos} it was given; empty where only others can. */
    public OptionalLong nextDeadlineNanos() {
        return switch (phase) {
            case Ringing p -> OptionalLong.of(p.nextDeadlineNanos());
            case Accepted p -> OptionalLong.of(p.repetition().nextDeadlineNanos());
            case Confirmed p -> p.dialog().nextDeadlineNanos();
            case Over p -> OptionalLong.of(p.forgetAtNanos());
        };
    }

    /** Whether the end was told. */
    public boolean isOver() {
        return switch (phase) {
            case Ringing p -> false;
            case Accepted p -> false;
            case Confirmed p -> p.dialog().isOver();
            case Over p -> true;
        };
    }

    /** Whether a 2xx was answered. */
    public boolean isAnswered() {
        return phase instanceof Accepted || phase instanceof Confirmed;
    }

    /** Who is spoken with, and by which way; empty before the answer and after the end. */
    public Optional<NumberedDialog> established() {
        return switch (phase) {
            case Ringing p -> Optional.empty();
            case Accepted p -> Optional.of(new NumberedDialog(dialog, 0));
            case Confirmed p ->
                p.dialog().isOver() ? Optional.empty() : Optional.of(p.dialog().numbered());
            case Over p -> Optional.empty();
        };
    }

    IncomingSetup setup() {
        return setup;
    }

    IncomingPhase phase() {
        return phase;
    }

    /** Who, and by which way, until the dialog itself knows that. */
    Dialog dialog() {
        return dialog;
    }

    Optional<Credentials> credentials() {
        return credentials;
    }

    /** The number of the far end's latest request. */
    long remoteCseq() {
        return remoteCseq;
    }

    /** Our description where offer and answer went on before the 2xx, which then carries none. */
    Optional<MessageBody> settled() {
        return settled;
    }

    IncomingState in(IncomingPhase next) {
        return new IncomingState(setup, next, dialog, credentials, remoteCseq, settled);
    }

    IncomingState with(Optional<Credentials> newCredentials) {
        return new IncomingState(setup, phase, dialog, newCredentials, remoteCseq, settled);
    }

    IncomingState with(Dialog newDialog) {
        return new IncomingState(setup, phase, newDialog, credentials, remoteCseq, settled);
    }

    IncomingState heard(long cseq) {
        return new IncomingState(setup, phase, dialog, credentials, cseq, settled);
    }

    IncomingState settled(Optional<MessageBody> ours) {
        return new IncomingState(setup, phase, dialog, credentials, remoteCseq, ours);
    }

    /** Shows where it stands, for logs. */
    @Override
    public String toString() {
        return setup.invite().callId() + " " + phase.getClass().getSimpleName();
    }
}
