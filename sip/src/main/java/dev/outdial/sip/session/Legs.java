package dev.outdial.sip.session;

import dev.outdial.sip.dialog.Dialog;
import dev.outdial.sip.dialog.DialogAction;
import dev.outdial.sip.dialog.DialogEvent;
import dev.outdial.sip.dialog.DialogMachine;
import dev.outdial.sip.dialog.DialogRequests;
import dev.outdial.sip.dialog.DialogSetup;
import dev.outdial.sip.dialog.DialogState;
import dev.outdial.sip.dialog.DialogStep;
import dev.outdial.sip.dialog.InDialogRequests;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.event.SessionEvent.Ended;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.session.InviteAction.Release;
import dev.outdial.sip.session.InviteAction.Reply;
import dev.outdial.sip.session.InviteAction.Send;
import dev.outdial.sip.session.InviteAction.Tell;
import dev.outdial.sip.session.Phase.Closing;
import dev.outdial.sip.session.Phase.Established;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The dialogs that 2xx responses set up. Each is a {@link DialogMachine}'s, the losers of a fork too; what only one of them tells is told
 * on.
 */
final class Legs {
    private static final int MOST = 32;

    private Legs() {}

    /** Acknowledges the 2xx of a leg that is not known yet (RFC 3261 section 13.2.2.4). */
    static Step confirm(InviteState state, Attempt attempt, SipResponse response, long now) {
        String tag = response.toTag();
        SessionSetup setup = state.setup();
        Dialog dialog = Dialog.ofAnswer(response, attempt.request());
        OutboundRequest ack = DialogRequests.ack(dialog, attempt.request(), state.nextBranch(), setup.product());
        @Nullable EarlyLeg early = state.earlyLegs().get(tag);
        var dialogSetup = new DialogSetup(
                dialog,
                true,
                setup.ways().get(attempt.way()).contact(),
                setup.product(),
                state.auth(),
                early == null ? attempt.cseq() : Math.max(attempt.cseq(), early.localCseq()),
                early == null ? 0 : early.remoteCseq(),
                setup.tokens().within("d" + state.legs().size()),
                setup.options().infoTypes(),
                attempt.extensions().agreed(response.headers()),
                InDialogRequests.allowedIn(response.headers()),
                Optional.of(setup.offer()));
        DialogStep begun = DialogMachine.confirmed(dialogSetup, now);
        InviteState next = state.with(tag, new Leg(attempt.request().branch(), ack, begun.next()));
        return Step.to(next, new Send(ack)).then(s -> perform(s, tag, begun.actions(), now));
    }

    /** Acknowledges the 2xx of a leg that is known. One to another INVITE than before has that INVITE's number. */
    static Step acknowledgeAgain(InviteState state, Leg leg, Attempt attempt) {
        if (attempt.hasBranch(leg.inviteBranch())) return Step.to(state, new Send(leg.ack()));
        Dialog dialog = leg.dialog().dialog();
        return Step.to(
                state.withSerialTaken(),
                new Send(DialogRequests.ack(
                        dialog,
                        attempt.request(),
                        state.nextBranch(),
                        state.setup().product())));
    }

    /** A second phone of a fork picked up as well, or one picked up after the end: nobody is left hanging. */
    static Step endLoser(InviteState state, Attempt attempt, SipResponse response, long now) {
        return confirm(state, attempt, response, now)
                .then(s -> step(s, response.toTag(), new DialogEvent.HangUp(OptionalInt.empty()), now));
    }

    /** What an event leads to in the dialog with that tag. */
    static Step step(InviteState state, String tag, DialogEvent event, long now) {
        @Nullable Leg leg = state.legs().get(tag);
        if (leg == null) return Step.to(state);
        DialogStep step = DialogMachine.step(leg.dialog(), event, now);
        return perform(state.with(tag, leg.at(step.next())), tag, step.actions(), now);
    }

    /** What an event leads to in all of them. */
    static Step each(InviteState state, DialogEvent event, long now) {
        return all(state, tag -> s -> step(s, tag, event, now));
    }

    /** Wakes those whose deadline has passed. */
    static Step wake(InviteState state, long now) {
        return all(state, tag -> s -> isDue(s, tag, now) ? step(s, tag, new DialogEvent.Woken(), now) : Step.to(s));
    }

    private static Step all(InviteState state, Function<String, Function<InviteState, Step>> each) {
        Step step = Step.to(state);
        for (String tag : state.legs().keySet()) step = step.then(each.apply(tag));
        return step;
    }

    private static boolean isDue(InviteState state, String tag, long now) {
        @Nullable Leg leg = state.legs().get(tag);
        if (leg == null) return false;
        var deadline = leg.dialog().nextDeadlineNanos();
        return deadline.isPresent() && now - deadline.getAsLong() >= 0;
    }

    /** Whether more have picked up than any fork has phones: each costs us an ACK and a BYE, and somebody may be after that. */
    static boolean areTooMany(InviteState state) {
        return state.legs().size() >= MOST;
    }

    /** Whether nothing can come in any of them any more. */
    static boolean areForgotten(InviteState state) {
        return state.legs().values().stream().map(Leg::dialog).allMatch(DialogState::isForgotten);
    }

    private static Step perform(InviteState state, String tag, List<DialogAction> actions, long now) {
        Step step = Step.to(state);
        for (DialogAction action : actions) {
            step = switch (action) {
                case DialogAction.Send send -> step.and(new Send(send.request()));
                case DialogAction.Reply reply -> step.and(new Reply(reply.key(), reply.answer()));
                case DialogAction.Release release -> step.and(new Release(release.key()));
                case DialogAction.Tell tell -> step.then(s -> told(s, tag, tell.event(), now));
            };
        }
        return step;
    }

    private static Step told(InviteState state, String tag, SessionEvent event, long now) {
        if (state.phase() instanceof Established phase && phase.remoteTag().equals(tag)) {
            return event instanceof Ended ended
                    ? Endings.over(state, ended.end(), now)
                    : Step.to(state, new Tell(event));
        }
        boolean closes =
                state.phase() instanceof Closing phase && phase.remoteTag().equals(tag);
        // Of a session that the user has given up, or never heard of, nothing but its end is told.
        return closes && event instanceof Ended
                ? Endings.over(state, ((Closing) state.phase()).end(), now)
                : Step.to(state);
    }
}
