package dev.outdial.dialer.flow.machine;

import dev.outdial.dialer.flow.CallAction;
import dev.outdial.dialer.flow.DecisionAction;
import dev.outdial.dialer.flow.FlowAction;
import dev.outdial.dialer.flow.KeyAction;
import dev.outdial.dialer.flow.OutsideAction;
import dev.outdial.dialer.flow.SoundAction;

/** What can be said of a step before it begins. */
final class StepKind {
    private StepKind() {}

    /** Whether somebody besides us notices it, so that what came before must be kept first. */
    static boolean isNoticed(FlowAction action) {
        return switch (action) {
            case SoundAction a -> true;
            case KeyAction.DigitsReceive a -> false;
            case KeyAction.Gather a -> a.prompt().isPresent();
            case KeyAction.DigitsSend a -> true;
            case KeyAction.OptOut a -> true;
            case DecisionAction a -> false;
            case CallAction.Connect a -> true;
            case CallAction.PlaceCalls a -> true;
            case CallAction.JoinConference a -> true;
            case CallAction.Answer a -> false;
            case CallAction.RecordingStart a -> false;
            case CallAction.RecordingStop a -> false;
            case CallAction.Mute a -> false;
            case CallAction.Echo a -> false;
            case CallAction.StreamEcho a -> false;
            case CallAction.DetectMachine a -> false;
            case CallAction.WaitBeep a -> false;
            case OutsideAction a -> true;
        };
    }

    /** Whether a call to us must be answered for it. Files and tones are heard without, as far as the caller's side has it. */
    static boolean needsAnswer(FlowAction action) {
        return switch (action) {
            case SoundAction.Talk a -> true;
            case SoundAction.Play a -> false;
            case SoundAction.Beep a -> false;
            case KeyAction.Gather a -> a.prompt().filter(StepKind::needsAnswer).isPresent();
            case KeyAction.OptOut a -> a.prompt().filter(StepKind::needsAnswer).isPresent();
            case KeyAction.DigitsReceive a -> false;
            case KeyAction.DigitsSend a -> false;
            case DecisionAction a -> false;
            case CallAction.Answer a -> true;
            // Nobody can be mixed who has no sound of his own.
            case CallAction.JoinConference a -> true;
            case CallAction.Connect a -> false;
            case CallAction.PlaceCalls a -> false;
            case CallAction.RecordingStart a -> false;
            case CallAction.RecordingStop a -> false;
            case CallAction.Mute a -> false;
            case CallAction.Echo a -> false;
            case CallAction.StreamEcho a -> false;
            case CallAction.DetectMachine a -> false;
            case CallAction.WaitBeep a -> false;
            case OutsideAction a -> false;
        };
    }

    /** Whether it takes time as a rule; else the next step comes at once, or as soon as what was asked for has begun. */
    static boolean waits(FlowAction action) {
        return switch (action) {
            case SoundAction.Talk a -> !a.async();
            case SoundAction.Play a -> true;
            case SoundAction.Beep a -> true;
            case KeyAction a -> true;
            case DecisionAction.Sleep a -> true;
            case DecisionAction.Branch a -> false;
            case DecisionAction.Goto a -> false;
            case DecisionAction.ConditionVariable a -> false;
            case DecisionAction.ConditionDatetime a -> false;
            case DecisionAction.ConditionCallDigits a -> false;
            case DecisionAction.ConditionCallStatus a -> false;
            case DecisionAction.VariableSet a -> false;
            case DecisionAction.Empty a -> false;
            case DecisionAction.Stop a -> false;
            case DecisionAction.Hangup a -> false;
            case CallAction.Connect a -> true;
            case CallAction.JoinConference a -> true;
            case CallAction.Echo a -> true;
            case CallAction.StreamEcho a -> true;
            case CallAction.DetectMachine a -> !a.async();
            case CallAction.WaitBeep a -> true;
            case CallAction.Answer a -> false;
            case CallAction.PlaceCalls a -> false;
            case CallAction.RecordingStart a -> false;
            case CallAction.RecordingStop a -> false;
            case CallAction.Mute a -> false;
            case OutsideAction.WebhookSend a -> a.sync();
            case OutsideAction.Fetch a -> false;
            case OutsideAction.FetchFlow a -> false;
        };
    }

    /** Whether others depend on it, so that the flow ends where it fails. */
    static boolean isFlowSide(FlowAction action) {
        return action instanceof OutsideAction.Fetch || action instanceof OutsideAction.FetchFlow;
    }
}
