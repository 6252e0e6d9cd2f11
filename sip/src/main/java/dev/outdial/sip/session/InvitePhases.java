package dev.outdial.sip.session;

import dev.outdial.sip.auth.DigestAuth;
import dev.outdial.sip.auth.DigestAuth.Tries;
import dev.outdial.sip.event.SessionEnd;
import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.event.SessionEnd.EndedBy;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.Reasons;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.session.InviteAction.Send;
import dev.outdial.sip.session.InviteAction.Tell;
import dev.outdial.sip.session.InviteAction.Withdraw;
import dev.outdial.sip.session.InviteState.Invite;
import dev.outdial.sip.session.Phase.Calling;
import dev.outdial.sip.session.Phase.CancelHeld;
import dev.outdial.sip.session.Phase.Cancelling;
import dev.outdial.sip.session.Phase.Closing;
import dev.outdial.sip.session.Phase.Established;
import dev.outdial.sip.session.Phase.Over;
import dev.outdial.sip.session.Phase.Proceeding;
import dev.outdial.sip.session.Phase.Queued;
import dev.outdial.sip.session.Turn.Accepted;
import dev.outdial.sip.session.Turn.ByeSettled;
import dev.outdial.sip.session.Turn.DeadlinePassed;
import dev.outdial.sip.session.Turn.Declined;
import dev.outdial.sip.session.Turn.HangUpWanted;
import dev.outdial.sip.session.Turn.NotSent;
import dev.outdial.sip.session.Turn.Progress;
import dev.outdial.sip.session.Turn.RemoteBye;
import dev.outdial.sip.session.Turn.TakenBack;
import dev.outdial.sip.session.Turn.Unanswered;
import java.util.Optional;
import java.util.OptionalInt;

/** What each phase of a session makes of each turn. */
final class InvitePhases {
    private static final String SILENCE = "no response to the INVITE within 32 seconds";
    private static final String NEVER_LEFT = "the INVITE could not be sent within 32 seconds";
    private static final String HUNG_UP = "hung up before the answer";

    private InvitePhases() {}

    static Step turn(InviteState state, Turn turn, long now) {
        return switch (state.phase()) {
            case Queued p -> whileQueued(state, turn, now);
            case Calling p -> whileCalling(state, turn, now);
            case Proceeding p -> whileProceeding(state, turn, now);
            case CancelHeld p -> whileCancelHeld(state, p, turn, now);
            case Cancelling p -> whileCancelling(state, p, turn, now);
            case Established p -> whileEstablished(state, p, turn, now);
            case Closing p -> whileClosing(state, p, turn, now);
            case Over p -> Step.to(state);
        };
    }

    private static Step whileQueued(InviteState state, Turn turn, long now) {
        return switch (turn) {
            case NotSent t -> over(state, ended(Cause.TRANSPORT, EndedBy.REMOTE, t.why()), now);
            // The CANCEL is for an INVITE that left just now.
            case HangUpWanted t ->
                Step.to(
                        state.in(new CancelHeld(t.q850(), now + InviteTimer.NO_RESPONSE.nanos())),
                        new Withdraw(state.inviteTransaction()));
            // Nothing is told yet: it may have left just now, and then it is a call like any other.
            case DeadlinePassed t ->
                Step.to(
                        state.in(new Calling(now + InviteTimer.NO_RESPONSE.nanos())),
                        new Withdraw(state.inviteTransaction()));
            case Unanswered t -> over(state, ended(Cause.NO_RESPONSE, EndedBy.REMOTE, SILENCE), now);
            case TakenBack t -> Step.to(state);
            // A response says that the INVITE was sent: it is no longer queued then.
            case Progress t -> Step.to(state);
            case Accepted t -> Step.to(state);
            case Declined t -> Step.to(state);
            case RemoteBye t -> Step.to(state);
            case ByeSettled t -> Step.to(state);
        };
    }

    private static Step whileCalling(InviteState state, Turn turn, long now) {
        return switch (turn) {
            case Progress t -> progress(state, t.response());
            case Accepted t -> answered(state, t.response());
            case Declined t -> declined(state, t.response(), now);
            case Unanswered t -> over(state, ended(Cause.NO_RESPONSE, EndedBy.REMOTE, SILENCE), now);
            case NotSent t -> over(state, ended(Cause.TRANSPORT, EndedBy.REMOTE, t.why()), now);
            case HangUpWanted t -> Step.to(state.in(new CancelHeld(t.q850(), now + InviteTimer.NO_RESPONSE.nanos())));
            case DeadlinePassed t -> over(state, ended(Cause.NO_RESPONSE, EndedBy.REMOTE, SILENCE), now);
            case TakenBack t -> over(state, ended(Cause.TRANSPORT, EndedBy.REMOTE, NEVER_LEFT), now);
            case RemoteBye t -> Step.to(state);
            case ByeSettled t -> Step.to(state);
        };
    }

    private static Step whileProceeding(InviteState state, Turn turn, long now) {
        return switch (turn) {
            case Progress t -> progress(state, t.response());
            case Accepted t -> answered(state, t.response());
            case Declined t -> declined(state, t.response(), now);
            case NotSent t -> over(state, ended(Cause.TRANSPORT, EndedBy.REMOTE, t.why()), now);
            case HangUpWanted t -> cancel(state, t.q850(), now);
            // The transport's timer crossed the provisional response.
            case Unanswered t -> Step.to(state);
            case DeadlinePassed t -> Step.to(state);
            case TakenBack t -> Step.to(state);
            case RemoteBye t -> Step.to(state);
            case ByeSettled t -> Step.to(state);
        };
    }

    private static Step whileCancelHeld(InviteState state, CancelHeld phase, Turn turn, long now) {
        return switch (turn) {
            // RFC 3261 9.1: only now may the CANCEL go out.
            case Progress t -> cancel(state, phase.q850(), now);
            case Accepted t -> answeredTooLate(state, t.response(), phase.q850(), now);
            case Declined t -> over(state, declinedOrCanceled(t.response()), now);
            // Nobody was there to be canceled: whoever hung up must learn that.
            case Unanswered t -> over(state, ended(Cause.NO_RESPONSE, EndedBy.REMOTE, SILENCE), now);
            case NotSent t -> over(state, ended(Cause.TRANSPORT, EndedBy.REMOTE, t.why()), now);
            case DeadlinePassed t -> over(state, ended(Cause.NO_RESPONSE, EndedBy.REMOTE, SILENCE), now);
            case HangUpWanted t -> Step.to(state);
            case TakenBack t -> over(state, ended(Cause.CANCELED, EndedBy.LOCAL, HUNG_UP), now);
            case RemoteBye t -> Step.to(state);
            case ByeSettled t -> Step.to(state);
        };
    }

    private static Step whileCancelling(InviteState state, Cancelling phase, Turn turn, long now) {
        return switch (turn) {
            // The 200 crossed our CANCEL: acknowledge it, then end the session that it set up.
            case Accepted t -> answeredTooLate(state, t.response(), phase.q850(), now);
            case Declined t -> over(state, declinedOrCanceled(t.response()), now);
            case NotSent t -> over(state, ended(Cause.CANCELED, EndedBy.LOCAL, HUNG_UP), now);
            case DeadlinePassed t -> over(state, ended(Cause.CANCELED, EndedBy.LOCAL, HUNG_UP), now);
            case Progress t -> Step.to(state);
            case Unanswered t -> Step.to(state);
            case HangUpWanted t -> Step.to(state);
            case TakenBack t -> Step.to(state);
            case RemoteBye t -> Step.to(state);
            case ByeSettled t -> Step.to(state);
        };
    }

    private static Step whileEstablished(InviteState state, Established phase, Turn turn, long now) {
        return switch (turn) {
            case HangUpWanted t -> {
                var end = new SessionEnd(
                        Cause.LOCAL_BYE, EndedBy.LOCAL, OptionalInt.empty(), "hung up", OptionalInt.empty(), true);
                yield closing(state, phase.remoteTag(), end, t.q850(), now);
            }
            case RemoteBye t -> {
                OptionalInt q850 = Reasons.q850(t.request().headers());
                yield over(
                        state,
                        new SessionEnd(
                                Cause.REMOTE_BYE,
                                EndedBy.REMOTE,
                                OptionalInt.empty(),
                                "the far end hung up",
                                q850,
                                true),
                        now);
            }
            case TakenBack t -> Step.to(state);
            case Progress t -> Step.to(state);
            case Accepted t -> Step.to(state);
            case Declined t -> Step.to(state);
            case Unanswered t -> Step.to(state);
            case NotSent t -> Step.to(state);
            case ByeSettled t -> Step.to(state);
            case DeadlinePassed t -> Step.to(state);
        };
    }

    private static Step whileClosing(InviteState state, Closing phase, Turn turn, long now) {
        return switch (turn) {
            // A BYE that crosses ours ends the session as well as a response would.
            case RemoteBye t -> over(state, phase.end(), now);
            case ByeSettled t -> over(state, phase.end(), now);
            case DeadlinePassed t -> over(state, phase.end(), now);
            case TakenBack t -> Step.to(state);
            case Progress t -> Step.to(state);
            case Accepted t -> Step.to(state);
            case Declined t -> Step.to(state);
            case Unanswered t -> Step.to(state);
            case NotSent t -> Step.to(state);
            case HangUpWanted t -> Step.to(state);
        };
    }

    private static Step progress(InviteState state, SipResponse response) {
        InviteState next = state.in(new Proceeding());
        if (response.status() == 100) return Step.to(next);
        return Step.to(
                next, new Tell(new SessionEvent.Provisional(response.status(), response.reason(), response.body())));
    }

    private static Step answered(InviteState state, SipResponse response) {
        Step acknowledged = InviteMachine.acknowledge(state, response);
        var answered = new Tell(new SessionEvent.Answered(response.status(), response.body()));
        return Step.to(acknowledged.next().in(new Established(response.toTag())), answered)
                .after(acknowledged.actions().toArray(new InviteAction[0]));
    }

    private static Step answeredTooLate(InviteState state, SipResponse response, OptionalInt q850, long now) {
        Step acknowledged = InviteMachine.acknowledge(state, response);
        SessionEnd end = ended(Cause.CANCELED, EndedBy.LOCAL, HUNG_UP);
        return closing(acknowledged.next(), response.toTag(), end, q850, now)
                .after(acknowledged.actions().toArray(new InviteAction[0]));
    }

    private static Step closing(InviteState state, String remoteTag, SessionEnd end, OptionalInt q850, long now) {
        var phase = new Closing(remoteTag, end, now + InviteTimer.BYE.nanos());
        return InviteMachine.bye(state.in(phase), remoteTag, Tries.NONE, q850);
    }

    private static Step cancel(InviteState state, OptionalInt q850, long now) {
        Invite invite = state.invite();
        return Step.to(
                state.in(new Cancelling(q850, now + InviteTimer.CANCELED.nanos())),
                new Send(Requests.cancel(state.setup(), invite.request(), invite.cseq(), q850)));
    }

    private static Step declined(InviteState state, SipResponse response, long now) {
        if (response.status() == 401 || response.status() == 407) return challenged(state, response, now);
        var end = new SessionEnd(
                Cause.REJECTED,
                EndedBy.REMOTE,
                OptionalInt.of(response.status()),
                response.reason(),
                Reasons.q850(response.headers()),
                false);
        return over(state, end, now);
    }

    // RFC 3261 8.1.3.5: the same request once more, with credentials and the next CSeq.
    private static Step challenged(InviteState state, SipResponse response, long now) {
        Invite invite = state.invite();
        SessionSetup setup = state.setup();
        var signed = new DigestAuth.Signed("INVITE", invite.request().request().uri(), Optional.of(setup.offer()));
        return switch (state.auth().answer(response.headers(), invite.tries(), signed, state.nextCnonce())) {
            case DigestAuth.Outcome.Answer answer -> {
                long cseq = invite.cseq() + 1;
                var request = Requests.invite(setup, cseq, state.nextBranch(), answer.headers());
                var next = new Invite(request, cseq, answer.tries(), answer.headers());
                var phase = new Queued(now + InviteTimer.UNSENT.nanos());
                yield Step.to(state.inviting(next, answer.auth()).in(phase), new Send(request));
            }
            case DigestAuth.Outcome.GiveUp giveUp -> {
                var end = new SessionEnd(
                        Cause.AUTHENTICATION,
                        EndedBy.REMOTE,
                        OptionalInt.of(response.status()),
                        giveUp.why(),
                        Reasons.q850(response.headers()),
                        false);
                yield over(state, end, now);
            }
        };
    }

    private static Step over(InviteState state, SessionEnd end, long now) {
        return Step.to(state.in(new Over(now + InviteTimer.LINGER.nanos())), new Tell(new SessionEvent.Ended(end)));
    }

    // 487 is what a CANCEL asks for, and a challenge is not taken up any more; anything else crossed the CANCEL.
    private static SessionEnd declinedOrCanceled(SipResponse response) {
        boolean crossed = switch (response.status()) {
            case 401, 407, 487 -> false;
            default -> true;
        };
        return new SessionEnd(
                crossed ? Cause.REJECTED : Cause.CANCELED,
                crossed ? EndedBy.REMOTE : EndedBy.LOCAL,
                OptionalInt.of(response.status()),
                crossed ? response.reason() : HUNG_UP,
                Reasons.q850(response.headers()),
                false);
    }

    private static SessionEnd ended(Cause cause, EndedBy by, String why) {
        return new SessionEnd(cause, by, OptionalInt.empty(), why, OptionalInt.empty(), false);
    }
}
