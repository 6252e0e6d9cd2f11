package dev.outdial.sip.session;

import dev.outdial.sip.auth.DigestAuth;
import dev.outdial.sip.auth.DigestAuth.Tries;
import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.TransactionId;
import dev.outdial.sip.session.Phase.Calling;
import dev.outdial.sip.session.Phase.CancelHeld;
import dev.outdial.sip.session.Phase.Cancelling;
import dev.outdial.sip.session.Phase.Closing;
import dev.outdial.sip.session.Phase.Established;
import dev.outdial.sip.session.Phase.Over;
import dev.outdial.sip.session.Phase.Proceeding;
import dev.outdial.sip.session.Phase.Queued;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** All that is known about a session. A value; only {@link InviteMachine} makes new ones. */
public final class InviteState {
    private final SessionSetup setup;
    private final Phase phase;
    private final Invite invite;
    private final DigestAuth auth;
    private final boolean invitedTold;
    private final Map<String, Leg> legs;
    private final int serial;

    /** The INVITE of which the final response is awaited, or was the last. */
    record Invite(OutboundRequest request, long cseq, Tries tries, List<Header> credentials) {}

    InviteState(
            SessionSetup setup,
            Phase phase,
            Invite invite,
            DigestAuth auth,
            boolean invitedTold,
            Map<String, Leg> legs,
            int serial) {
        this.setup = setup;
        this.phase = phase;
        this.invite = invite;
        this.auth = auth;
        this.invitedTold = invitedTold;
        this.legs = legs;
        this.serial = serial;
    }

    /** When to wake the machine, on the clock of the {@code nowNanos} it was given; empty where only others can. */
    public OptionalLong nextDeadlineNanos() {
        return switch (phase) {
            case Queued q -> OptionalLong.of(q.giveUpAtNanos());
            case Calling c -> OptionalLong.of(c.giveUpAtNanos());
            case Proceeding p -> OptionalLong.empty();
            case CancelHeld c -> OptionalLong.of(c.giveUpAtNanos());
            case Cancelling c -> OptionalLong.of(c.giveUpAtNanos());
            case Established e -> OptionalLong.empty();
            case Closing c -> OptionalLong.of(c.giveUpAtNanos());
            case Over o -> OptionalLong.of(o.forgetAtNanos());
        };
    }

    /** Names the latest INVITE. */
    public TransactionId inviteTransaction() {
        return invite.request().transaction();
    }

    SessionSetup setup() {
        return setup;
    }

    Phase phase() {
        return phase;
    }

    Invite invite() {
        return invite;
    }

    DigestAuth auth() {
        return auth;
    }

    boolean invitedTold() {
        return invitedTold;
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
        return new InviteState(setup, next, invite, auth, invitedTold, legs, serial);
    }

    InviteState inviting(Invite next, DigestAuth nextAuth) {
        return new InviteState(setup, phase, next, nextAuth, invitedTold, legs, serial + 1);
    }

    InviteState withInvitedTold() {
        return new InviteState(setup, phase, invite, auth, true, legs, serial);
    }

    InviteState with(String remoteTag, Leg leg, DigestAuth nextAuth) {
        var copy = new LinkedHashMap<>(legs);
        copy.put(remoteTag, leg);
        return new InviteState(setup, phase, invite, nextAuth, invitedTold, copy, serial + 1);
    }

    /** Shows where it stands, for logs. */
    @Override
    public String toString() {
        return setup.callId() + " " + phase.getClass().getSimpleName();
    }
}
