package dev.outdial.server.calls;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A call as JSON: the same in answers and in events. */
public final class CallViews {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper STORED = new ObjectMapper();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private CallViews() {}

    /** ISO 8601, UTC, milliseconds. */
    public static String time(Instant time) {
        return TIME.format(time);
    }

    /** The same; null where empty. */
    public static JsonNode time(Optional<Instant> time) {
        return time.<JsonNode>map(known -> NODES.textNode(time(known))).orElseGet(NODES::nullNode);
    }

    /** An address. */
    public static ObjectNode json(Address address) {
        return NODES.objectNode()
                .put("type", address.type().name().toLowerCase(Locale.ROOT))
                .put("target", address.target())
                .put("name", address.name());
    }

    /** A call. */
    public static ObjectNode json(CallRecord call) {
        ObjectNode json = NODES.objectNode()
                .put("id", call.id())
                .put("account", call.account())
                .put("origin", call.origin())
                .put("direction", call.direction());
        json.set("from", json(call.from()));
        json.set("to", json(call.to()));
        json.put("trunk", call.trunk())
                .put("sip_call_id", call.sipCallId())
                .put("status", call.status().word())
                .put("early_media", call.earlyMedia())
                .put("attempts", call.attempts())
                .put("outcome", call.outcome())
                .put("hangup_by", call.hangupBy())
                .put("hangup_reason", call.hangupReason());
        json.set("sip_code", number(call.sipCode()));
        json.put("sip_phrase", call.sipPhrase());
        json.set("q850", number(call.q850()));
        json.put("cause", call.cause());
        plan(json, call.plan());
        json.put("activeflow_id", call.activeflowId())
                .put("current_action", call.currentAction())
                .put("groupcall_id", call.groupcallId())
                .put("bridge_id", call.bridgeId())
                .put("master_call_id", call.masterCallId());
        json.set("chained_call_ids", texts(call.chainedCallIds()));
        json.put("digits_all", call.digitsAll());
        json.set("recordings", texts(call.recordingIds()));
        json.put("codec", call.codec());
        json.set("rtp_stats", stored(call.rtp()));
        json.set(
                "timeouts",
                NODES.objectNode()
                        .put("ring_s", call.ringMillisLimit() / 1000.0)
                        .put("max_duration_s", call.durationMillisLimit() / 1000.0));
        json.set("schedule", json(call.schedule()));
        wishes(json, call);
        json.put("t_create", time(call.created()));
        json.set("t_invite", time(call.invited()));
        json.set("t_ringing", time(call.ringing()));
        json.set("t_answer", time(call.answered()));
        json.set("t_end", time(call.ended()));
        return json.put("t_update", time(call.updated()));
    }

    private static void wishes(ObjectNode json, CallRecord call) {
        json.put("tag", call.tag());
        json.set("metadata", stored(call.metadata()));
        json.set("variables", map(call.variables()));
        json.set("headers", map(call.headers()));
        json.put("anonymous", call.anonymous())
                .put("record", call.record())
                .put("detect_machine", call.detectMachine());
        json.set("callbacks", call.callbacks().<JsonNode>map(CallViews::json).orElseGet(NODES::nullNode));
    }

    private static void plan(ObjectNode json, CallPlan plan) {
        json.put("flow_id", plan instanceof CallPlan.StoredFlow flow ? flow.flowId() : "");
        switch (plan) {
            case CallPlan.InlineFlow flow -> json.set("actions", stored(flow.actions()));
            case CallPlan.Play play -> json.set("play", texts(play.urls()));
            case CallPlan.Say say ->
                json.set(
                        "say",
                        NODES.objectNode()
                                .put("text", say.text())
                                .put("language", say.language())
                                .put("voice", say.voice()));
            case CallPlan.StoredFlow flow -> {}
            case CallPlan.Park park -> {}
        }
    }

    private static ObjectNode json(Schedule schedule) {
        ObjectNode json = NODES.objectNode();
        json.set("not_before", time(schedule.notBefore()));
        json.set(
                "window",
                schedule.window()
                        .<JsonNode>map(window -> {
                            ObjectNode times = NODES.objectNode()
                                    .put("from", window.from().toString())
                                    .put("to", window.to().toString());
                            window.zone().ifPresent(zone -> times.put("zone", zone));
                            return times;
                        })
                        .orElseGet(NODES::nullNode));
        json.put("priority", schedule.priority()).put("retries", schedule.retries());
        json.set("give_up_at", time(schedule.giveUpAt()));
        return json;
    }

    private static ObjectNode json(Callbacks callbacks) {
        return NODES.objectNode()
                .put("url", UrlPassword.masked(callbacks.url()))
                .put("method", callbacks.method())
                .put("timeout_ms", callbacks.timeout().toMillis())
                .put("fallback_url", UrlPassword.masked(callbacks.fallbackUrl()))
                .put("profile", callbacks.profile());
    }

    /** What is stored as JSON text; null where it is empty. */
    public static JsonNode stored(String text) {
        if (text.isEmpty()) return NODES.nullNode();
        try {
            return STORED.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored JSON cannot be read", e);
        }
    }

    private static JsonNode number(OptionalInt number) {
        return number.isPresent() ? NODES.numberNode(number.getAsInt()) : NODES.nullNode();
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode array = NODES.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    private static ObjectNode map(Map<String, String> map) {
        ObjectNode json = NODES.objectNode();
        map.forEach(json::put);
        return json;
    }
}
