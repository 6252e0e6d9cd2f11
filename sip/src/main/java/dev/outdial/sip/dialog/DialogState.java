package dev.outdial.sip.dialog;

import dev.outdial.sip.dialog.Ending.Closing;
import dev.outdial.sip.dialog.Ending.Forgotten;
import dev.outdial.sip.dialog.Ending.Going;
import dev.outdial.sip.dialog.Ending.Over;
import dev.outdial.sip.dialog.OfferAnswerGuard.Ours;
import dev.outdial.sip.dialog.OfferAnswerGuard.Theirs;
import dev.outdial.sip.dialog.OurOffers.Doing.BackingOff;
import dev.outdial.sip.dialog.OurOffers.Doing.Inviting;
import dev.outdial.sip.dialog.OurOffers.Doing.Nothing;
import dev.outdial.sip.dialog.OurOffers.Doing.Updating;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** All that is known about a confirmed dialog. A value; only {@link DialogMachine} makes new ones. */
public final class DialogState {
    private final DialogSetup setup;
    private final Ids ids;
    private final Ending ending;
    private final Changing changing;

    /** What goes on within a session that is not ending. */
    private record Changing(OurOffers ours, TheirOffers theirs, Timing timing, Infos infos, Transfer transfer) {}

    private DialogState(DialogSetup setup, Ids ids, Ending ending, Changing changing) {
        this.setup = setup;
        this.ids = ids;
        this.ending = ending;
        this.changing = changing;
    }

    static DialogState of(DialogSetup setup, long nowNanos) {
        var ids = new Ids(setup.dialog(), setup.auth(), 1, setup.localCseq(), setup.remoteCseq(), setup.farEndAllows());
        var ours = new OurOffers(
                new OurOffers.Doing.Nothing(), Optional.empty(), setup.localDescription(), Optional.empty());
        Timing timing =
                setup.timer().map(terms -> Timing.NONE.armed(terms, nowNanos)).orElse(Timing.NONE);
        var changing = new Changing(ours, TheirOffers.NONE, timing, Infos.NONE, new Transfer.None());
        return new DialogState(setup, ids, new Going(), changing);
    }

    /** When to wake the machine, on the clock of the {@code nowNanos} it was given; empty where only others can. */
    public OptionalLong nextDeadlineNanos() {
        return switch (ending) {
            case Going e ->
                Deadlines.earliest(List.of(
                        OffersOut.deadline(this),
                        OffersIn.deadline(this),
                        Refreshes.deadline(this),
                        InfosOut.deadline(this),
                        Transfers.deadline(this)));
            case Closing e -> OptionalLong.of(e.giveUpAtNanos());
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

    /** The same with the number of our latest request. */
    public NumberedDialog numbered() {
        return new NumberedDialog(ids.dialog(), ids.localCseq());
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

    boolean isGoing() {
        return ending instanceof Going;
    }

    OurOffers ours() {
        return changing.ours;
    }

    TheirOffers theirs() {
        return changing.theirs;
    }

    Timing timing() {
        return changing.timing;
    }

    Infos infos() {
        return changing.infos;
    }

    Transfer transfer() {
        return changing.transfer;
    }

    /** Which offers are open. */
    OfferAnswerGuard guard() {
        boolean offerInAnswer =
                theirs().unacknowledged().filter(u -> u.ourOffer()).isPresent();
        Ours ours = switch (ours().doing()) {
            case Nothing d -> offerInAnswer ? Ours.OFFER_IN_ANSWER : Ours.STABLE;
            case BackingOff d -> offerInAnswer ? Ours.OFFER_IN_ANSWER : Ours.STABLE;
            case Inviting d -> Ours.INVITE;
            case Updating d -> offerInAnswer ? Ours.OFFER_IN_ANSWER : Ours.REQUEST;
        };
        if (theirs().undecided().isPresent()) return new OfferAnswerGuard(ours, Theirs.UNDECIDED);
        boolean unacknowledged = theirs().unacknowledged().isPresent();
        return new OfferAnswerGuard(ours, unacknowledged ? Theirs.UNACKNOWLEDGED : Theirs.STABLE);
    }

    String branch() {
        return setup.tokens().branch(ids.serial());
    }

    String cnonce() {
        return setup.tokens().cnonce(ids.serial());
    }

    /** A number that looks drawn at random, 0 up to the bound: the same for the same request. */
    int drawn(int bound) {
        int mixed = (setup.tokens().branch() + '/' + ids.remoteCseq() + '/' + branch()).hashCode() * 0x9E3779B9;
        return Math.floorMod(mixed ^ (mixed >>> 15), bound);
    }

    DialogState with(Ids next) {
        return new DialogState(setup, next, ending, changing);
    }

    DialogState with(Ending next) {
        return new DialogState(setup, ids, next, changing);
    }

    DialogState with(OurOffers next) {
        return with(new Changing(next, changing.theirs, changing.timing, changing.infos, changing.transfer));
    }

    DialogState with(TheirOffers next) {
        return with(new Changing(changing.ours, next, changing.timing, changing.infos, changing.transfer));
    }

    DialogState with(Timing next) {
        return with(new Changing(changing.ours, changing.theirs, next, changing.infos, changing.transfer));
    }

    DialogState with(Infos next) {
        return with(new Changing(changing.ours, changing.theirs, changing.timing, next, changing.transfer));
    }

    DialogState with(Transfer next) {
        return with(new Changing(changing.ours, changing.theirs, changing.timing, changing.infos, next));
    }

    private DialogState with(Changing next) {
        return new DialogState(setup, ids, ending, next);
    }

    /** Shows where it stands, for logs. */
    @Override
    public String toString() {
        return ids.dialog().callId() + " " + ending.getClass().getSimpleName();
    }
}
