package dev.outdial.dialer.flow.machine;

import dev.outdial.dialer.flow.CallAction;
import dev.outdial.dialer.flow.DecisionAction;
import dev.outdial.dialer.flow.FlowAction;
import dev.outdial.dialer.flow.FlowAddress;
import dev.outdial.dialer.flow.KeyAction;
import dev.outdial.dialer.flow.OutsideAction;
import dev.outdial.dialer.flow.SoundAction;
import dev.outdial.dialer.flow.Variables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fills variables in all texts of an action. Steps that it carries for others, such as the flow of a further call, are left as they are. */
final class FilledIn {
    private FilledIn() {}

    static FlowAction of(FlowAction action, Variables with) {
        return switch (action) {
            case SoundAction a -> sound(a, with);
            case KeyAction a -> keys(a, with);
            case DecisionAction a -> decision(a, with);
            case CallAction a -> call(a, with);
            case OutsideAction a -> outside(a, with);
        };
    }

    private static SoundAction sound(SoundAction action, Variables with) {
        return switch (action) {
            case SoundAction.Talk a ->
                new SoundAction.Talk(
                        with.fill(a.text()),
                        with.fill(a.language()),
                        a.voice().map(with::fill),
                        a.onKey(),
                        a.async(),
                        a.times(),
                        a.volumeDb());
            case SoundAction.Play a ->
                new SoundAction.Play(a.urls().stream().map(with::fill).toList(), a.loop(), a.volumeDb(), a.onKey());
            case SoundAction.Beep a -> a;
        };
    }

    private static Optional<SoundAction> sound(Optional<SoundAction> prompt, Variables with) {
        return prompt.map(sound -> sound(sound, with)).filter(Beginning::isHeard);
    }

    private static KeyAction keys(KeyAction action, Variables with) {
        return switch (action) {
            case KeyAction.DigitsReceive a ->
                new KeyAction.DigitsReceive(a.duration(), a.length(), with.fill(a.keys()), a.includeKey());
            case KeyAction.Gather a ->
                new KeyAction.Gather(
                        a.request()
                                .tag()
                                .map(tag -> a.request().tagged(with.fill(tag)))
                                .orElse(a.request()),
                        sound(a.prompt(), with));
            case KeyAction.DigitsSend a -> new KeyAction.DigitsSend(with.fill(a.digits()), a.tone(), a.pause());
            case KeyAction.OptOut a ->
                new KeyAction.OptOut(
                        a.key(),
                        sound(a.prompt(), with),
                        a.duration(),
                        sound(a.confirmation(), with),
                        a.targetId().map(with::fill));
        };
    }

    private static DecisionAction decision(DecisionAction action, Variables with) {
        return switch (action) {
            case DecisionAction.Branch a ->
                new DecisionAction.Branch(
                        with.fill(a.variable()),
                        targets(a.targetIds(), with),
                        a.defaultTargetId().map(with::fill));
            case DecisionAction.Goto a -> new DecisionAction.Goto(with.fill(a.targetId()), a.loopCount());
            // Its variable may be a name, which is looked for as it is written.
            case DecisionAction.ConditionVariable a ->
                new DecisionAction.ConditionVariable(
                        a.comparison(), a.variable(), value(a.value(), with), with.fill(a.falseTargetId()));
            case DecisionAction.ConditionDatetime a ->
                new DecisionAction.ConditionDatetime(
                        a.comparison(),
                        a.minute(),
                        a.hour(),
                        a.day(),
                        a.month(),
                        a.weekdays(),
                        with.fill(a.falseTargetId()));
            case DecisionAction.ConditionCallDigits a ->
                new DecisionAction.ConditionCallDigits(a.length(), with.fill(a.keys()), with.fill(a.falseTargetId()));
            case DecisionAction.ConditionCallStatus a ->
                new DecisionAction.ConditionCallStatus(with.fill(a.status()), with.fill(a.falseTargetId()));
            case DecisionAction.VariableSet a ->
                new DecisionAction.VariableSet(with.fill(a.key()), with.fill(a.value()));
            case DecisionAction.Sleep a -> a;
            case DecisionAction.Empty a -> a;
            case DecisionAction.Stop a -> a;
            case DecisionAction.Hangup a -> new DecisionAction.Hangup(a.reason(), with.fill(a.referenceId()));
        };
    }

    private static Map<String, String> targets(Map<String, String> targets, Variables with) {
        var filled = new LinkedHashMap<String, String>();
        // Where two become the same, the author's first counts.
        targets.forEach((value, target) -> filled.putIfAbsent(with.fill(value), with.fill(target)));
        return filled;
    }

    private static DecisionAction.Value value(DecisionAction.Value value, Variables with) {
        return switch (value) {
            case DecisionAction.Value.Text v -> new DecisionAction.Value.Text(with.fill(v.text()));
            case DecisionAction.Value.Number v -> v;
            case DecisionAction.Value.Length v -> v;
        };
    }

    private static CallAction call(CallAction action, Variables with) {
        return switch (action) {
            case CallAction.Connect a ->
                new CallAction.Connect(
                        a.source().map(source -> address(source, with)),
                        addresses(a.destinations(), with),
                        a.earlyMedia(),
                        a.relayReason(),
                        a.anonymous());
            case CallAction.PlaceCalls a ->
                new CallAction.PlaceCalls(
                        a.source().map(source -> address(source, with)),
                        addresses(a.destinations(), with),
                        source(a.flow(), with),
                        a.chained(),
                        a.earlyExecution(),
                        a.anonymous());
            case CallAction.JoinConference a -> new CallAction.JoinConference(with.fill(a.conferenceId()));
            case CallAction.RecordingStart a ->
                new CallAction.RecordingStart(
                        a.format(),
                        a.endOfSilence(),
                        with.fill(a.endKeys()),
                        a.longest(),
                        a.beep(),
                        a.onEndFlowId().map(with::fill));
            case CallAction.Answer a -> a;
            case CallAction.RecordingStop a -> a;
            case CallAction.Mute a -> a;
            case CallAction.Echo a -> a;
            case CallAction.StreamEcho a -> a;
            case CallAction.DetectMachine a -> a;
            case CallAction.WaitBeep a -> a;
        };
    }

    private static CallAction.FlowSource source(CallAction.FlowSource source, Variables with) {
        return switch (source) {
            case CallAction.FlowSource.Inline s -> s;
            case CallAction.FlowSource.Stored s -> new CallAction.FlowSource.Stored(with.fill(s.flowId()));
        };
    }

    private static List<FlowAddress> addresses(List<FlowAddress> addresses, Variables with) {
        return addresses.stream().map(address -> address(address, with)).toList();
    }

    private static FlowAddress address(FlowAddress address, Variables with) {
        return new FlowAddress(address.type(), with.fill(address.target()), with.fill(address.name()));
    }

    private static OutsideAction outside(OutsideAction action, Variables with) {
        return switch (action) {
            case OutsideAction.Fetch a -> new OutsideAction.Fetch(with.fill(a.url()), with.fill(a.method()));
            case OutsideAction.FetchFlow a -> new OutsideAction.FetchFlow(with.fill(a.flowId()));
            case OutsideAction.WebhookSend a ->
                new OutsideAction.WebhookSend(
                        a.sync(),
                        with.fill(a.url()),
                        with.fill(a.method()),
                        with.fill(a.dataType()),
                        with.fill(a.data()));
        };
    }
}
