package dev.outdial.dialer.flow.machine;

import dev.outdial.dialer.flow.CallAction;
import dev.outdial.dialer.flow.DecisionAction;
import dev.outdial.dialer.flow.FlowStep;
import dev.outdial.dialer.flow.KeyAction;
import dev.outdial.dialer.flow.KeyPressed;
import dev.outdial.dialer.flow.OutsideAction;
import dev.outdial.dialer.flow.SoundAction;
import dev.outdial.dialer.flow.Variables;
import java.time.Duration;
import java.util.function.LongFunction;
import java.util.regex.Pattern;

/** How each kind of step begins, its texts filled in. */
final class Beginning {
    private static final Pattern KEYS = Pattern.compile("[0-9A-D*#]{1,100}");

    private Beginning() {}

    /** Begins a step, or has the call answered first. */
    static Onward of(Turn turn, FlowStep asWritten) {
        if (turn.mustAnswer() && StepKind.needsAnswer(asWritten.action())) {
            long operation = turn.operation();
            turn.command(new FlowCommand.Answer(operation));
            return Onward.waitIn(new Phase.Answering(operation, asWritten));
        }
        var step = new FlowStep(
                asWritten.id(),
                asWritten.type(),
                FilledIn.of(asWritten.action(), turn.variables()),
                asWritten.nextId());
        return switch (step.action()) {
            case SoundAction action -> sound(turn, step, action);
            case KeyAction action -> keys(turn, step, action);
            case DecisionAction action -> Deciding.of(turn, step, action);
            case CallAction action -> call(turn, step, action);
            case OutsideAction action -> outside(turn, step, action);
        };
    }

    private static Onward sound(Turn turn, FlowStep step, SoundAction sound) {
        if (!isHeard(sound)) {
            turn.set(Variables.PLAYED, "false");
            return turn.passedOver(step, "there is nothing to be heard");
        }
        long operation = turn.operation();
        turn.command(new FlowCommand.Sound(operation, sound));
        if (sound instanceof SoundAction.Talk talk && talk.async()) {
            turn.letGoOn(operation, step);
            return Onward.NEXT;
        }
        return Onward.waitIn(new Phase.Sounding(operation, step, isEndedByKey(sound)));
    }

    /** Whether there is something to hear: words may all have been variables that are not set. */
    static boolean isHeard(SoundAction sound) {
        return switch (sound) {
            case SoundAction.Talk talk -> !talk.text().isBlank();
            case SoundAction.Play play -> !play.urls().stream().allMatch(String::isBlank);
            case SoundAction.Beep beep -> true;
        };
    }

    /** Whether a key ends it. */
    static boolean isEndedByKey(SoundAction sound) {
        return switch (sound) {
            case SoundAction.Talk talk -> talk.onKey() == KeyPressed.GOES_ON;
            case SoundAction.Play play -> play.onKey() == KeyPressed.GOES_ON;
            case SoundAction.Beep beep -> false;
        };
    }

    private static Onward keys(Turn turn, FlowStep step, KeyAction action) {
        return switch (action) {
            case KeyAction.DigitsReceive a -> Keys.receive(turn, step, a);
            case KeyAction.Gather a -> Keys.gather(turn, step, a);
            case KeyAction.OptOut a -> OptingOut.offer(turn, step, a);
            case KeyAction.DigitsSend a
            when !KEYS.matcher(a.digits()).matches() ->
                turn.passedOver(step, "1 to 100 keys of 0-9, *, #, A-D are expected");
            case KeyAction.DigitsSend a ->
                waiting(turn, step, n -> new FlowCommand.SendDigits(n, a.digits(), a.tone(), a.pause()));
        };
    }

    private static Onward call(Turn turn, FlowStep step, CallAction action) {
        return switch (action) {
            // It is answered by now, or ours.
            case CallAction.Answer a -> Onward.NEXT;
            case CallAction.Connect a -> waiting(turn, step, n -> new FlowCommand.Connect(n, a));
            case CallAction.PlaceCalls a -> waiting(turn, step, n -> new FlowCommand.PlaceCalls(n, a));
            case CallAction.JoinConference a ->
                waiting(turn, step, n -> new FlowCommand.JoinConference(n, a.conferenceId()));
            case CallAction.RecordingStart a -> waiting(turn, step, n -> new FlowCommand.StartRecording(n, a));
            case CallAction.RecordingStop a -> waiting(turn, step, FlowCommand.StopRecording::new);
            case CallAction.Mute a -> {
                turn.command(new FlowCommand.Mute(a.direction(), a.on()));
                yield Onward.NEXT;
            }
            case CallAction.Echo a -> echo(turn, step, a.duration(), false);
            case CallAction.StreamEcho a -> echo(turn, step, a.duration(), true);
            case CallAction.DetectMachine a ->
                perhapsWaiting(turn, step, a.async(), n -> new FlowCommand.DetectMachine(n, a.options()));
            case CallAction.WaitBeep a -> waiting(turn, step, n -> new FlowCommand.AwaitBeep(n, a.longest()));
        };
    }

    private static Onward echo(Turn turn, FlowStep step, Duration duration, boolean packets) {
        if (!duration.isPositive()) return Onward.NEXT;
        turn.command(new FlowCommand.StartEcho(packets));
        return Onward.waitIn(new Phase.Echoing(step, turn.after(duration)));
    }

    private static Onward outside(Turn turn, FlowStep step, OutsideAction action) {
        return switch (action) {
            case OutsideAction.Fetch a -> waiting(turn, step, n -> new FlowCommand.Fetch(n, a));
            case OutsideAction.FetchFlow a -> waiting(turn, step, n -> new FlowCommand.FetchFlow(n, a.flowId()));
            case OutsideAction.WebhookSend a ->
                perhapsWaiting(turn, step, !a.sync(), n -> new FlowCommand.SendWebhook(n, a));
        };
    }

    private static Onward waiting(Turn turn, FlowStep step, LongFunction<FlowCommand> command) {
        return perhapsWaiting(turn, step, false, command);
    }

    private static Onward perhapsWaiting(Turn turn, FlowStep step, boolean async, LongFunction<FlowCommand> command) {
        long operation = turn.operation();
        turn.command(command.apply(operation));
        if (!async) return Onward.waitIn(new Phase.Waiting(operation, step));
        turn.letGoOn(operation, step);
        return Onward.NEXT;
    }
}
