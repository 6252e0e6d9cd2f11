package dev.outdial.sip.session;

import dev.outdial.sip.dialog.DialogEvent;
import dev.outdial.sip.dialog.InDialogRequests;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.TransactionId;
import dev.outdial.sip.session.InviteAction.Forget;
import dev.outdial.sip.session.InviteAction.Release;
import dev.outdial.sip.session.InviteAction.Reply;
import dev.outdial.sip.session.InviteAction.Report;
import dev.outdial.sip.session.InviteAction.Send;
import dev.outdial.sip.session.InviteAction.Tell;
import dev.outdial.sip.session.InviteEvent.Failed;
import dev.outdial.sip.session.InviteEvent.HangUp;
import dev.outdial.sip.session.InviteEvent.Requested;
import dev.outdial.sip.session.InviteEvent.Responded;
import dev.outdial.sip.session.InviteEvent.Sent;
import dev.outdial.sip.session.InviteEvent.TimedOut;
import dev.outdial.sip.session.InviteEvent.Withdrawn;
import dev.outdial.sip.session.InviteEvent.Within;
import dev.outdial.sip.session.InviteEvent.Woken;
import dev.outdial.sip.session.Phase.BackingOff;
import dev.outdial.sip.session.Phase.Calling;
import dev.outdial.sip.session.Phase.CancelHeld;
import dev.outdial.sip.session.Phase.Cancelling;
import dev.outdial.sip.session.Phase.Closing;
import dev.outdial.sip.session.Phase.Established;
import dev.outdial.sip.session.Phase.Over;
import dev.outdial.sip.session.Phase.Proceeding;
import dev.outdial.sip.session.Phase.Queued;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an outgoing INVITE session does (RFC 3261 sections 9, 12, 13, 15; RFC 3262; RFC 3263 section 4.3): one answer and one end,
 * whatever is late, lost, doubled or forked. A pure function of state, event and time.
 *
 * <p>This class finds out whom an event is for. {@link InvitePhases} decides until there is a 2xx, {@link Inviting} whether the INVITE is
 * sent again, {@link EarlyDialogs} and {@link EarlyUpdates} what is said meanwhile, and {@link Legs} what becomes of each 2xx.
 */
public final class InviteMachine {
    private InviteMachine() {}

    /** Begins a session: the first step sends the INVITE. */
    public static Step start(SessionSetup setup, long nowNanos) {
        InviteState state = InviteState.of(setup, nowNanos);
        return Step.to(state, new Send(state.attempt().request()));
    }

    /** What an event leads to. */
    public static Step step(InviteState state, InviteEvent event, long nowNanos) {
        return switch (event) {
            case Responded e -> responded(state, e.response(), nowNanos);
            case Requested e -> requested(state, e.key(), e.request(), nowNanos);
            case Sent e -> isInvite(state, e.transaction()) ? invited(state, nowNanos) : Step.to(state);
            case TimedOut e ->
                isInvite(state, e.transaction())
                        ? InvitePhases.turn(state, new Turn.Unanswered(), nowNanos)
                        : Legs.each(state, new DialogEvent.TimedOut(e.transaction()), nowNanos);
            case Failed e ->
                isInvite(state, e.transaction())
                        ? InvitePhases.turn(state, new Turn.NotSent(e.why()), nowNanos)
                        : Legs.each(state, new DialogEvent.Failed(e.transaction(), e.why()), nowNanos);
            case Withdrawn e ->
                isInvite(state, e.transaction())
                        ? InvitePhases.turn(state, new Turn.TakenBack(), nowNanos)
                        : Step.to(state);
            case HangUp e ->
                state.phase() instanceof Established established
                        ? Legs.step(state, established.remoteTag(), new DialogEvent.HangUp(e.q850()), nowNanos)
                        : InvitePhases.turn(state, new Turn.HangUpWanted(e.q850()), nowNanos);
            case Within e -> within(state, e.wanted(), nowNanos);
            case Woken e -> woken(state, nowNanos);
        };
    }

    private static Step woken(InviteState state, long nowNanos) {
        return Legs.wake(state, nowNanos)
                .then(s -> EarlyUpdates.wake(s, nowNanos))
                .then(s -> phaseWoken(s, nowNanos));
    }

    private static Step phaseWoken(InviteState state, long nowNanos) {
        var deadline = state.phaseDeadlineNanos();
        if (deadline.isEmpty() || nowNanos - deadline.getAsLong() < 0) return Step.to(state);
        if (!(state.phase() instanceof Over)) return InvitePhases.turn(state, new Turn.DeadlinePassed(), nowNanos);
        return Legs.areForgotten(state) ? Step.to(state, new Forget()) : Step.to(state);
    }

    private static Step invited(InviteState state, long nowNanos) {
        InviteState left = state.attempt().left() ? state : state.withLeft();
        InviteState next = left.phase() instanceof Queued
                ? left.in(new Calling(nowNanos + InviteTimer.NO_RESPONSE.nanos()))
                : left;
        if (next.invitedTold() || next.phase() instanceof Over) return Step.to(next);
        return Step.to(
                next.withInvitedTold(),
                new Tell(new SessionEvent.Invited(state.setup().callId())));
    }

    private static Step responded(InviteState state, SipResponse response, long nowNanos) {
        return switch (response.method()) {
            case "INVITE" ->
                state.attempt(response.branch())
                        .map(attempt -> inviteResponded(state, attempt, response, nowNanos))
                        .orElseGet(() -> withinLeg(state, response, nowNanos));
            case "PRACK" -> isOpen(state) ? EarlyDialogs.prackResponded(state, response) : Step.to(state);
            // To a CANCEL of the INVITE: what counts is the response to that. A leg knows its own.
            default -> withinLeg(state, response, nowNanos);
        };
    }

    private static Step withinLeg(InviteState state, SipResponse response, long nowNanos) {
        return Legs.step(state, response.toTag(), new DialogEvent.Responded(response), nowNanos);
    }

    private static Step inviteResponded(InviteState state, Attempt attempt, SipResponse response, long nowNanos) {
        boolean current = attempt.hasBranch(state.attempt().request().branch());
        // The response may overtake the word that its request was sent.
        Step invited = current ? invited(state, nowNanos) : Step.to(state);
        if (response.isSuccess()) return invited.then(s -> accepted(s, attempt, current, response, nowNanos));
        if (!current || !isOpen(state)) return invited;
        Step shown = invited.then(s -> shown(s, response));
        if (!response.isProvisional())
            return shown.then(s -> InvitePhases.turn(s, new Turn.Declined(response), nowNanos));
        // After its final response, an INVITE has no provisional ones.
        if (state.phase() instanceof BackingOff) return shown;
        return shown.then(s -> EarlyDialogs.heard(s, response)
                .map(heard -> heard.then(h -> InvitePhases.turn(h, new Turn.Progress(response), nowNanos)))
                .orElseGet(() -> Step.to(s)));
    }

    private static Step accepted(
            InviteState state, Attempt attempt, boolean current, SipResponse response, long nowNanos) {
        @Nullable Leg known = state.legs().get(response.toTag());
        // Sent again because our ACK was lost or late: 13.2.2.4 asks for another one, the user for no other answer.
        if (known != null) return Legs.acknowledgeAgain(state, known, attempt);
        if (Legs.areTooMany(state)) return Step.to(state);
        if (!current || !isOpen(state)) return Legs.endLoser(state, attempt, response, nowNanos);
        return shown(state, response).then(s -> InvitePhases.turn(s, new Turn.Accepted(response), nowNanos));
    }

    // A proxy says 100 before it knows anything, and 503 is told in its own words.
    private static Step shown(InviteState state, SipResponse response) {
        boolean tells = response.status() != 100 && response.status() != 503;
        if (!tells || state.attempt().shown()) return Step.to(state);
        return Step.to(state.withShown(), new Report(state.way().hop(), new HopHealth.Answered()));
    }

    private static Step requested(InviteState state, long key, SipRequest request, long nowNanos) {
        String tag = request.fromTag();
        boolean ours = request.toTag().equals(state.setup().tokens().localTag());
        if (ours && state.legs().containsKey(tag))
            return Legs.step(state, tag, new DialogEvent.Requested(key, request), nowNanos);
        Optional<EarlyLeg> early =
                ours && isOpen(state) ? Optional.ofNullable(state.earlyLegs().get(tag)) : Optional.empty();
        if (early.isPresent()) return EarlyUpdates.requested(state, tag, early.get(), key, request, nowNanos);
        if (request.method().equals("ACK")) return Step.to(state, new Release(key));
        return Step.to(state, new Reply(key, InDialogRequests.noDialog()), new Release(key));
    }

    private static Step within(InviteState state, DialogEvent wanted, long nowNanos) {
        if (state.phase() instanceof Established established)
            return Legs.step(state, established.remoteTag(), wanted, nowNanos);
        if (wanted instanceof DialogEvent.Accept accept) return EarlyUpdates.accept(state, accept.description());
        if (wanted instanceof DialogEvent.Refuse refuse) return EarlyUpdates.refuse(state, refuse.status());
        return Step.to(state);
    }

    // Whether the final response to the latest INVITE is still to come, or to be told.
    private static boolean isOpen(InviteState state) {
        return switch (state.phase()) {
            case Queued p -> true;
            case Calling p -> true;
            case Proceeding p -> true;
            case BackingOff p -> true;
            case CancelHeld p -> true;
            case Cancelling p -> true;
            case Established p -> false;
            case Closing p -> false;
            case Over p -> false;
        };
    }

    private static boolean isInvite(InviteState state, TransactionId transaction) {
        return transaction.method().equals("INVITE") && state.attempt().hasBranch(transaction.branch());
    }
}
