package dev.outdial.dialer.flow.machine;

import dev.outdial.dialer.digits.Digits;
import dev.outdial.dialer.flow.FlowStep;
import dev.outdial.dialer.flow.KeyAction;
import dev.outdial.dialer.flow.KeyPressed;
import dev.outdial.dialer.flow.SoundAction;
import dev.outdial.dialer.flow.Variables;
import dev.outdial.dialer.gather.GatherMachine;
import dev.outdial.dialer.gather.Gathered;
import java.util.OptionalLong;

/** What becomes of the keys that the far end presses. */
final class Keys {
    private Keys() {}

    /** Waits for keys, if those that are there are not enough. */
    static Onward receive(Turn turn, FlowStep step, KeyAction.DigitsReceive wanted) {
        return isEnough(wanted, turn.digits())
                ? received(turn, step, wanted)
                : Onward.waitIn(new Phase.Collecting(step, wanted, turn.after(wanted.duration())));
    }

    /** Gathers keys, beginning with those that were typed ahead. */
    static Onward gather(Turn turn, FlowStep step, KeyAction.Gather action) {
        long now = turn.now().nanos();
        var gathering = GatherMachine.begin(action.request(), action.prompt().isPresent(), now);
        if (action.request().typeAhead()) {
            for (char key : turn.digitsTypedAhead().toCharArray()) {
                gathering = GatherMachine.step(gathering, new GatherMachine.Event.Key(key), now)
                        .next();
            }
        }
        turn.setDigits("");
        // A key that would end the prompt came before it: then it is not begun.
        if (gathering instanceof GatherMachine.State.Prompting
                && action.prompt().isPresent()) {
            long operation = turn.operation();
            turn.command(new FlowCommand.Sound(operation, action.prompt().get()));
            return Onward.waitIn(new Phase.Gathering(step, gathering, OptionalLong.of(operation)));
        }
        return gathering(turn, new Phase.Gathering(step, gathering, OptionalLong.empty()));
    }

    /** A key. */
    static Onward pressed(Turn turn, Phase phase, char key) {
        if (!Digits.isKey(key)) return Onward.waitIn(phase);
        stopWhatGoesOnBeside(turn, phase);
        return switch (phase) {
            case Phase.AwaitingRecord p -> typedAhead(turn, p, key);
            case Phase.Answering p -> typedAhead(turn, p, key);
            case Phase.Sounding p -> whileSounding(turn, p, key);
            case Phase.Waiting p -> typedAhead(turn, p, key);
            case Phase.Collecting p -> whileCollecting(turn, p, key);
            case Phase.Gathering p -> gathered(turn, p, new GatherMachine.Event.Key(key));
            case Phase.OfferingOptOut p when key == p.offer().key() -> OptingOut.pressed(turn, p);
            case Phase.OfferingOptOut p -> typedAhead(turn, p, key);
            case Phase.AwaitingOptOut p when key == p.offer().key() -> OptingOut.pressed(turn, p);
            case Phase.AwaitingOptOut p -> typedAhead(turn, p, key);
            case Phase.NotingOptOut p -> typedAhead(turn, p, key);
            case Phase.OptingOut p -> typedAhead(turn, p, key);
            case Phase.ConfirmingOptOut p -> whileConfirming(turn, p, key);
            case Phase.Sleeping p -> typedAhead(turn, p, key);
            case Phase.Echoing p -> typedAhead(turn, p, key);
            case Phase.Over p -> Onward.waitIn(p);
        };
    }

    /** The call is over: what was pressed so far counts. */
    static void hungUp(Turn turn, Phase phase) {
        if (phase instanceof Phase.Gathering p
                && GatherMachine.step(
                                        p.gathering(),
                                        new GatherMachine.Event.HungUp(),
                                        turn.now().nanos())
                                .next()
                        instanceof GatherMachine.State.Done done) {
            remember(turn, done.result());
        }
    }

    /** The time for keys is over. */
    static Onward received(Turn turn, FlowStep step, KeyAction.DigitsReceive wanted) {
        String digits = turn.digits();
        int end = wanted.includeKey() ? -1 : ending(wanted, digits);
        turn.setDigits(end < 0 ? digits : digits.substring(0, end) + digits.substring(end + 1));
        turn.record(step, turn.digits());
        return Onward.NEXT;
    }

    /** Something happens to a gathering. */
    static Onward gathered(Turn turn, Phase.Gathering p, GatherMachine.Event event) {
        var step = GatherMachine.step(p.gathering(), event, turn.now().nanos());
        if (step.stopsPrompt()) turn.command(new FlowCommand.StopSound());
        boolean isPrompting = step.next() instanceof GatherMachine.State.Prompting;
        return gathering(
                turn, new Phase.Gathering(p.step(), step.next(), isPrompting ? p.prompt() : OptionalLong.empty()));
    }

    private static Onward gathering(Turn turn, Phase.Gathering p) {
        if (!(p.gathering() instanceof GatherMachine.State.Done done)) return Onward.waitIn(p);
        remember(turn, done.result());
        turn.record(p.step(), done.result().digits());
        return Onward.NEXT;
    }

    private static void remember(Turn turn, Gathered result) {
        turn.setDigits(result.digits());
        turn.set(Variables.GATHER_REASON, result.reason().word());
    }

    private static Onward typedAhead(Turn turn, Phase phase, char key) {
        turn.typedAhead(key);
        return Onward.waitIn(phase);
    }

    private static Onward whileSounding(Turn turn, Phase.Sounding p, char key) {
        turn.typedAhead(key);
        if (!p.endedByKey()) return Onward.waitIn(p);
        turn.command(new FlowCommand.StopSound());
        turn.set(Variables.PLAYED, "true");
        turn.record(p.step(), String.valueOf(key));
        return Onward.NEXT;
    }

    private static Onward whileConfirming(Turn turn, Phase.ConfirmingOptOut p, char key) {
        turn.typedAhead(key);
        if (!p.endedByKey()) return Onward.waitIn(p);
        turn.command(new FlowCommand.StopSound());
        return OptingOut.onward(p.offer());
    }

    private static Onward whileCollecting(Turn turn, Phase.Collecting p, char key) {
        String digits = turn.digits();
        if (digits.length() < Digits.MOST) turn.setDigits(digits + key);
        return isEnough(p.wanted(), turn.digits()) ? received(turn, p.step(), p.wanted()) : Onward.waitIn(p);
    }

    private static boolean isEnough(KeyAction.DigitsReceive wanted, String digits) {
        boolean isLong = wanted.length().isPresent()
                && digits.length() >= wanted.length().getAsInt();
        return isLong || ending(wanted, digits) >= 0;
    }

    /** Where the key stands that ends it; -1 where none does. */
    private static int ending(KeyAction.DigitsReceive wanted, String digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (wanted.keys().indexOf(digits.charAt(i)) >= 0) return i;
        }
        return -1;
    }

    /** Words that go on beside later steps are ended by a key if their author said so, but not with what another step has heard now. */
    private static void stopWhatGoesOnBeside(Turn turn, Phase phase) {
        if (isHeardNow(phase)) return;
        boolean isAny = turn.removeFromBackground(
                step -> step.action() instanceof SoundAction.Talk talk && talk.onKey() == KeyPressed.GOES_ON);
        if (isAny) turn.command(new FlowCommand.StopSound());
    }

    private static boolean isHeardNow(Phase phase) {
        return switch (phase) {
            case Phase.Sounding p -> true;
            case Phase.OfferingOptOut p -> true;
            case Phase.ConfirmingOptOut p -> true;
            case Phase.Gathering p -> p.prompt().isPresent();
            case Phase.AwaitingRecord p -> false;
            case Phase.Answering p -> false;
            case Phase.Waiting p -> false;
            case Phase.Collecting p -> false;
            case Phase.AwaitingOptOut p -> false;
            case Phase.NotingOptOut p -> false;
            case Phase.OptingOut p -> false;
            case Phase.Sleeping p -> false;
            case Phase.Echoing p -> false;
            case Phase.Over p -> false;
        };
    }
}
