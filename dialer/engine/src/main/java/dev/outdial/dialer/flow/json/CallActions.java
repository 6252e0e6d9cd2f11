package dev.outdial.dialer.flow.json;

import dev.outdial.dialer.detect.MachineDetection;
import dev.outdial.dialer.digits.Digits;
import dev.outdial.dialer.flow.CallAction.Anonymous;
import dev.outdial.dialer.flow.CallAction.Connect;
import dev.outdial.dialer.flow.CallAction.DetectMachine;
import dev.outdial.dialer.flow.CallAction.Echo;
import dev.outdial.dialer.flow.CallAction.FlowSource;
import dev.outdial.dialer.flow.CallAction.JoinConference;
import dev.outdial.dialer.flow.CallAction.Mute;
import dev.outdial.dialer.flow.CallAction.PlaceCalls;
import dev.outdial.dialer.flow.CallAction.RecordingStart;
import dev.outdial.dialer.flow.CallAction.StreamEcho;
import dev.outdial.dialer.flow.CallAction.WaitBeep;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.record.RecordingFormat;
import dev.outdial.dialer.sound.SoundDirection;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what is done with the call itself, and with others. */
final class CallActions {
    private static final int USUAL_ECHO_MILLIS = 180_000;
    private static final Map<String, Anonymous> ANONYMOUS =
            Map.of("yes", Anonymous.YES, "no", Anonymous.NO, "auto", Anonymous.AUTO);
    private static final Map<String, SoundDirection> DIRECTIONS =
            Map.of("both", SoundDirection.BOTH, "in", SoundDirection.INCOMING, "out", SoundDirection.OUTGOING);
    private static final Map<String, RecordingFormat> FORMATS = Map.of(
            "wav", RecordingFormat.PCM,
            "pcm", RecordingFormat.PCM,
            "ulaw", RecordingFormat.ULAW,
            "alaw", RecordingFormat.ALAW);
    private static final Set<String> FORMATS_OF_OTHERS = Set.of("mp3", "ogg");

    private CallActions() {}

    static Connect connect(Options options) {
        return new Connect(
                Addresses.source(options),
                Addresses.destinations(options),
                options.flag("early_media", false),
                options.flag("relay_reason", false),
                anonymous(options));
    }

    static PlaceCalls placeCalls(Options options) {
        return new PlaceCalls(
                Addresses.source(options),
                Addresses.destinations(options),
                flow(options),
                options.flag("chained", false),
                options.flag("early_execution", false),
                anonymous(options));
    }

    private static Anonymous anonymous(Options options) {
        return options.word("anonymous", Anonymous.AUTO, ANONYMOUS);
    }

    /** Of a flow id and actions the id counts, as with VoIPBin. */
    private static FlowSource flow(Options options) {
        Optional<String> stored = options.id("flow_id");
        boolean written = options.has("actions");
        if (stored.isEmpty() && !written) options.error("actions", "actions, or a flow_id, are expected here");
        List<dev.outdial.dialer.flow.FlowStep> steps = Steps.read(options, "actions");
        if (stored.isPresent()
                && written
                && !options.raw("actions").orElseThrow().isEmpty()) {
            options.warning("actions", "these are not carried out: the flow_id beside them counts");
        }
        return stored.<FlowSource>map(FlowSource.Stored::new)
                .orElseGet(() -> new FlowSource.Inline(new Flow("", steps)));
    }

    static JoinConference joinConference(Options options) {
        return new JoinConference(options.requiredText(options.spelling("confbridge_id", "conference_id")));
    }

    static RecordingStart recordingStart(Options options) {
        return new RecordingStart(
                format(options),
                seconds(options, "end_of_silence"),
                endKeys(options),
                seconds(options, "duration"),
                options.flag("beep_start", false),
                options.id("on_end_flow_id"));
    }

    private static RecordingFormat format(Options options) {
        String typed = options.written("format").orElse("").strip().toLowerCase(Locale.ROOT);
        if (FORMATS_OF_OTHERS.contains(typed)) {
            options.error("format", "this engine does not record " + typed + ": wav, ulaw or alaw is expected");
            return RecordingFormat.PCM;
        }
        return options.word("format", RecordingFormat.PCM, FORMATS);
    }

    private static Duration seconds(Options options, String key) {
        return Duration.ofMillis(Math.round(options.decimal(key, 0, 0, 86_400) * 1000));
    }

    private static String endKeys(Options options) {
        String typed = options.written("end_of_key").orElse("").strip();
        return switch (typed) {
            case "none" -> "";
            case "any" -> Digits.ALL_KEYS;
            default -> KeyActions.keysOrVariable(options, "end_of_key");
        };
    }

    static Mute mute(Options options) {
        return new Mute(options.word("direction", SoundDirection.BOTH, DIRECTIONS), isOn(options));
    }

    private static boolean isOn(Options options) {
        if (options.raw("state").map(state -> state.isBoolean()).orElse(false)) return options.flag("state", true);
        return options.word("state", true, Map.of("on", true, "off", false, "true", true, "false", false));
    }

    static Echo echo(Options options) {
        return new Echo(echoTime(options));
    }

    static StreamEcho streamEcho(Options options) {
        return new StreamEcho(echoTime(options));
    }

    private static Duration echoTime(Options options) {
        Duration time = options.millis("duration", USUAL_ECHO_MILLIS, 0, Options.DAY_MILLIS);
        return time.isZero() ? Duration.ofMillis(USUAL_ECHO_MILLIS) : time;
    }

    static DetectMachine detectMachine(Options options) {
        return new DetectMachine(
                detection(options),
                options.word("machine_handle", false, Map.of("hangup", true, "continue", false)),
                options.flag("async", false));
    }

    /** What is not said is as everywhere in this engine; those values were measured. */
    private static MachineDetection detection(Options options) {
        MachineDetection usual = MachineDetection.DEFAULT;
        int greeting = options.whole("greeting", usual.longestGreetingMillis(), 100, 60_000);
        int silence = options.whole("after_greeting_silence", usual.afterGreetingSilenceMillis(), 100, 60_000);
        return new MachineDetection(
                options.whole("initial_silence", usual.initialSilenceMillis(), 100, 60_000),
                Math.min(greeting, usual.greetingMillis()),
                greeting,
                silence,
                Math.max(silence, usual.afterLongGreetingSilenceMillis()),
                options.whole("total", usual.totalMillis(), 500, 120_000),
                options.whole("min_word", usual.minWordMillis(), 10, 1000),
                options.whole("between_words", usual.betweenWordsMillis(), 10, 1000),
                options.whole("max_words", usual.maxWords(), 1, 1000),
                options.whole("silence_threshold", usual.silenceThreshold(), 1, 32_767),
                usual.messageSilenceMillis(),
                usual.longestMessageMillis(),
                usual.earlyMedia());
    }

    static WaitBeep waitBeep(Options options) {
        return new WaitBeep(options.millis("duration", 60_000, 1000, 600_000));
    }
}
