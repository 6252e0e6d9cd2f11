package dev.outdial.server.facade.bandwidth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.http.json.JsonText;
import java.util.List;
import java.util.Optional;

/** What happened in a call as this API lists it. Pure. */
final class EventList {
    private EventList() {}

    static List<ObjectNode> of(List<CallEventRecord> events, CallRecord call) {
        return events.stream().flatMap(event -> json(event, call).stream()).toList();
    }

    private static Optional<ObjectNode> json(CallEventRecord event, CallRecord call) {
        JsonNode data = JsonText.ours(event.data());
        return switch (event.type()) {
            case "call.created" -> Optional.of(named(event, "create"));
            case "call.incoming" -> Optional.of(named(event, "incomingcall"));
            case "call.answered" -> Optional.of(named(event, "answer"));
            case "call.timeout" -> Optional.of(named(event, "timeout"));
            case "call.ended" -> Optional.of(named(event, "hangup").put("data", CallView.cause(call)));
            case "media.started" -> Optional.of(named(event, sound(data)).put("data", "start"));
            case "media.done" -> Optional.of(named(event, sound(data)).put("data", "done"));
            case "dtmf.received" ->
                Optional.of(named(event, "dtmf").put("data", data.path("digit").asText()));
            case "gather.done" ->
                Optional.of(
                        named(event, "gather").put("data", data.path("reason").asText()));
            case "recording.started" -> Optional.of(named(event, "recording").put("data", "start"));
            case "recording.done" -> Optional.of(named(event, "recording").put("data", "complete"));
            case "error" ->
                Optional.of(
                        named(event, "error").put("data", data.path("message").asText()));
            default -> Optional.empty();
        };
    }

    private static String sound(JsonNode data) {
        return data.path("kind").asText().equals("speech") ? "speak" : "playback";
    }

    private static ObjectNode named(CallEventRecord event, String name) {
        return JsonText.MAPPER
                .createObjectNode()
                .put("id", Ids.of(Ids.EVENT, event.id()))
                .put("time", CallViews.time(event.time()))
                .put("name", name);
    }
}
