package dev.outdial.dialer.flow.machine;

import dev.outdial.dialer.flow.CallAction;
import dev.outdial.dialer.flow.FlowStep;
import dev.outdial.dialer.flow.HangupReason;
import dev.outdial.dialer.flow.Variables;
import dev.outdial.dialer.gather.GatherMachine;

/** What comes of what steps asked for. What nobody waits for, because it is over or never was, changes nothing. */
final class Operations {
    private static final String MACHINE = "MACHINE";

    private Operations() {}

    static Onward done(Turn turn, Phase phase, FlowEvent.Done done) {
        var beside = turn.backgroundOver(done.operation());
        if (beside.isPresent()) return besides(turn, phase, beside.get(), done.result());
        long operation = done.operation();
        return switch (phase) {
            case Phase.Answering p when p.operation() == operation -> answered(turn, p, done.result());
            case Phase.Answering p -> Onward.waitIn(p);
            case Phase.Sounding p when p.operation() == operation -> heard(turn, p.step(), done.result());
            case Phase.Sounding p -> Onward.waitIn(p);
            case Phase.Waiting p when p.operation() == operation -> finished(turn, p.step(), done.result());
            case Phase.Waiting p -> Onward.waitIn(p);
            case Phase.Gathering p
            when p.prompt().isPresent() && p.prompt().getAsLong() == operation -> {
                tellFailure(turn, p.step(), done.result());
                yield Keys.gathered(turn, p, new GatherMachine.Event.PromptOver());
            }
            case Phase.Gathering p -> Onward.waitIn(p);
            case Phase.OfferingOptOut p
            when p.operation() == operation -> {
                tellFailure(turn, p.step(), done.result());
                yield OptingOut.listen(turn, p.step(), p.offer());
            }
            case Phase.OfferingOptOut p -> Onward.waitIn(p);
            case Phase.OptingOut p when p.operation() == operation -> OptingOut.done(turn, p, done.result());
            case Phase.OptingOut p -> Onward.waitIn(p);
            case Phase.ConfirmingOptOut p
            when p.operation() == operation -> {
                tellFailure(turn, p.step(), done.result());
                yield OptingOut.onward(p.offer());
            }
            case Phase.ConfirmingOptOut p -> Onward.waitIn(p);
            case Phase.AwaitingRecord p -> Onward.waitIn(p);
            case Phase.Collecting p -> Onward.waitIn(p);
            case Phase.AwaitingOptOut p -> Onward.waitIn(p);
            case Phase.NotingOptOut p -> Onward.waitIn(p);
            case Phase.Sleeping p -> Onward.waitIn(p);
            case Phase.Echoing p -> Onward.waitIn(p);
            case Phase.Over p -> Onward.waitIn(p);
        };
    }

    private static Onward answered(Turn turn, Phase.Answering p, FlowEvent.Result result) {
        if (result instanceof FlowEvent.Result.Failed failed) return turn.passedOver(p.step(), failed.why());
        turn.answered();
        return Beginning.of(turn, p.step());
    }

    private static Onward heard(Turn turn, FlowStep step, FlowEvent.Result result) {
        boolean played = !(result instanceof FlowEvent.Result.Failed);
        turn.set(Variables.PLAYED, Boolean.toString(played));
        if (result instanceof FlowEvent.Result.Failed failed) return turn.passedOver(step, failed.why());
        turn.record(step, "");
        return Onward.NEXT;
    }

    private static void tellFailure(Turn turn, FlowStep step, FlowEvent.Result result) {
        if (result instanceof FlowEvent.Result.Failed failed) {
            turn.tell(new FlowHappening.StepFailed(step.id(), step.type(), failed.why()));
        }
    }

    private static Onward finished(Turn turn, FlowStep step, FlowEvent.Result result) {
        return switch (result) {
            case FlowEvent.Result.Finished r -> Onward.NEXT;
            case FlowEvent.Result.Failed r
            when StepKind.isFlowSide(step.action()) -> turn.failed(step.id(), step.type(), r.why());
            case FlowEvent.Result.Failed r -> turn.passedOver(step, r.why());
            case FlowEvent.Result.Learnt r -> {
                r.variables().forEach(turn::set);
                yield Onward.NEXT;
            }
            case FlowEvent.Result.Who r -> detected(turn, step, r.answered()) ? machine() : Onward.NEXT;
            case FlowEvent.Result.Brought r -> new Onward.Enter(r.flow());
            case FlowEvent.Result.NobodyAnswered r
            when step.action() instanceof CallAction.Connect connect && connect.relayReason() ->
                new Onward.End(FlowEnd.HUNG_UP, HangupReason.NORMAL, r.causeId(), "");
            case FlowEvent.Result.NobodyAnswered r -> turn.passedOver(step, "nobody answered");
        };
    }

    /** The work of an earlier step is over, which went on beside this phase. */
    private static Onward besides(Turn turn, Phase phase, FlowStep step, FlowEvent.Result result) {
        return switch (result) {
            case FlowEvent.Result.Who r -> detected(turn, step, r.answered()) ? machine() : Onward.waitIn(phase);
            case FlowEvent.Result.Learnt r -> {
                r.variables().forEach(turn::set);
                yield Onward.waitIn(phase);
            }
            case FlowEvent.Result.Failed r -> {
                tellFailure(turn, step, r);
                yield Onward.waitIn(phase);
            }
            case FlowEvent.Result.Finished r -> Onward.waitIn(phase);
            case FlowEvent.Result.Brought r -> Onward.waitIn(phase);
            case FlowEvent.Result.NobodyAnswered r -> Onward.waitIn(phase);
        };
    }

    /** Remembers who answered, and says whether the call ends for it. */
    private static boolean detected(Turn turn, FlowStep step, String answered) {
        turn.set(Variables.AMD, answered);
        turn.tell(new FlowHappening.Detected(answered));
        return answered.equals(MACHINE)
                && step.action() instanceof CallAction.DetectMachine detect
                && detect.hangUpOnMachine();
    }

    private static Onward machine() {
        return new Onward.End(FlowEnd.HUNG_UP, HangupReason.AMD, "", "a machine answered");
    }
}
