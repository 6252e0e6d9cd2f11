package dev.outdial.server.facade.voipbin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.Callbacks;
import dev.outdial.server.calls.GroupcallRecord;
import dev.outdial.server.calls.NewGroupcall.AnswerMethod;
import dev.outdial.server.calls.NewGroupcall.RingMethod;
import dev.outdial.server.http.json.JsonText;
import dev.outdial.server.webhook.Profile;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events as VoIPBin tells them to its customers: {@code {"type": ..., "data": ...}}, three tries a second apart. Pure. */
public final class VoipbinProfile implements Profile {
    private static final String JSON = "application/json";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Made once for all. */
    public VoipbinProfile() {}

    @Override
    public List<Message> messages(CallEventRecord event, Optional<CallRecord> call, Callbacks to) {
        return type(event.type())
                .flatMap(type ->
                        data(event, call, new Views(Times.of(to.extra()))).map(data -> message(type, data, to)))
                .stream()
                .toList();
    }

    private static Message message(String type, ObjectNode data, Callbacks to) {
        if (to.method().equals("GET")) {
            String query = "type=" + type + "&data=" + URLEncoder.encode(JsonText.write(data), StandardCharsets.UTF_8);
            return new Message("GET", to.url() + (to.url().contains("?") ? "&" : "?") + query, "", "", Map.of());
        }
        ObjectNode json = NODES.objectNode().put("type", type);
        json.set("data", data);
        return new Message("POST", to.url(), JSON, JsonText.write(json), Map.of());
    }

    /** Its word; empty for what it does not tell. */
    static Optional<String> type(String type) {
        return switch (type) {
            case "call.created" -> Optional.of("call_created");
            case "call.updated" -> Optional.of("call_updated");
            case "call.deleted" -> Optional.of("call_deleted");
            case "call.dialing" -> Optional.of("call_dialing");
            case "call.ringing" -> Optional.of("call_ringing");
            case "call.answered" -> Optional.of("call_progressing");
            case "call.terminating" -> Optional.of("call_terminating");
            case "call.canceling" -> Optional.of("call_canceling");
            case "call.ended" -> Optional.of("call_hangup");
            case "groupcall.created" -> Optional.of("groupcall_created");
            case "groupcall.answered" -> Optional.of("groupcall_progressing");
            case "groupcall.ended" -> Optional.of("groupcall_hangup");
            case "recording.started" -> Optional.of("recording_started");
            case "recording.done" -> Optional.of("recording_finished");
            case "flow.started" -> Optional.of("activeflow_created");
            case "action.started" -> Optional.of("activeflow_updated");
            case "flow.ended" -> Optional.of("activeflow_deleted");
            case "dtmf.received" -> Optional.of("dtmf_received");
            default -> Optional.empty();
        };
    }

    private static Optional<ObjectNode> data(CallEventRecord event, Optional<CallRecord> call, Views views) {
        JsonNode told = CallViews.stored(event.data());
        String type = event.type();
        if (type.startsWith("groupcall.")) return Optional.of(groupcall(event, told, views));
        if (call.isEmpty()) return Optional.empty();
        if (type.startsWith("call.")) return Optional.of(call(call.get(), told, views));
        if (type.startsWith("recording.")) return Optional.of(recording(call.get(), event, told));
        if (type.equals("dtmf.received")) {
            return Optional.of(NODES.objectNode()
                    .put("call_id", call.get().id())
                    .put("digit", told.path("digit").asText())
                    .put("duration", told.path("duration_ms").asLong()));
        }
        ObjectNode run = views.activeflow(call.get());
        run.put("id", told.path("activeflow_id").asText());
        if (type.equals("flow.ended")) run.put("status", "ended");
        return Optional.of(run);
    }

    private static ObjectNode call(CallRecord call, JsonNode told, Views views) {
        ObjectNode json = views.call(call);
        if (told.has("muted")) json.put("mute_direction", told.path("muted").asText());
        return json;
    }

    private static ObjectNode groupcall(CallEventRecord event, JsonNode told, Views views) {
        List<String> ids = new ArrayList<>();
        told.path("call_ids").forEach(id -> ids.add(id.asText()));
        var group = new GroupcallRecord(
                told.path("id").asText(),
                event.account(),
                told.path("status").asText(),
                RingMethod.valueOf(told.path("ring_method").asText("RING_ALL")),
                AnswerMethod.valueOf(told.path("answer_method").asText("KEEP")),
                told.path("answer_call_id").asText(),
                ids,
                told.path("tag").asText(),
                event.time(),
                told.path("t_end").isTextual()
                        ? Optional.of(Instant.parse(told.path("t_end").asText()))
                        : Optional.empty());
        return views.groupcall(group, ids);
    }

    private static ObjectNode recording(CallRecord call, CallEventRecord event, JsonNode told) {
        boolean isOver = event.type().equals("recording.done");
        ObjectNode json = NODES.objectNode()
                .put("id", told.path("recording_id").asText())
                .put("customer_id", Ids.orNone(call.account()))
                .put("type", "call")
                .put("reference_type", "call")
                .put("reference_id", call.id())
                .put("status", isOver ? "ended" : "recording")
                .put("format", "wav");
        if (isOver) json.put("duration_ms", told.path("duration_ms").asLong());
        return json.put("tm_update", Times.text(event.time()));
    }

    @Override
    public Manner manner() {
        return Manner.THREE_UNLESS_ANSWERED;
    }
}
