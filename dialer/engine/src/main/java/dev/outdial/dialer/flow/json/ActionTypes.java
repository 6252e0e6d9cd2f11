package dev.outdial.dialer.flow.json;

import dev.outdial.dialer.flow.CallAction;
import dev.outdial.dialer.flow.DecisionAction;
import dev.outdial.dialer.flow.FlowAction;
import dev.outdial.dialer.flow.NearestWord;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The words for what a step does. */
final class ActionTypes {
    private static final Map<String, Function<Options, FlowAction>> READERS = Map.ofEntries(
            Map.entry("talk", SoundActions::talk),
            Map.entry("play", SoundActions::play),
            Map.entry("beep", SoundActions::beep),
            Map.entry("digits_receive", KeyActions::digitsReceive),
            Map.entry("dtmf_receive", KeyActions::digitsReceive),
            Map.entry("gather", KeyActions::gather),
            Map.entry("digits_send", KeyActions::digitsSend),
            Map.entry("dtmf_send", KeyActions::digitsSend),
            Map.entry("opt_out", KeyActions::optOut),
            Map.entry("branch", DecisionActions::branch),
            Map.entry("goto", DecisionActions::jump),
            Map.entry("condition_variable", DecisionActions::conditionVariable),
            Map.entry("condition_datetime", DecisionActions::conditionDatetime),
            Map.entry("condition_call_digits", DecisionActions::conditionCallDigits),
            Map.entry("condition_call_status", DecisionActions::conditionCallStatus),
            Map.entry("variable_set", DecisionActions::variableSet),
            Map.entry("sleep", DecisionActions::sleep),
            Map.entry("hangup", DecisionActions::hangup),
            Map.entry("stop", options -> new DecisionAction.Stop()),
            Map.entry("empty", options -> new DecisionAction.Empty()),
            Map.entry("answer", options -> new CallAction.Answer()),
            Map.entry("connect", CallActions::connect),
            Map.entry("call", CallActions::placeCalls),
            Map.entry("confbridge_join", CallActions::joinConference),
            Map.entry("conference_join", CallActions::joinConference),
            Map.entry("recording_start", CallActions::recordingStart),
            Map.entry("recording_stop", options -> new CallAction.RecordingStop()),
            Map.entry("mute", CallActions::mute),
            Map.entry("echo", CallActions::echo),
            Map.entry("stream_echo", CallActions::streamEcho),
            Map.entry("amd", CallActions::detectMachine),
            Map.entry("wait_beep", CallActions::waitBeep),
            Map.entry("fetch", OutsideActions::fetch),
            Map.entry("fetch_flow", OutsideActions::fetchFlow),
            Map.entry("webhook_send", OutsideActions::webhookSend));

    /** Actions of VoIPBin that want services or machines which this engine has not. */
    private static final Set<String> OF_OTHERS = Set.of(
            "block",
            "external_media_start",
            "external_media_stop",
            "queue_join",
            "message_send",
            "email_send",
            "conversation_send",
            "transcribe_start",
            "transcribe_stop",
            "transcribe_recording",
            "ai_talk",
            "ai_task",
            "ai_summary",
            "case_create");

    private ActionTypes() {}

    static Set<String> words() {
        return READERS.keySet();
    }

    static Optional<Function<Options, FlowAction>> reader(String type) {
        return Optional.ofNullable(READERS.get(type));
    }

    /** Why there is no reader for this word. */
    static String whyNot(String type) {
        if (OF_OTHERS.contains(type)) return "this engine does not do " + Quoted.of(type);
        return "unknown action " + Quoted.of(type) + NearestWord.hint(words(), type);
    }
}
