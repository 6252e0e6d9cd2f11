package dev.outdial.sip.dialog;

import dev.outdial.sip.dialog.DialogAction.Release;
import dev.outdial.sip.dialog.DialogAction.Reply;
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
import dev.outdial.sip.dialog.Ending.Going;
import dev.outdial.sip.message.SipAnswer;
import dev.outdial.sip.message.SipRequest;
import java.util.List;

/** Decides what happens within a confirmed dialog, whoever called. Pure. */
public final class DialogMachine {
    private DialogMachine() {}

    /** Begins with a dialog that a 2xx confirmed: one to our INVITE (which the caller acknowledges), or ours, now acknowledged. */
    public static DialogStep confirmed(DialogSetup setup, long nowNanos) {
        return new DialogStep(DialogState.of(setup), List.of());
    }

    /** What an event leads to. */
    public static DialogStep step(DialogState state, DialogEvent event, long nowNanos) {
        if (state.isForgotten()) return DialogStep.to(state);
        return switch (event) {
            case Requested e -> requested(state, e.key(), e.request(), nowNanos);
            case Responded e -> Ends.responded(state, e.response(), nowNanos);
            case TimedOut e -> Ends.unanswered(state, e.transaction().branch(), nowNanos);
            case Failed e -> Ends.unanswered(state, e.transaction().branch(), nowNanos);
            case HangUp e -> Ends.hungUp(state, e.q850(), nowNanos);
            case OfferAgain e -> DialogStep.to(state);
            case Accept e -> DialogStep.to(state);
            case Refuse e -> DialogStep.to(state);
            case SendInfo e -> DialogStep.to(state);
            case Refer e -> DialogStep.to(state);
            case Woken e -> Ends.woken(state, nowNanos);
        };
    }

    private static DialogStep requested(DialogState state, long key, SipRequest request, long nowNanos) {
        if (request.method().equals("ACK")) return DialogStep.to(state, new Release(key));
        if (request.method().equals("BYE")) return Ends.requested(state, key, request, nowNanos);
        SipAnswer answer = state.ending() instanceof Going
                ? InDialogRequests.answer(request, state.setup().contact()).orElseThrow()
                : InDialogRequests.noDialog();
        return DialogStep.to(state, new Reply(key, answer), new Release(key));
    }
}
