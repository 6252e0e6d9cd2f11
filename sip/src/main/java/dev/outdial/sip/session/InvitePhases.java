package dev.outdial.sip.session;

import dev.outdial.sip.dialog.DialogEvent;
import dev.outdial.sip.event.RemoteIdentity;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.session.InviteAction.Send;
import dev.outdial.sip.session.InviteAction.Tell;
import dev.outdial.sip.session.InviteAction.Withdraw;
import dev.outdial.sip.session.Phase.BackingOff;
import dev.outdial.sip.session.Phase.Calling;
import dev.outdial.sip.session.Phase.CancelHeld;
import dev.outdial.sip.session.Phase.Cancelling;
import dev.outdial.sip.session.Phase.Closing;
import dev.outdial.sip.session.Phase.Established;
import dev.outdial.sip.session.Phase.Over;
import dev.outdial.sip.session.Phase.Proceeding;
import dev.outdial.sip.session.Phase.Queued;
import dev.outdial.sip.session.Turn.Accepted;
import dev.outdial.sip.session.Turn.DeadlinePassed;
import dev.outdial.sip.session.Turn.Declined;
import dev.outdial.sip.session.Turn.HangUpWanted;
import dev.outdial.sip.session.Turn.NotSent;
import dev.outdial.sip.session.Turn.Progress;
import dev.outdial.sip.session.Turn.TakenBack;
import dev.outdial.sip.session.Turn.Unanswered;
import java.util.OptionalInt;

/** What each phase of a session without an answer makes of each turn. */
final class InvitePhases {
    private InvitePhases() {}

    static Step turn(InviteState state, Turn turn, long now) {
        return switch (state.phase()) {
            case Queued p -> whileQueued(state, turn, now);
            case Calling p -> whileCalling(state, turn, now);
            case Proceeding p -> whileProceeding(state, p, turn, now);
            case BackingOff p -> whileBackingOff(state, p, turn, now);
            case CancelHeld p -> whileCancelHeld(state, p, turn, now);
            case Cancelling p -> whileCancelling(state, p, turn, now);
            // From the first 2xx on, its dialog decides.
            case Established p -> Step.to(state);
            case Closing p -> Step.to(state);
            case Over p -> Step.to(state);
        };
    }

    private static Step whileQueued(InviteState state, Turn turn, long now) {
        return switch (turn) {
            case NotSent t -> Inviting.silent(state, Endings.notSent(t.why()), now);
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
            case Unanswered t -> Inviting.silent(state, Endings.silence(), now);
            case TakenBack t -> Step.to(state);
            // A response says that the INVITE was sent: it is no longer queued then.
            case Progress t -> Step.to(state);
            case Accepted t -> Step.to(state);
            case Declined t -> Step.to(state);
        };
    }

    private static Step whileCalling(InviteState state, Turn turn, long now) {
        return switch (turn) {
            case Progress t -> progress(state, false, t.response());
            case Accepted t -> answered(state, t.response(), now);
            case Declined t -> Inviting.declined(state, false, t.response(), now);
            case Unanswered t -> Inviting.silent(state, Endings.silence(), now);
            // What the transport lost after it had left may ring by now; the deadline decides.
            case NotSent t ->
                state.attempt().left() ? Step.to(state) : Inviting.silent(state, Endings.notSent(t.why()), now);
            case HangUpWanted t -> Step.to(state.in(new CancelHeld(t.q850(), now + InviteTimer.NO_RESPONSE.nanos())));
            case DeadlinePassed t -> Inviting.silent(state, Endings.silence(), now);
            case TakenBack t -> Inviting.silent(state, Endings.neverLeft(), now);
        };
    }

    private static Step whileProceeding(InviteState state, Proceeding phase, Turn turn, long now) {
        return switch (turn) {
            case Progress t -> progress(state, phase.beyondTrying(), t.response());
            case Accepted t -> answered(state, t.response(), now);
            case Declined t -> Inviting.declined(state, phase.beyondTrying(), t.response(), now);
            // The far end works on it, whatever became of our transport: its responses come without a transaction too.
            case NotSent t -> Step.to(state);
            case HangUpWanted t -> cancel(state, t.q850(), now);
            // The transport's timer crossed the provisional response.
            case Unanswered t -> Step.to(state);
            case DeadlinePassed t -> Step.to(state);
            case TakenBack t -> Step.to(state);
        };
    }

    private static Step whileBackingOff(InviteState state, BackingOff phase, Turn turn, long now) {
        return switch (turn) {
            case DeadlinePassed t -> Inviting.again(state, phase.next(), now);
            case HangUpWanted t -> Endings.over(state, Endings.canceled(), now);
            // The INVITE before has had its final response.
            case Progress t -> Step.to(state);
            case Accepted t -> answered(state, t.response(), now);
            case Declined t -> Step.to(state);
            case Unanswered t -> Step.to(state);
            case NotSent t -> Step.to(state);
            case TakenBack t -> Step.to(state);
        };
    }

    private static Step whileCancelHeld(InviteState state, CancelHeld phase, Turn turn, long now) {
        return switch (turn) {
            // RFC 3261 9.1: only now may the CANCEL go out.
            case Progress t -> cancel(state, phase.q850(), now);
            case Accepted t -> answeredTooLate(state, t.response(), phase.q850(), now);
            case Declined t -> Endings.over(state, Endings.refusedOrCanceled(t.response()), now);
            // Nobody was there to be canceled: whoever hung up must learn that.
            case Unanswered t -> Inviting.unreachable(state).then(s -> Endings.over(s, Endings.silence(), now));
            case NotSent t ->
                state.attempt().left()
                        ? Step.to(state)
                        : Inviting.unreachable(state).then(s -> Endings.over(s, Endings.notSent(t.why()), now));
            case DeadlinePassed t -> Inviting.unreachable(state).then(s -> Endings.over(s, Endings.silence(), now));
            case HangUpWanted t -> Step.to(state);
            case TakenBack t -> Inviting.untried(state).then(s -> Endings.over(s, Endings.canceled(), now));
        };
    }

    private static Step whileCancelling(InviteState state, Cancelling phase, Turn turn, long now) {
        return switch (turn) {
            // The 200 crossed our CANCEL: acknowledge it, then end the session that it set up.
            case Accepted t -> answeredTooLate(state, t.response(), phase.q850(), now);
            case Declined t -> Endings.over(state, Endings.refusedOrCanceled(t.response()), now);
            case NotSent t -> Endings.over(state, Endings.canceled(), now);
            case DeadlinePassed t -> Endings.over(state, Endings.canceled(), now);
            case Progress t -> Step.to(state);
            case Unanswered t -> Step.to(state);
            case HangUpWanted t -> Step.to(state);
            case TakenBack t -> Step.to(state);
        };
    }

    private static Step progress(InviteState state, boolean beyondTrying, SipResponse response) {
        boolean trying = response.status() == 100;
        InviteState next = state.in(new Proceeding(beyondTrying || !trying));
        return trying ? Step.to(next) : Step.to(next, EarlyDialogs.told(response));
    }

    private static Step answered(InviteState state, SipResponse response, long now) {
        var answered = new Tell(new SessionEvent.Answered(
                response.status(), response.body(), response.toTag(), RemoteIdentity.of(response.headers())));
        return Legs.confirm(state.in(new Established(response.toTag())), state.attempt(), response, now)
                .then(EarlyUpdates::close)
                .and(answered);
    }

    private static Step answeredTooLate(InviteState state, SipResponse response, OptionalInt q850, long now) {
        String tag = response.toTag();
        return Legs.confirm(state.in(new Closing(tag, Endings.answeredTooLate())), state.attempt(), response, now)
                .then(EarlyUpdates::close)
                .then(s -> Legs.step(s, tag, new DialogEvent.HangUp(q850), now));
    }

    private static Step cancel(InviteState state, OptionalInt q850, long now) {
        var cancel = Requests.cancel(state.attempt().request(), state.setup().product(), q850);
        return EarlyUpdates.close(state)
                .then(s -> Step.to(s.in(new Cancelling(q850, now + InviteTimer.CANCELED.nanos())), new Send(cancel)));
    }
}
