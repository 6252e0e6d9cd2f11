package dev.outdial.dialer.flow.draw;

import dev.outdial.dialer.flow.CallAction;
import dev.outdial.dialer.flow.DecisionAction;
import dev.outdial.dialer.flow.FlowAction;
import dev.outdial.dialer.flow.FlowAddress;
import dev.outdial.dialer.flow.KeyAction;
import dev.outdial.dialer.flow.OutsideAction;
import dev.outdial.dialer.flow.SoundAction;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a box says of its step, in a few words. */
final class Words {
    private Words() {}

    static String of(FlowAction action) {
        return switch (action) {
            case SoundAction sound -> of(sound);
            case KeyAction keys -> of(keys);
            case DecisionAction decision -> of(decision);
            case CallAction call -> of(call);
            case OutsideAction.Fetch a -> a.method() + " " + a.url();
            case OutsideAction.FetchFlow a -> "flow " + a.flowId();
            case OutsideAction.WebhookSend a -> a.method() + " " + a.url();
        };
    }

    private static String of(SoundAction sound) {
        return switch (sound) {
            case SoundAction.Talk a -> "“" + a.text() + "”";
            case SoundAction.Play a -> String.join(", ", a.urls()) + (a.loop() ? ", again and again" : "");
            case SoundAction.Beep a -> a.frequencyHz() + " Hz, " + time(a.duration());
        };
    }

    private static String of(KeyAction keys) {
        return switch (keys) {
            case KeyAction.DigitsReceive a -> keysOf(a) + "within " + time(a.duration());
            case KeyAction.Gather a ->
                (a.request().maxDigits().isPresent()
                                ? count(a.request().maxDigits().getAsInt()) + "at most, each "
                                : "keys, each ")
                        + "within " + time(a.request().interDigitTime())
                        + a.prompt().map(prompt -> ": " + of(prompt)).orElse("");
            case KeyAction.DigitsSend a -> a.digits();
            case KeyAction.OptOut a ->
                "key " + a.key() + " within " + time(a.duration())
                        + a.prompt().map(prompt -> ": " + of(prompt)).orElse("");
        };
    }

    private static String keysOf(KeyAction.DigitsReceive a) {
        String count = a.length().isPresent() ? count(a.length().getAsInt()) : "keys ";
        return count
                + (a.keys().isEmpty()
                        ? ""
                        : "up to " + String.join(" or ", a.keys().split("")) + " ");
    }

    private static String count(int keys) {
        return keys == 1 ? "1 key " : keys + " keys ";
    }

    private static String of(DecisionAction decision) {
        return switch (decision) {
            case DecisionAction.Branch a -> "by " + a.variable();
            case DecisionAction.Goto a ->
                a.loopCount() <= 0 ? "never" : a.loopCount() == 1 ? "once" : a.loopCount() + " times";
            case DecisionAction.ConditionVariable a ->
                a.variable() + " " + a.comparison().sign() + " " + value(a.value());
            case DecisionAction.ConditionDatetime a -> datetime(a);
            case DecisionAction.ConditionCallDigits a ->
                (a.length().isPresent() ? a.length().getAsInt() + " keys pressed " : "")
                        + (a.keys().isEmpty() ? "" : "one of " + a.keys());
            case DecisionAction.ConditionCallStatus a -> "the call is " + a.status();
            case DecisionAction.VariableSet a -> a.key() + " = " + a.value();
            case DecisionAction.Sleep a -> time(a.duration());
            case DecisionAction.Empty a -> "";
            case DecisionAction.Stop a -> "";
            case DecisionAction.Hangup a ->
                a.reason().word() + (a.referenceId().isEmpty() ? "" : ", as call " + a.referenceId());
        };
    }

    private static String value(DecisionAction.Value value) {
        return switch (value) {
            case DecisionAction.Value.Text v -> "“" + v.text() + "”";
            case DecisionAction.Value.Number v ->
                v.number() == Math.rint(v.number()) && Math.abs(v.number()) < 1e15
                        ? String.valueOf((long) v.number())
                        : String.valueOf(v.number());
            case DecisionAction.Value.Length v -> v.length() + " characters";
        };
    }

    private static String datetime(DecisionAction.ConditionDatetime a) {
        var words = new StringBuilder(a.comparison().sign());
        a.hour().ifPresent(hour -> words.append(" hour ").append(hour));
        a.minute().ifPresent(minute -> words.append(" minute ").append(minute));
        a.day().ifPresent(day -> words.append(" day ").append(day));
        a.month().ifPresent(month -> words.append(" month ").append(month));
        a.weekdays().stream()
                .sorted()
                .forEach(day -> words.append(' ')
                        .append(day.name(), 0, 1)
                        .append(day.name().substring(1, 3).toLowerCase(Locale.ROOT)));
        return words.append(" UTC").toString();
    }

    private static String of(CallAction call) {
        return switch (call) {
            case CallAction.Answer a -> "";
            case CallAction.Connect a -> targets(a.destinations());
            case CallAction.PlaceCalls a -> targets(a.destinations()) + flow(a.flow());
            case CallAction.JoinConference a -> a.conferenceId();
            case CallAction.RecordingStart a ->
                (a.longest().isZero() ? "" : time(a.longest()) + " at most")
                        + (a.endKeys().isEmpty() ? "" : " up to key " + a.endKeys());
            case CallAction.RecordingStop a -> "";
            case CallAction.Mute a -> a.direction().name().toLowerCase(Locale.ROOT) + (a.on() ? " on" : " off");
            case CallAction.Echo a -> time(a.duration());
            case CallAction.StreamEcho a -> time(a.duration());
            case CallAction.DetectMachine a -> a.hangUpOnMachine() ? "a machine is hung up on" : "";
            case CallAction.WaitBeep a -> time(a.longest()) + " at most";
        };
    }

    private static String flow(CallAction.FlowSource source) {
        return switch (source) {
            case CallAction.FlowSource.Inline inline ->
                ", with " + inline.flow().steps().size() + " actions";
            case CallAction.FlowSource.Stored stored -> ", with flow " + stored.flowId();
        };
    }

    private static String targets(List<FlowAddress> destinations) {
        return destinations.stream().map(FlowAddress::target).collect(Collectors.joining(", "));
    }

    private static String time(Duration time) {
        long millis = time.toMillis();
        if (millis % 1000 != 0) return millis + " ms";
        return millis % 60_000 == 0 && millis > 0 ? millis / 60_000 + " min" : millis / 1000 + " s";
    }
}
