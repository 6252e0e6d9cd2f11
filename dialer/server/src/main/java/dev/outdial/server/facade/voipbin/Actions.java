package dev.outdial.server.facade.voipbin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.http.json.JsonText;
import java.util.Optional;
import java.util.UUID;

/** The actions of a flow as they are sent and shown. Pure, but that ids are random. */
final class Actions {
    /** The action that every call begins with, before its flow does. */
    private static final String START = "00000000-0000-0000-0000-000000000001";

    private Actions() {}

    /** The actions as JSON text, all with ids; what they are is for whoever keeps or runs them to check. */
    static String read(JsonNode actions) {
        if (!actions.isArray()) throw Refusal.invalid("actions must be an array");
        if (actions.isEmpty()) throw Refusal.invalid("actions are empty");
        ArrayNode all = actions.deepCopy();
        name(all);
        return JsonText.write(all);
    }

    private static void name(ArrayNode actions) {
        for (JsonNode action : actions) {
            if (action instanceof ObjectNode own) {
                if (own.path("id").asText("").isEmpty())
                    own.put("id", UUID.randomUUID().toString());
                if (own.path("option").path("actions") instanceof ArrayNode inner) name(inner);
            }
        }
    }

    /** The action that a call is at. */
    static ObjectNode current(String id, CallPlan plan) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (id.isEmpty()) return json.put("id", START).put("type", "");
        return found(id, plan)
                .map(ObjectNode::deepCopy)
                .orElseGet(() -> json.put("id", id).put("type", ""));
    }

    private static Optional<ObjectNode> found(String id, CallPlan plan) {
        if (!(plan instanceof CallPlan.InlineFlow(String actions))) return Optional.empty();
        for (JsonNode action : CallViews.stored(actions)) {
            if (action instanceof ObjectNode own && own.path("id").asText("").equals(id)) return Optional.of(own);
        }
        return Optional.empty();
    }
}
