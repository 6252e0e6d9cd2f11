package dev.outdial.dialer.flow.machine;

import dev.outdial.dialer.flow.FlowStep;
import dev.outdial.dialer.flow.KeyAction;
import dev.outdial.dialer.flow.Variables;

/** How a number comes to the do-not-call list: by a key of the far end, which the journal keeps before anything is done. */
final class OptingOut {
    private OptingOut() {}

    /** Offers it. A key that was pressed just before counts. */
    static Onward offer(Turn turn, FlowStep step, KeyAction.OptOut offer) {
        if (turn.isTypedAhead(offer.key())) {
            turn.setDigits("");
            return pressed(turn, step, offer);
        }
        if (offer.prompt().isEmpty()) return listen(turn, step, offer);
        long operation = turn.operation();
        turn.command(new FlowCommand.Sound(operation, offer.prompt().get()));
        return Onward.waitIn(new Phase.OfferingOptOut(operation, step, offer));
    }

    /** The offer was heard, or cannot be: the key is waited for. */
    static Onward listen(Turn turn, FlowStep step, KeyAction.OptOut offer) {
        return Onward.waitIn(new Phase.AwaitingOptOut(step, offer, turn.after(offer.duration())));
    }

    /** The key came while the offer was heard. */
    static Onward pressed(Turn turn, Phase.OfferingOptOut p) {
        turn.command(new FlowCommand.StopSound());
        return pressed(turn, p.step(), p.offer());
    }

    /** The key came after it. */
    static Onward pressed(Turn turn, Phase.AwaitingOptOut p) {
        return pressed(turn, p.step(), p.offer());
    }

    private static Onward pressed(Turn turn, FlowStep step, KeyAction.OptOut offer) {
        turn.set(Variables.OPTED_OUT, "true");
        turn.record(step, String.valueOf(offer.key()));
        return Onward.waitIn(new Phase.NotingOptOut(step, offer));
    }

    /** The key did not come in time. Who opted out before has not come back. */
    static Onward notPressed(Turn turn, Phase.AwaitingOptOut p) {
        if (turn.variables().get(Variables.OPTED_OUT).isEmpty()) turn.set(Variables.OPTED_OUT, "false");
        turn.record(p.step(), "");
        return Onward.NEXT;
    }

    /** The key will not be forgotten. */
    static Onward keyKept(Turn turn, Phase.NotingOptOut p) {
        long operation = turn.operation();
        turn.command(new FlowCommand.OptOut(operation));
        return Onward.waitIn(new Phase.OptingOut(operation, p.step(), p.offer()));
    }

    /** The number is on the list, or could not be put there, which nobody is told otherwise. */
    static Onward done(Turn turn, Phase.OptingOut p, FlowEvent.Result result) {
        if (result instanceof FlowEvent.Result.Failed failed) {
            turn.tell(new FlowHappening.StepFailed(p.step().id(), p.step().type(), failed.why()));
            return onward(p.offer());
        }
        turn.tell(new FlowHappening.OptedOut());
        if (p.offer().confirmation().isEmpty()) return onward(p.offer());
        var sound = p.offer().confirmation().get();
        long operation = turn.operation();
        turn.command(new FlowCommand.Sound(operation, sound));
        return Onward.waitIn(new Phase.ConfirmingOptOut(operation, p.step(), p.offer(), Beginning.isEndedByKey(sound)));
    }

    /** Where it goes on for who has opted out. */
    static Onward onward(KeyAction.OptOut offer) {
        return offer.targetId().<Onward>map(Onward.Jump::new).orElse(Onward.NEXT);
    }
}
