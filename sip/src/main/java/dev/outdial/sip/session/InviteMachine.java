package dev.outdial.sip.session;

import dev.outdial.sip.auth.DigestAuth;
import dev.outdial.sip.auth.DigestAuth.Tries;
import dev.outdial.sip.dialog.Dialog;
import dev.outdial.sip.dialog.InDialogRequests;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipAnswer;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.TransactionId;
import dev.outdial.sip.session.InviteAction.Forget;
import dev.outdial.sip.session.InviteAction.Reply;
import dev.outdial.sip.session.InviteAction.Send;
import dev.outdial.sip.session.InviteAction.Tell;
import dev.outdial.sip.session.InviteEvent.Failed;
import dev.outdial.sip.session.InviteEvent.HangUp;
import dev.outdial.sip.session.InviteEvent.Requested;
import dev.outdial.sip.session.InviteEvent.Responded;
import dev.outdial.sip.session.InviteEvent.Sent;
import dev.outdial.sip.session.InviteEvent.TimedOut;
import dev.outdial.sip.session.InviteEvent.Withdrawn;
import dev.outdial.sip.session.InviteEvent.Woken;
import dev.outdial.sip.session.InviteState.Invite;
import dev.outdial.sip.session.Phase.Calling;
import dev.outdial.sip.session.Phase.Closing;
import dev.outdial.sip.session.Phase.Established;
import dev.outdial.sip.session.Phase.Over;
import dev.outdial.sip.session.Phase.Queued;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Decides what an outgoing INVITE session does (RFC 3261 sections 9, 12, 13, 15): one answer and one end, whatever is late, lost, doubled
 * or forked. Pure. Retransmission, and the ACK of a final response other than 2xx, are the transport's.
 *
 * <p>This class settles what does not depend on the phase: repeated 2xx, losers of a fork, BYEs and their challenges, requests of the
 * far end. {@link InvitePhases} decides the rest.
 */
public final class InviteMachine {
    private InviteMachine() {}

    /** Begins a session: the first step sends the INVITE. */
    public static Step start(SessionSetup setup, long nowNanos) {
        var invite =
                new Invite(Requests.invite(setup, 1, setup.tokens().branch(0), List.of()), 1, Tries.NONE, List.of());
        var phase = new Queued(nowNanos + InviteTimer.UNSENT.nanos());
        var state = new InviteState(setup, phase, invite, DigestAuth.of(setup.credentials()), false, Map.of(), 1);
        return Step.to(state, new Send(invite.request()));
    }

    /** What an event leads to. */
    public static Step step(InviteState state, InviteEvent event, long nowNanos) {
        return switch (event) {
            case Responded e -> responded(state, e.response(), nowNanos);
            case Requested e -> requested(state, e.key(), e.request(), nowNanos);
            case Sent e -> isInvite(state, e.transaction()) ? invited(state, nowNanos) : Step.to(state);
            case TimedOut e -> unsettled(state, e.transaction(), new Turn.Unanswered(), nowNanos);
            case Failed e -> unsettled(state, e.transaction(), new Turn.NotSent(e.why()), nowNanos);
            case Withdrawn e -> unsettled(state, e.transaction(), new Turn.TakenBack(), nowNanos);
            case HangUp e -> InvitePhases.turn(state, new Turn.HangUpWanted(e.q850()), nowNanos);
            // Nothing can be changed in a session of this kind yet.
            case InviteEvent.Within e -> Step.to(state);
            case Woken e -> woken(state, nowNanos);
        };
    }

    private static Step woken(InviteState state, long nowNanos) {
        var deadline = state.nextDeadlineNanos();
        if (deadline.isEmpty() || nowNanos - deadline.getAsLong() < 0) return Step.to(state);
        if (state.phase() instanceof Over) return Step.to(state, new Forget());
        return InvitePhases.turn(state, new Turn.DeadlinePassed(), nowNanos);
    }

    private static Step invited(InviteState state, long nowNanos) {
        InviteState next = state.phase() instanceof Queued
                ? state.in(new Calling(nowNanos + InviteTimer.NO_RESPONSE.nanos()))
                : state;
        if (next.invitedTold() || next.phase() instanceof Over) return Step.to(next);
        return Step.to(
                next.withInvitedTold(),
                new Tell(new SessionEvent.Invited(state.setup().callId())));
    }

    private static Step responded(InviteState state, SipResponse response, long nowNanos) {
        return switch (response.method()) {
            case "INVITE" -> {
                if (!response.branch().equals(state.invite().request().branch())) yield Step.to(state);
                // The response may overtake the word that its request was sent.
                Step invited = invited(state, nowNanos);
                Step step = inviteResponded(invited.next(), response, nowNanos);
                yield step.after(invited.actions().toArray(new InviteAction[0]));
            }
            case "BYE" -> byeResponded(state, response, nowNanos);
            // To a CANCEL: what counts is the response to the INVITE.
            default -> Step.to(state);
        };
    }

    private static Step inviteResponded(InviteState state, SipResponse response, long nowNanos) {
        if (response.isSuccess()) {
            Leg known = state.legs().get(response.toTag());
            // Sent again because our ACK was lost or late: 13.2.2.4 asks for another one, the user for no other answer.
            if (known != null) return Step.to(state, new Send(known.ack()));
            if (!state.legs().isEmpty() || state.phase() instanceof Over) return endLoser(state, response);
            return InvitePhases.turn(state, new Turn.Accepted(response), nowNanos);
        }
        if (!state.legs().isEmpty()) return Step.to(state);
        if (response.isProvisional()) return InvitePhases.turn(state, new Turn.Progress(response), nowNanos);
        return InvitePhases.turn(state, new Turn.Declined(response), nowNanos);
    }

    // A second phone of a fork picked up as well, or one picked up after the end: nobody is left hanging.
    private static Step endLoser(InviteState state, SipResponse response) {
        Step acknowledged = acknowledge(state, response);
        Step closed = bye(acknowledged.next(), response.toTag(), Tries.NONE, OptionalInt.empty());
        return closed.after(acknowledged.actions().toArray(new InviteAction[0]));
    }

    static Step acknowledge(InviteState state, SipResponse response) {
        Invite invite = state.invite();
        Dialog dialog = Dialog.ofAnswer(response, invite.request());
        OutboundRequest ack =
                Requests.ack(state.setup(), dialog, invite.cseq(), state.nextBranch(), invite.credentials());
        Leg leg = Leg.acknowledged(dialog, ack, invite.cseq());
        return Step.to(state.with(response.toTag(), leg, state.auth()), new Send(ack));
    }

    static Step bye(InviteState state, String remoteTag, Tries tries, OptionalInt q850) {
        Leg leg = state.legs().get(remoteTag);
        if (leg == null) throw new IllegalStateException("no dialog with tag " + remoteTag);
        var signed = new DigestAuth.Signed("BYE", leg.dialog().requestUri(), Optional.empty());
        DigestAuth.Outcome.Answer credentials = state.auth().authorize(signed, state.nextCnonce());
        return bye(state, remoteTag, leg, tries, q850, credentials);
    }

    private static Step bye(
            InviteState state,
            String remoteTag,
            Leg leg,
            Tries tries,
            OptionalInt q850,
            DigestAuth.Outcome.Answer credentials) {
        OutboundRequest bye = Requests.bye(
                state.setup(), leg.dialog(), leg.cseq() + 1, state.nextBranch(), q850, credentials.headers());
        return Step.to(state.with(remoteTag, leg.closing(bye, tries, q850), credentials.auth()), new Send(bye));
    }

    private static Step byeResponded(InviteState state, SipResponse response, long nowNanos) {
        for (Map.Entry<String, Leg> entry : state.legs().entrySet()) {
            Leg leg = entry.getValue();
            if (!leg.sentBye(response.branch()) || response.isProvisional()) continue;
            if (response.status() == 401 || response.status() == 407) {
                var signed = new DigestAuth.Signed("BYE", leg.dialog().requestUri(), Optional.empty());
                var outcome = state.auth().answer(response.headers(), leg.byeTries(), signed, state.nextCnonce());
                if (outcome instanceof DigestAuth.Outcome.Answer answer) {
                    return bye(state, entry.getKey(), leg, answer.tries(), leg.byeCause(), answer);
                }
            }
            return byeSettled(state, entry.getKey(), nowNanos);
        }
        return Step.to(state);
    }

    private static Step byeSettled(InviteState state, String remoteTag, long nowNanos) {
        boolean closes =
                state.phase() instanceof Closing closing && closing.remoteTag().equals(remoteTag);
        return closes ? InvitePhases.turn(state, new Turn.ByeSettled(), nowNanos) : Step.to(state);
    }

    private static Step unsettled(InviteState state, TransactionId transaction, Turn turn, long nowNanos) {
        if (isInvite(state, transaction)) {
            return state.legs().isEmpty() ? InvitePhases.turn(state, turn, nowNanos) : Step.to(state);
        }
        if (!transaction.method().equals("BYE")) return Step.to(state);
        for (Map.Entry<String, Leg> entry : state.legs().entrySet()) {
            if (entry.getValue().sentBye(transaction.branch())) return byeSettled(state, entry.getKey(), nowNanos);
        }
        return Step.to(state);
    }

    private static Step requested(InviteState state, long key, SipRequest request, long nowNanos) {
        boolean ours = request.toTag().equals(state.setup().tokens().localTag());
        if (!ours || !state.legs().containsKey(request.fromTag())) return reply(state, key, request, false);
        if (!request.method().equals("BYE")) return reply(state, key, request, isOpen(state, request.fromTag()));
        Step step = isCurrent(state, request.fromTag())
                ? InvitePhases.turn(state, new Turn.RemoteBye(request), nowNanos)
                : Step.to(state);
        return step.after(new Reply(key, SipAnswer.of(200, "OK")));
    }

    private static Step reply(InviteState state, long key, SipRequest request, boolean within) {
        if (request.method().equals("ACK")) return Step.to(state);
        if (!within) return Step.to(state, new Reply(key, InDialogRequests.noDialog()));
        var actions = new ArrayList<InviteAction>();
        InDialogRequests.answer(request, state.setup().contact())
                .ifPresent(answer -> actions.add(new Reply(key, answer)));
        return new Step(state, actions);
    }

    private static boolean isOpen(InviteState state, String remoteTag) {
        return state.phase() instanceof Established e && e.remoteTag().equals(remoteTag);
    }

    private static boolean isCurrent(InviteState state, String remoteTag) {
        return isOpen(state, remoteTag)
                || (state.phase() instanceof Closing closing
                        && closing.remoteTag().equals(remoteTag));
    }

    private static boolean isInvite(InviteState state, TransactionId transaction) {
        return transaction.method().equals("INVITE")
                && transaction.branch().equals(state.invite().request().branch());
    }
}
