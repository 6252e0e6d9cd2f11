package dev.outdial.sip.dialog;

import dev.outdial.sip.dialog.DialogEvent.Accept;
import dev.outdial.sip.dialog.DialogEvent.Failed;
import dev.outdial.sip.dialog.DialogEvent.HangUp;
import dev.outdial.sip.dialog.DialogEvent.OfferAgain;
import dev.outdial.sip.dialog.DialogEvent.Refer;
import dev.outdial.sip.dialog.DialogEvent.Refuse;
import dev.outdial.sip.dialog.DialogEvent.Requested;
import dev.outdial.sip.dialog.DialogEvent.Responded;
import dev.outdial.sip.dialog.DialogEvent.SendInfo;
import dev.outdial.sip.dialog.DialogEvent.TimedOut;
import dev.outdial.sip.dialog.DialogEvent.Woken;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.TransactionId;
import java.util.List;
import java.util.function.Function;

/**
 * Decides what happens within a confirmed dialog, whoever called (RFC 3261 sections 12, 14, 15): BYE, re-INVITE and UPDATE either way,
 * session timers, INFO, transfers. Pure. Retransmission, and the ACK of a final response other than 2xx, are the transport's.
 *
 * <p>Ends told: exactly one, whatever happens; a dialog that nobody ends, and that has no session timer, goes on for ever. Early
 * dialogs, the first INVITE and its ACK are others' business, and so is which dialog a message belongs to.
 */
public final class DialogMachine {
    private DialogMachine() {}

    /** Begins with a dialog that a 2xx confirmed: one to our INVITE (which the caller acknowledges), or ours, now acknowledged. */
    public static DialogStep confirmed(DialogSetup setup, long nowNanos) {
        return new DialogStep(DialogState.of(setup, nowNanos), List.of());
    }

    /** What an event leads to. */
    public static DialogStep step(DialogState state, DialogEvent event, long nowNanos) {
        if (state.isForgotten()) return DialogStep.to(state);
        if (!state.isGoing()) return afterTheEnd(state, event, nowNanos);
        return whileGoing(state, event, nowNanos)
                .then(going(s -> Refreshes.proceed(s, nowNanos)))
                .then(going(s -> OffersOut.proceed(s, nowNanos)))
                .then(going(s -> InfosOut.proceed(s, nowNanos)));
    }

    private static DialogStep whileGoing(DialogState state, DialogEvent event, long now) {
        return switch (event) {
            case Requested e -> Received.whileGoing(state, e.key(), e.request(), now);
            case Responded e -> responded(state, e.response(), now);
            case TimedOut e -> timedOut(state, e.transaction(), now);
            case Failed e -> failed(state, e.transaction(), e.why(), now);
            case HangUp e -> Ends.hungUp(state, e.q850(), now);
            case OfferAgain e -> OffersOut.offered(state, e.offer());
            case Accept e -> OffersIn.accepted(state, e.description(), now);
            case Refuse e -> OffersIn.refused(state, e.status());
            case SendInfo e -> DialogStep.to(state.with(state.infos().plus(e.body())));
            case Refer e -> Transfers.refer(state, e, now);
            case Woken e ->
                Refreshes.woken(state, now)
                        .then(going(s -> OffersIn.woken(s, now)))
                        .then(going(s -> OffersOut.woken(s, now)))
                        .then(going(s -> InfosOut.woken(s, now)))
                        .then(going(s -> Transfers.woken(s, now)));
        };
    }

    private static DialogStep afterTheEnd(DialogState state, DialogEvent event, long now) {
        return switch (event) {
            case Requested e -> Received.afterTheEnd(state, e.key(), e.request(), now);
            case Responded e ->
                OffersOut.respondedAfterTheEnd(state, e.response()).then(s -> Ends.responded(s, e.response(), now));
            case TimedOut e -> Ends.unanswered(state, e.transaction(), now);
            case Failed e -> Ends.unanswered(state, e.transaction(), now);
            case HangUp e -> DialogStep.to(state);
            case OfferAgain e -> DialogStep.to(state);
            case Accept e -> DialogStep.to(state);
            case Refuse e -> DialogStep.to(state);
            case SendInfo e -> DialogStep.to(state);
            case Refer e -> DialogStep.to(state);
            case Woken e -> Ends.woken(state, now);
        };
    }

    private static DialogStep responded(DialogState state, SipResponse response, long now) {
        return switch (response.method()) {
            case "INVITE" -> OffersOut.responded(state, response, now);
            case "UPDATE" -> Refreshes.responded(state, response, now);
            case "INFO" -> InfosOut.responded(state, response, now);
            case "REFER" -> Transfers.responded(state, response, now);
            // To a CANCEL: what counts is the response to the INVITE.
            default -> DialogStep.to(state);
        };
    }

    private static DialogStep timedOut(DialogState state, TransactionId transaction, long now) {
        return switch (transaction.method()) {
            case "INVITE" -> OffersOut.timedOut(state, transaction, now);
            case "UPDATE" -> Refreshes.timedOut(state, transaction, now);
            case "INFO" -> InfosOut.unanswered(state, transaction);
            case "REFER" -> Transfers.timedOut(state, transaction);
            default -> DialogStep.to(state);
        };
    }

    private static DialogStep failed(DialogState state, TransactionId transaction, String why, long now) {
        return switch (transaction.method()) {
            case "INVITE" -> OffersOut.failed(state, transaction, why, now);
            case "UPDATE" -> Refreshes.failed(state, transaction, now);
            case "INFO" -> InfosOut.unanswered(state, transaction);
            case "REFER" -> Transfers.failed(state, transaction, why);
            default -> DialogStep.to(state);
        };
    }

    private static Function<DialogState, DialogStep> going(Function<DialogState, DialogStep> more) {
        return state -> state.isGoing() ? more.apply(state) : DialogStep.to(state);
    }
}
