package dev.outdial.sip.session;

import dev.outdial.sip.auth.DigestAuth;
import dev.outdial.sip.auth.DigestAuth.Tries;
import dev.outdial.sip.dialog.NumberedDialog;
import dev.outdial.sip.message.TransactionId;
import dev.outdial.sip.session.Phase.BackingOff;
import dev.outdial.sip.session.Phase.Calling;
import dev.outdial.sip.session.Phase.CancelHeld;
import dev.outdial.sip.session.Phase.Cancelling;
import dev.outdial.sip.session.Phase.Closing;
import dev.outdial.sip.session.Phase.Established;
import dev.outdial.sip.session.Phase.Over;
import dev.outdial.sip.session.Phase.Proceeding;
import dev.outdial.sip.session.Phase.Queued;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** All that is known about a session. A value; only {@link InviteMachine} makes new ones. */
public final class InviteState {
    private final SessionSetup setup;
    private final Phase phase;
    private final List<Attempt> attempts;
    private final DigestAuth auth;
    private final boolean invitedTold;
    private final Early early;
    private final Map<String, Leg> legs;
    private final int serial;

    /** What provisional responses set up. */
    private record Early(Map<String, EarlyLeg> legs, Optional<EarlyOffer> offer) {
        static final Early NONE = new Early(Map.of(), Optional.empty());
    }

    private InviteState(
            SessionSetup setup,
            Phase phase,
            List<Attempt> attempts,
            DigestAuth auth,
            boolean invitedTold,
            Early early,
            Map<String, Leg> legs,
            int serial) {
        this.setup = setup;
        this.phase = phase;
        this.attempts = attempts;
        this.auth = auth;
        this.invitedTold = invitedTold;
        this.early = early;
        this.legs = legs;
        this.serial = serial;
    }

    static InviteState of(SessionSetup setup, long nowNanos) {
        Extensions extensions = Extensions.of(setup.options());
        var invite = Requests.invite(
                setup, setup.ways().getFirst(), 1, setup.tokens().branch(0), extensions, List.of());
        var attempt = new Attempt(invite, 1, Tries.NONE, 0, extensions, false, false);
        var phase = new Queued(nowNanos + InviteTimer.UNSENT.nanos());
        DigestAuth auth = DigestAuth.of(setup.credentials());
        return new InviteState(setup, phase, List.of(attempt), auth, false, Early.NONE, Map.of(), 1);
    }

    /** When to wake the machine, on the clock of the {@code nowNanos} it was given; empty where only others can. */
    public OptionalLong nextDeadlineNanos() {
        OptionalLong others = OptionalLong.empty();
        if (early.offer.isPresent()) others = OptionalLong.of(early.offer.get().giveUpAtNanos());
        for (Leg leg : legs.values()) others = earlier(others, leg.dialog().nextDeadlineNanos());
        // What was said last may still be answered: the session is not forgotten before its dialogs are.
        boolean last = phase instanceof Over;
        return last && others.isPresent() ? others : earlier(others, phaseDeadlineNanos());
    }

    private static OptionalLong earlier(OptionalLong one, OptionalLong other) {
        if (one.isEmpty()) return other;
        return other.isEmpty() || one.getAsLong() - other.getAsLong() <= 0 ? one : other;
    }

    OptionalLong phaseDeadlineNanos() {
        return switch (phase) {
            case Queued q -> OptionalLong.of(q.giveUpAtNanos());
            case Calling c -> OptionalLong.of(c.giveUpAtNanos());
            case Proceeding p -> OptionalLong.empty();
            case BackingOff b -> OptionalLong.of(b.untilNanos());
            case CancelHeld c -> OptionalLong.of(c.giveUpAtNanos());
            case Cancelling c -> OptionalLong.of(c.giveUpAtNanos());
            case Established e -> OptionalLong.empty();
            case Closing c -> OptionalLong.empty();
            case Over o -> OptionalLong.of(o.forgetAtNanos());
        };
    }

    /** Names the latest INVITE. */
    public TransactionId inviteTransaction() {
        return attempt().request().transaction();
    }

    /** Who is spoken with, and by which way; empty before the answer and after the end. */
    public Optional<NumberedDialog> established() {
        return phase instanceof Established e
                ? Optional.ofNullable(legs.get(e.remoteTag()))
                        .filter(leg -> !leg.dialog().isOver())
                        .map(leg -> leg.dialog().numbered())
                : Optional.empty();
    }

    SessionSetup setup() {
        return setup;
    }

    Phase phase() {
        return phase;
    }

    /** The INVITE of which the final response is awaited, or was the last. */
    Attempt attempt() {
        return attempts.getLast();
    }

    /** The INVITE with that branch, also one that has been given up. */
    Optional<Attempt> attempt(String branch) {
        return attempts.stream().filter(a -> a.hasBranch(branch)).findFirst();
    }

    Way way() {
        return setup.ways().get(attempt().way());
    }

    DigestAuth auth() {
        return auth;
    }

    boolean invitedTold() {
        return invitedTold;
    }

    Map<String, EarlyLeg> earlyLegs() {
        return early.legs;
    }

    Optional<EarlyOffer> earlyOffer() {
        return early.offer;
    }

    Map<String, Leg> legs() {
        return legs;
    }

    String nextBranch() {
        return setup.tokens().branch(serial);
    }

    String nextCnonce() {
        return setup.tokens().cnonce(serial);
    }

    InviteState in(Phase next) {
        return new InviteState(setup, next, attempts, auth, invitedTold, early, legs, serial);
    }

    /** With one more INVITE: what the one before set up is gone. */
    InviteState trying(Attempt next, DigestAuth nextAuth) {
        var all = new ArrayList<>(attempts);
        all.add(next);
        return new InviteState(setup, phase, List.copyOf(all), nextAuth, invitedTold, Early.NONE, legs, serial + 1);
    }

    /** What is to be said of the latest INVITE's hop, should the session be given up now: nothing where it has shown itself at work. */
    public Optional<InviteAction.Report> untried() {
        return attempt().shown()
                ? Optional.empty()
                : Optional.of(new InviteAction.Report(way().hop(), new HopHealth.Untried()));
    }

    /** With the latest INVITE known to have reached somebody at work. */
    InviteState withShown() {
        var all = new ArrayList<>(attempts.subList(0, attempts.size() - 1));
        all.add(attempt().withShown());
        return new InviteState(setup, phase, List.copyOf(all), auth, invitedTold, early, legs, serial);
    }

    InviteState withLeft() {
        var all = new ArrayList<>(attempts.subList(0, attempts.size() - 1));
        all.add(attempt().withLeft());
        return new InviteState(setup, phase, List.copyOf(all), auth, invitedTold, early, legs, serial);
    }

    InviteState withSerialTaken() {
        return with(early, auth, serial + 1);
    }

    InviteState withInvitedTold() {
        return new InviteState(setup, phase, attempts, auth, true, early, legs, serial);
    }

    InviteState with(String remoteTag, EarlyLeg leg) {
        var copy = new LinkedHashMap<>(early.legs);
        copy.put(remoteTag, leg);
        return with(new Early(copy, early.offer), auth, serial);
    }

    /** With a request more within an early dialog. */
    InviteState with(String remoteTag, EarlyLeg leg, DigestAuth nextAuth) {
        return with(remoteTag, leg).with(with(remoteTag, leg).early, nextAuth, serial + 1);
    }

    InviteState with(Optional<EarlyOffer> offer) {
        return with(new Early(early.legs, offer), auth, serial);
    }

    private InviteState with(Early nextEarly, DigestAuth nextAuth, int nextSerial) {
        return new InviteState(setup, phase, attempts, nextAuth, invitedTold, nextEarly, legs, nextSerial);
    }

    InviteState with(String remoteTag, Leg leg) {
        var copy = new LinkedHashMap<>(legs);
        boolean added = copy.put(remoteTag, leg) == null;
        if (!added) return new InviteState(setup, phase, attempts, auth, invitedTold, early, copy, serial);
        var rest = new LinkedHashMap<>(early.legs);
        rest.remove(remoteTag);
        var nextEarly = new Early(rest, early.offer);
        return new InviteState(setup, phase, attempts, auth, invitedTold, nextEarly, copy, serial + 1);
    }

    /** Shows where it stands, for logs. */
    @Override
    public String toString() {
        return setup.callId() + " " + phase.getClass().getSimpleName();
    }
}
