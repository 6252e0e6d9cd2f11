package dev.outdial.server.facade.bandwidth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.Callbacks;
import dev.outdial.server.http.json.JsonText;
import dev.outdial.server.webhook.Profile;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The events of a call as this API tells them: as JSON by POST, or in the query by GET; once, and once more at the fallback. */
public final class BandwidthProfile implements Profile {
    /** What callbacks name it by. */
    public static final String NAME = "bandwidth";

    private static final Map<String, String> HEADERS = Map.of("User-Agent", "BandwidthAPI/v1");

    @Override
    public List<Message> messages(CallEventRecord event, Optional<CallRecord> call, Callbacks to) {
        return call.flatMap(known -> json(event, known, to)).stream()
                .map(json -> message(json, to))
                .toList();
    }

    @Override
    public Manner manner() {
        return Manner.ONCE_AND_FALLBACK;
    }

    private static Message message(ObjectNode json, Callbacks to) {
        if (!to.method().toUpperCase(Locale.ROOT).equals("GET")) {
            return new Message("POST", to.url(), "application/json; charset=utf-8", JsonText.write(json), HEADERS);
        }
        return new Message("GET", asked(to.url(), json), "", "", HEADERS);
    }

    /** The address with each field in its query. */
    static String asked(String url, ObjectNode json) {
        String query = json.properties().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8)
                        + "="
                        + URLEncoder.encode(field.getValue().asText(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return url + (url.contains("?") ? "&" : "?") + query;
    }

    private static Optional<ObjectNode> json(CallEventRecord event, CallRecord call, Callbacks to) {
        JsonNode data = JsonText.ours(event.data());
        JsonNode extra = to.extra().isEmpty() ? JsonText.MAPPER.createObjectNode() : JsonText.ours(to.extra());
        String base = extra.path("base").asText();
        String id = Ids.of(Ids.CALL, call.id());
        ObjectNode json = JsonText.MAPPER.createObjectNode();
        boolean isTold = switch (event.type()) {
            case "call.incoming" -> {
                parties(json.put("eventType", "incomingcall"), call)
                        .put("callState", "active")
                        .put("applicationId", application(data));
                yield true;
            }
            case "call.answered" -> {
                parties(json.put("eventType", "answer"), call).put("callState", "active");
                yield true;
            }
            case "call.timeout" -> {
                parties(json.put("eventType", "timeout"), call);
                yield true;
            }
            case "call.ended" -> {
                parties(json.put("eventType", "hangup"), call)
                        .put("callState", "completed")
                        .put("cause", CallView.cause(call));
                yield true;
            }
            case "media.started" -> sound(json, data, true);
            case "media.done" -> sound(json, data, false);
            case "dtmf.received" -> {
                json.put("eventType", "dtmf")
                        .put("dtmfDigit", data.path("digit").asText());
                yield true;
            }
            case "gather.done" -> gathered(json, data);
            case "recording.done" -> recorded(json, data, event, base);
            default -> false;
        };
        if (!isTold) return Optional.empty();
        json.put("callId", id).put("callUri", base + "/calls/" + id).put("time", CallViews.time(event.time()));
        if (!json.has("tag") && !call.tag().isEmpty()) json.put("tag", call.tag());
        return Optional.of(json);
    }

    private static String application(JsonNode data) {
        String id = data.path("application_id").asText();
        return id.isEmpty() ? "" : Ids.of(Ids.APPLICATION, id);
    }

    private static ObjectNode parties(ObjectNode json, CallRecord call) {
        return json.put("from", call.from().target()).put("to", call.to().target());
    }

    private static boolean sound(ObjectNode json, JsonNode data, boolean begins) {
        String status = begins ? "started" : "done";
        if (data.path("kind").asText().equals("speech")) {
            json.put("eventType", "speak")
                    .put("status", status)
                    .put("state", begins ? "PLAYBACK_START" : "PLAYBACK_STOP");
        } else {
            json.put("eventType", "playback").put("status", status);
        }
        tag(json, data);
        return true;
    }

    private static boolean gathered(ObjectNode json, JsonNode data) {
        String id = data.path("gather_id").asText();
        if (id.isEmpty()) return false;
        json.put("eventType", "gather")
                .put("gatherId", Ids.of(Ids.GATHER, id))
                .put("state", "completed")
                .put("digits", data.path("digits").asText())
                .put("reason", data.path("reason").asText());
        tag(json, data);
        return true;
    }

    private static boolean recorded(ObjectNode json, JsonNode data, CallEventRecord event, String base) {
        String id = Ids.of(Ids.RECORDING, data.path("recording_id").asText());
        String state = data.path("reason").asText().equals("failed") ? "error" : "complete";
        json.put("eventType", "recording")
                .put("recordingId", id)
                .put("recordingUri", base + "/recordings/" + id)
                .put("state", state)
                .put("status", state)
                .put(
                        "startTime",
                        CallViews.time(event.time()
                                .minusMillis(data.path("duration_ms").asLong())))
                .put("endTime", CallViews.time(event.time()));
        return true;
    }

    private static void tag(ObjectNode json, JsonNode data) {
        String tag = data.path("tag").asText();
        if (!tag.isEmpty()) json.put("tag", tag);
    }
}
