package dev.outdial.server.calls.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.flow.machine.FlowHappening;
import dev.outdial.dialer.outcome.CallOutcome;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hears what the engine tells of one call and its flow, and has it written. Its end is told when flow and call are over, so that nothing comes
 * after it.
 *
 * <p><b>Threading:</b> the engine's listeners: one for the call and one for the flow.
 */
final class Ears {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern UUID_AT_END = Pattern.compile("([0-9a-f-]{36})\\.wav$");

    private final LiveCall live;
    private final Optional<String> runId;
    private final String flowId;
    private final Consumer<Change> written;
    private final Consumer<CallOutcome> ended;
    private final Consumer<LiveCall> whenAnswered;
    private final AtomicReference<Optional<CallOutcome>> outcome = new AtomicReference<>(Optional.empty());
    private volatile boolean flowBegan;
    private volatile boolean flowOver;

    /**
     * @param runId of its flow, where it has one
     * @param whenAnswered called on the listener's thread
     */
    Ears(
            LiveCall live,
            Optional<String> runId,
            String flowId,
            Consumer<Change> written,
            Consumer<CallOutcome> ended,
            Consumer<LiveCall> whenAnswered) {
        this.live = live;
        this.runId = runId;
        this.flowId = flowId;
        this.written = written;
        this.ended = ended;
        this.whenAnswered = whenAnswered;
    }

    void hear(CallEvent event) {
        switch (event) {
            case CallEvent.Sent sent -> written.accept(new Change.Sent());
            case CallEvent.Ringing ringing ->
                written.accept(new Change.Ringing(ringing.status(), ringing.earlyMedia()));
            case CallEvent.Answered answered -> {
                live.answered();
                written.accept(new Change.Answered(answered.codec(), answered.encrypted()));
                whenAnswered.accept(live);
            }
            case CallEvent.DigitPressed key ->
                tell(
                        "dtmf.received",
                        NODES.objectNode()
                                .put("digit", String.valueOf(key.digit()))
                                .put("duration_ms", key.durationMillis())
                                .put("method", method(key)));
            case CallEvent.ToneHeard tone ->
                tell(
                        "call.updated",
                        NODES.objectNode()
                                .put("tone", word(tone.kind()))
                                .put("early", tone.early())
                                .put("duration_ms", tone.durationMillis()));
            case CallEvent.Played played -> played(played);
            case CallEvent.RecordingFailed failed -> error("recording", failed.why());
            case CallEvent.RecordingEnded over -> recorded(over);
            case CallEvent.HeldByFarEnd held ->
                tell("call.updated", NODES.objectNode().put("held_by_far_end", held.held()));
            case CallEvent.Transferring transfer ->
                tell(
                        "call.updated",
                        NODES.objectNode()
                                .put("transfer_sip_code", transfer.status())
                                .put("transfer_last", transfer.last()));
            case CallEvent.Detour detour ->
                tell(
                        "call.updated",
                        NODES.objectNode()
                                .put("failed_outcome", detour.failed().kind().word())
                                .put("sip_call_id", detour.callId()));
            case CallEvent.Retrying retrying ->
                tell(
                        "call.updated",
                        NODES.objectNode()
                                .put("failed_outcome", retrying.failed().kind().word())
                                .put("sip_call_id", retrying.callId()));
            case CallEvent.MachineDetected detected ->
                tell(
                        "amd.result",
                        NODES.objectNode()
                                .put("result", word(detected.verdict()))
                                .put("cause", word(detected.evidence().decidedBy())));
            case CallEvent.GreetingEnded greeting ->
                tell(
                        "amd.result",
                        NODES.objectNode()
                                .put("result", "greeting-ended")
                                .put("cause", word(greeting.how()))
                                .put("beep_ms", greeting.beepMillis()));
            case CallEvent.GatherEnded over ->
                written.accept(new Change.GatherOver(
                        live.gathering().getAndSet(""),
                        over.result().digits(),
                        over.result().reason().word(),
                        over.result().tag().orElse("")));
            case CallEvent.Ended end -> over(end.outcome());
        }
    }

    /** The call is over; more than one may say so. */
    void over(CallOutcome how) {
        boolean isFirst = outcome.compareAndSet(Optional.empty(), Optional.of(how));
        if (isFirst && (runId.isEmpty() || flowOver)) ended.accept(how);
    }

    void hear(FlowHappening happening) {
        String run = runId.orElse("");
        switch (happening) {
            case FlowHappening.Started started -> {
                flowBegan = true;
                written.accept(new Change.FlowBegan(run, flowId));
            }
            case FlowHappening.StepStarted step -> {
                written.accept(new Change.StepBegan(run, step.stepId(), step.type()));
                sounds(step);
            }
            case FlowHappening.StepFailed failed -> error(failed.stepId(), failed.why());
            case FlowHappening.RecordingStarted recording -> {
                live.recordingIds().put(recording.file(), recording.recordingId());
                written.accept(new Change.RecordingBegan(
                        recording.recordingId(), recording.file().toString()));
            }
            case FlowHappening.Jumped jumped -> {}
            case FlowHappening.Detected detected -> {}
            case FlowHappening.OptedOut opted ->
                tell("call.updated", NODES.objectNode().put("do_not_call", true));
            case FlowHappening.Ended end -> {
                if (flowBegan) {
                    written.accept(new Change.FlowOver(run, word(end.end()), end.why()));
                }
                flowOver = true;
                outcome.get().ifPresent(ended);
            }
        }
    }

    private void sounds(FlowHappening.StepStarted step) {
        String kind = switch (step.type()) {
            case "talk" -> "speech";
            case "play", "beep" -> "file";
            default -> "";
        };
        if (kind.isEmpty()) return;
        var unused = live.sounds(new LiveCall.Sounding(kind, "", step.stepId()));
        tell("media.started", NODES.objectNode().put("kind", kind).put("action_id", step.stepId()));
    }

    private void played(CallEvent.Played played) {
        LiveCall.Sounding what = live.sounding();
        String reason = played.whole() ? "end" : live.isReplaced() ? "replaced" : "stopped";
        tell(
                "media.done",
                NODES.objectNode()
                        .put("kind", what.kind())
                        .put("what", what.what())
                        .put("action_id", what.actionId())
                        .put("reason", reason)
                        .put("duration_ms", played.millis()));
    }

    private void recorded(CallEvent.RecordingEnded over) {
        // The call may tell of its end before the flow tells that it began: what is known already begins once.
        String id = live.recordingIds().getOrDefault(over.file(), idOf(over.file()));
        if (live.recordingIds().putIfAbsent(over.file(), id) == null) {
            written.accept(new Change.RecordingBegan(id, over.file().toString()));
        }
        written.accept(new Change.RecordingOver(
                id,
                over.file().toString(),
                word(over.result().reason()),
                over.result().length().toMillis(),
                over.result().bytes()));
    }

    private static String idOf(Path file) {
        Matcher named = UUID_AT_END.matcher(file.toString());
        return named.find() ? named.group(1) : UUID.randomUUID().toString();
    }

    private void error(String where, String message) {
        tell("error", NODES.objectNode().put("where", where).put("message", message));
    }

    private void tell(String type, ObjectNode data) {
        written.accept(new Change.Told(type, data.toString()));
    }

    private static String method(CallEvent.DigitPressed key) {
        return switch (key.source()) {
            case TELEPHONE_EVENT -> "rfc4733";
            case INFO -> "info";
            case IN_BAND -> "inband";
        };
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
