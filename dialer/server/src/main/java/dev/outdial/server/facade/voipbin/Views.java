package dev.outdial.server.facade.voipbin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.AccessKeyRecord;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.FlowRecord;
import dev.outdial.server.calls.GroupcallRecord;
import dev.outdial.server.calls.NumberRecord;
import dev.outdial.server.calls.RecordingRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Everything as VoIPBin shows it: what any of its versions has. Pure. */
final class Views {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Times times;

    Views(Times times) {
        this.times = times;
    }

    ObjectNode call(CallRecord call) {
        String bridge = bridge(call);
        ObjectNode json = NODES.objectNode()
                .put("id", call.id())
                .put("user_id", Ids.userId(call.account()))
                .put("customer_id", Ids.orNone(call.account()))
                .put("owner_type", "")
                .put("owner_id", Ids.NONE)
                .put("flow_id", flowId(call))
                .put("activeflow_id", Ids.orNone(call.activeflowId()))
                .put("conf_id", bridge)
                .put("confbridge_id", bridge)
                .put("type", "flow")
                .put("master_call_id", Ids.orNone(call.masterCallId()));
        texts(json.putArray("chained_call_ids"), call.chainedCallIds());
        json.put("recording_id", Ids.NONE);
        texts(json.putArray("recording_ids"), call.recordingIds());
        json.put("groupcall_id", Ids.orNone(call.groupcallId()));
        json.set("source", Addresses.json(call.from()));
        json.set("destination", Addresses.json(call.to()));
        json.put("status", status(call.status()));
        json.set("action", Actions.current(call.currentAction(), call.plan()));
        json.put("direction", call.direction())
                .put("mute_direction", "")
                .put("hangup_by", call.hangupBy())
                .put("hangup_reason", call.hangupReason());
        json.putObject("metadata");
        json.put("tm_create", Times.text(call.created()));
        times.put(json, "tm_update", call.updated().equals(call.created()) ? Optional.empty() : of(call.updated()));
        times.put(json, "tm_progressing", call.answered());
        times.put(json, "tm_ringing", call.ringing());
        times.put(json, "tm_hangup", call.ended());
        times.put(json, "tm_delete", Optional.empty());
        return json;
    }

    /** Where it talks with another: a bridge, or what connects it with the call that its flow has connected it with. */
    private static String bridge(CallRecord call) {
        if (!call.bridgeId().isEmpty() || call.status() == CallStatus.HANGUP) return Ids.orNone(call.bridgeId());
        if (Actions.current(call.currentAction(), call.plan())
                .path("type")
                .asText()
                .equals("connect")) {
            return Ids.made("connect", call.id());
        }
        // Who was placed besides runs a flow of its own.
        boolean isConnected = !call.masterCallId().isEmpty()
                && call.status() == CallStatus.PROGRESSING
                && call.plan() instanceof CallPlan.Park
                && call.activeflowId().isEmpty();
        return isConnected ? Ids.made("connect", call.masterCallId()) : Ids.NONE;
    }

    /** Its flow; that of actions of its own has an id that the call alone knows. */
    static String flowId(CallRecord call) {
        return call.plan() instanceof CallPlan.StoredFlow(String flowId) ? flowId : Ids.orNone(call.tag());
    }

    private static String status(CallStatus status) {
        return status == CallStatus.QUEUED ? CallStatus.DIALING.word() : status.word();
    }

    private static Optional<Instant> of(Instant time) {
        return Optional.of(time);
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    /** @param callIds those that were dialled */
    ObjectNode groupcall(GroupcallRecord group, List<String> callIds) {
        GroupWish wish = GroupWish.read(group);
        ObjectNode json = NODES.objectNode()
                .put("id", group.id())
                .put("customer_id", Ids.orNone(group.account()))
                .put("owner_type", "")
                .put("owner_id", Ids.NONE)
                .put("status", group.status().equals("dialing") ? "progressing" : group.status())
                .put("flow_id", Ids.orNone(wish.flowId()));
        json.set("source", wish.source());
        json.set("destinations", wish.destinations());
        json.put("master_call_id", Ids.NONE)
                .put("master_groupcall_id", Ids.NONE)
                .put("ring_method", wish.ringMethod())
                .put("answer_method", wish.answerMethod())
                .put("answer_call_id", Ids.orNone(group.answerCallId()));
        texts(json.putArray("call_ids"), callIds);
        json.put("answer_groupcall_id", Ids.NONE);
        json.putArray("groupcall_ids");
        json.put("call_count", callIds.size()).put("groupcall_count", 0).put("dial_index", callIds.size() - 1);
        json.put("tm_create", Times.text(group.created()));
        times.put(json, "tm_update", group.ended());
        times.put(json, "tm_delete", Optional.empty());
        return json;
    }

    ObjectNode flow(FlowRecord flow) {
        ObjectNode json = NODES.objectNode()
                .put("id", flow.id())
                .put("customer_id", Ids.orNone(flow.account()))
                .put("type", "flow")
                .put("name", FlowNames.shown(flow.name()))
                .put("detail", flow.detail())
                .put("on_complete_flow_id", Ids.orNone(flow.onCompleteFlowId()));
        json.set("actions", CallViews.stored(flow.actions()));
        kept(json, flow.created(), flow.updated());
        return json;
    }

    private void kept(ObjectNode json, Instant created, Instant updated) {
        json.put("tm_create", Times.text(created));
        times.put(json, "tm_update", updated.equals(created) ? Optional.empty() : of(updated));
        times.put(json, "tm_delete", Optional.empty());
    }

    ObjectNode number(NumberRecord number) {
        ObjectNode json = NODES.objectNode()
                .put("id", number.id())
                .put("customer_id", Ids.orNone(number.account()))
                .put("number", number.e164())
                .put("type", "normal")
                .put("call_flow_id", Ids.orNone(number.flowId()))
                .put("message_flow_id", Ids.NONE)
                .put("name", "")
                .put("detail", "")
                .put("status", "active");
        kept(json, number.created(), number.updated());
        return json;
    }

    /** @param token the whole key, where it has just been made; empty otherwise */
    ObjectNode accessKey(AccessKeyRecord key, String token) {
        ObjectNode json = NODES.objectNode()
                .put("id", key.id())
                .put("customer_id", Ids.orNone(key.account()))
                .put("name", key.name())
                .put("detail", "")
                .put("token_prefix", key.prefix());
        if (!token.isEmpty()) json.put("token", token);
        times.put(json, "tm_expire", key.expires());
        kept(json, key.created(), key.created());
        return json;
    }

    ObjectNode recording(RecordingRecord recording) {
        ObjectNode json = NODES.objectNode()
                .put("id", recording.id())
                .put("customer_id", Ids.orNone(recording.account()))
                .put("type", "call")
                .put("reference_type", "call")
                .put("reference_id", recording.callId())
                .put("status", recording.status())
                .put("format", recording.format())
                .put("recording_name", "call_" + recording.callId());
        texts(json.putArray("filenames"), List.of(recording.id() + "." + recording.format()));
        json.put("duration_ms", recording.durationMillis()).put("size", recording.byteLength());
        times.put(json, "tm_start", of(recording.started()));
        times.put(json, "tm_end", recording.ended());
        kept(json, recording.started(), recording.ended().orElse(recording.started()));
        return json;
    }

    /** The run of a flow in a call. */
    ObjectNode activeflow(CallRecord call) {
        boolean isOver = call.status() == CallStatus.HANGUP;
        ObjectNode json = NODES.objectNode()
                .put("id", call.activeflowId())
                .put("customer_id", Ids.orNone(call.account()))
                .put("flow_id", flowId(call))
                .put("status", isOver ? "ended" : "running")
                .put("reference_type", "call")
                .put("reference_id", call.id());
        json.set("current_action", Actions.current(call.currentAction(), call.plan()));
        kept(json, call.created(), call.updated());
        return json;
    }
}
