package dev.outdial.dialer.flow.machine;

import static dev.outdial.dialer.flow.machine.FlowStory.seconds;

import dev.outdial.dialer.flow.CallAction;
import dev.outdial.dialer.flow.DecisionAction;
import dev.outdial.dialer.flow.FlowAction;
import dev.outdial.dialer.flow.FlowAddress;
import dev.outdial.dialer.flow.FlowStep;
import dev.outdial.dialer.flow.HangupReason;
import dev.outdial.dialer.flow.KeyAction;
import dev.outdial.dialer.flow.KeyPressed;
import dev.outdial.dialer.flow.OutsideAction;
import dev.outdial.dialer.flow.SoundAction;
import dev.outdial.dialer.flow.Variables;
import dev.outdial.dialer.record.RecordingFormat;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Steps of flows in few words. */
final class Steps {
    private Steps() {}

    static FlowStep step(String id, FlowAction action) {
        return new FlowStep(id, action.getClass().getSimpleName(), action, Optional.empty());
    }

    /** The same, followed by another than the next. */
    static FlowStep then(FlowStep step, String nextId) {
        return new FlowStep(step.id(), step.type(), step.action(), Optional.of(nextId));
    }

    static SoundAction.Talk words(String text, KeyPressed onKey, boolean async) {
        return new SoundAction.Talk(text, "en-US", Optional.empty(), onKey, async, 1, 0);
    }

    static SoundAction.Talk words(String text) {
        return words(text, KeyPressed.IGNORED, false);
    }

    /** Says its own name. */
    static FlowStep talk(String id) {
        return talk(id, id);
    }

    static FlowStep talk(String id, String text) {
        return step(id, words(text));
    }

    static FlowStep interruptible(String id) {
        return step(id, words(id, KeyPressed.GOES_ON, false));
    }

    static FlowStep async(String id, KeyPressed onKey) {
        return step(id, words(id, onKey, true));
    }

    static FlowStep play(String id, String... urls) {
        return step(id, new SoundAction.Play(List.of(urls), false, 0, KeyPressed.IGNORED));
    }

    static FlowStep beep(String id) {
        return step(id, new SoundAction.Beep(1000, Duration.ofMillis(300)));
    }

    static FlowStep receive(String id, double seconds, int length) {
        return step(id, new KeyAction.DigitsReceive(seconds(seconds), OptionalInt.of(length), "", true));
    }

    static FlowStep receiveUntil(String id, double seconds, String keys, boolean includeKey) {
        return step(id, new KeyAction.DigitsReceive(seconds(seconds), OptionalInt.empty(), keys, includeKey));
    }

    static FlowStep send(String id, String digits) {
        return step(id, new KeyAction.DigitsSend(digits, Duration.ofMillis(250), Duration.ofMillis(100)));
    }

    /** Offers to be called no more: key 9, within 5 s. */
    static FlowStep optOut(String id, String prompt, String confirmation, String targetId) {
        return step(
                id,
                new KeyAction.OptOut(
                        '9',
                        Optional.of(prompt).filter(text -> !text.isEmpty()).map(Steps::words),
                        seconds(5),
                        Optional.of(confirmation)
                                .filter(text -> !text.isEmpty())
                                .map(Steps::words),
                        Optional.of(targetId).filter(target -> !target.isEmpty())));
    }

    /** Goes by keys; the targets are values and ids in turn. */
    static FlowStep branch(String id, String defaultTargetId, String... targets) {
        return branchOn(id, Variables.DIGITS, defaultTargetId, targets);
    }

    static FlowStep branchOn(String id, String variable, String defaultTargetId, String... targets) {
        var byValue = new LinkedHashMap<String, String>();
        for (int i = 0; i < targets.length; i += 2) byValue.put(targets[i], targets[i + 1]);
        return step(
                id,
                new DecisionAction.Branch(
                        variable, byValue, Optional.of(defaultTargetId).filter(target -> !target.isEmpty())));
    }

    static FlowStep goTo(String id, String targetId, int loopCount) {
        return step(id, new DecisionAction.Goto(targetId, loopCount));
    }

    static FlowStep set(String id, String key, String value) {
        return step(id, new DecisionAction.VariableSet(key, value));
    }

    static FlowStep sleep(String id, double seconds) {
        return step(id, new DecisionAction.Sleep(seconds(seconds)));
    }

    static FlowStep empty(String id) {
        return step(id, new DecisionAction.Empty());
    }

    static FlowStep stop(String id) {
        return step(id, new DecisionAction.Stop());
    }

    static FlowStep hangup(String id, HangupReason reason) {
        return step(id, new DecisionAction.Hangup(reason, ""));
    }

    static FlowStep record(String id) {
        return step(
                id,
                new CallAction.RecordingStart(
                        RecordingFormat.PCM, Duration.ZERO, "", Duration.ZERO, false, Optional.empty()));
    }

    static FlowStep connect(String id, boolean relayReason, String... numbers) {
        return step(
                id,
                new CallAction.Connect(
                        Optional.empty(), addresses(numbers), false, relayReason, CallAction.Anonymous.AUTO));
    }

    static List<FlowAddress> addresses(String... numbers) {
        return List.of(numbers).stream()
                .map(number -> new FlowAddress(FlowAddress.Type.TEL, number, ""))
                .toList();
    }

    static FlowStep fetch(String id, String url) {
        return step(id, new OutsideAction.Fetch(url, "POST"));
    }

    static FlowStep fetchFlow(String id, String flowId) {
        return step(id, new OutsideAction.FetchFlow(flowId));
    }

    static FlowStep webhook(String id, boolean sync, String data) {
        return step(id, new OutsideAction.WebhookSend(sync, "http://a/hook", "POST", "text/plain", data));
    }
}
