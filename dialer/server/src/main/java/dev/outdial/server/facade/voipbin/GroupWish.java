package dev.outdial.server.facade.voipbin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.GroupcallRecord;
import dev.outdial.server.http.json.JsonText;

/**
 * What was asked for with a group of calls, as VoIPBin shows it; kept in the group's tag.
 *
 * @param source an address; null where unknown
 * @param destinations an array of addresses
 */
record GroupWish(JsonNode source, JsonNode destinations, String flowId, String ringMethod, String answerMethod) {
    String tag() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("flow_id", flowId)
                .put("ring_method", ringMethod)
                .put("answer_method", answerMethod);
        json.set("source", source);
        json.set("destinations", destinations);
        return JsonText.write(json);
    }

    /** Of a group that was made here or by another API. */
    static GroupWish read(GroupcallRecord group) {
        JsonNode json = group.tag().startsWith("{") ? tag(group.tag()) : JsonNodeFactory.instance.objectNode();
        return new GroupWish(
                json.path("source").isObject() ? json.path("source") : JsonNodeFactory.instance.nullNode(),
                json.path("destinations").isArray() ? json.path("destinations") : JsonNodeFactory.instance.arrayNode(),
                json.path("flow_id").asText(""),
                json.path("ring_method").asText(word(group.ringMethod())),
                json.path("answer_method").asText(word(group.answerMethod())));
    }

    private static String word(Enum<?> one) {
        return one.name().equals("KEEP") ? "" : one.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static JsonNode tag(String text) {
        try {
            return JsonText.parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (JsonText.BadJsonException another) {
            return JsonNodeFactory.instance.objectNode();
        }
    }
}
