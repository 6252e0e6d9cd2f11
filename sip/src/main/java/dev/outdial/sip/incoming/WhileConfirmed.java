package dev.outdial.sip.incoming;

import static dev.outdial.sip.incoming.IncomingMachine.answer;

import dev.outdial.sip.dialog.DialogAction;
import dev.outdial.sip.dialog.DialogEvent;
import dev.outdial.sip.dialog.DialogMachine;
import dev.outdial.sip.dialog.DialogStep;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.incoming.IncomingAction.Forget;
import dev.outdial.sip.incoming.IncomingAction.Release;
import dev.outdial.sip.incoming.IncomingAction.Reply;
import dev.outdial.sip.incoming.IncomingAction.Send;
import dev.outdial.sip.incoming.IncomingAction.Tell;
import dev.outdial.sip.incoming.IncomingEvent.Accept;
import dev.outdial.sip.incoming.IncomingEvent.HangUp;
import dev.outdial.sip.incoming.IncomingEvent.Redirect;
import dev.outdial.sip.incoming.IncomingEvent.Refuse;
import dev.outdial.sip.incoming.IncomingEvent.Reject;
import dev.outdial.sip.incoming.IncomingEvent.Requested;
import dev.outdial.sip.incoming.IncomingEvent.Ring;
import dev.outdial.sip.incoming.IncomingEvent.Taken;
import dev.outdial.sip.incoming.IncomingEvent.Within;
import dev.outdial.sip.incoming.IncomingEvent.Woken;
import dev.outdial.sip.incoming.IncomingPhase.Confirmed;
import java.util.ArrayList;

/** Passes on to the dialog what belongs to it, once our 2xx was acknowledged. */
final class WhileConfirmed {
    private WhileConfirmed() {}

    static IncomingStep step(IncomingState state, Confirmed phase, IncomingEvent event, long now) {
        return switch (event) {
            case Requested e -> requested(state, phase, e, now);
            case HangUp e -> pass(state, phase, new DialogEvent.HangUp(e.q850()), now);
            case Accept e -> pass(state, phase, new DialogEvent.Accept(e.description()), now);
            case Refuse e -> pass(state, phase, new DialogEvent.Refuse(e.status()), now);
            case Within e -> pass(state, phase, e.event(), now);
            case Woken e -> pass(state, phase, new DialogEvent.Woken(), now);
            case Taken e -> IncomingStep.to(state);
            case Ring e -> IncomingStep.to(state);
            case Reject e -> IncomingStep.to(state);
            case Redirect e -> IncomingStep.to(state);
        };
    }

    private static IncomingStep requested(IncomingState state, Confirmed phase, Requested event, long now) {
        return switch (Arrival.of(state.setup(), event)) {
            case AGAIN -> answer(state, event.key(), phase.answer());
            case MERGED -> answer(state, event.key(), IncomingMachine.merged(state));
            case CANCEL -> answer(state, event.key(), IncomingMachine.ok(state));
            case WITHIN -> {
                boolean acknowledgedAgain = event.request().method().equals("ACK")
                        && IncomingSetup.numberOf(event.request())
                                == state.setup().cseq();
                yield acknowledgedAgain
                        ? IncomingStep.to(state)
                        : pass(state, phase, new DialogEvent.Requested(event.key(), event.request()), now);
            }
            case STRAY -> IncomingMachine.noDialog(state, event);
        };
    }

    private static IncomingStep pass(IncomingState state, Confirmed phase, DialogEvent event, long now) {
        return take(state, phase, DialogMachine.step(phase.dialog(), event, now));
    }

    /** What a step of the dialog means here. */
    static IncomingStep take(IncomingState state, Confirmed phase, DialogStep step) {
        var next = new Confirmed(step.next(), phase.answer(), phase.endsAs());
        var actions = new ArrayList<IncomingAction>();
        for (DialogAction action : step.actions()) actions.add(action(action, phase));
        if (step.next().isForgotten()) actions.add(new Forget());
        return new IncomingStep(state.in(next), actions);
    }

    private static IncomingAction action(DialogAction action, Confirmed phase) {
        return switch (action) {
            case DialogAction.Send a -> new Send(a.request());
            case DialogAction.Reply a -> new Reply(a.key(), a.answer());
            case DialogAction.Release a -> new Release(a.key());
            case DialogAction.Tell a -> new Tell(told(a.event(), phase));
        };
    }

    private static SessionEvent told(SessionEvent event, Confirmed phase) {
        return event instanceof SessionEvent.Ended && phase.endsAs().isPresent()
                ? new SessionEvent.Ended(phase.endsAs().get())
                : event;
    }
}
