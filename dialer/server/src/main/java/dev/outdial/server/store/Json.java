package dev.outdial.server.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.Callbacks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists, maps and plans as they stand in a column. <b>Threading:</b> any. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<List<String>> LIST = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> MAP = new TypeReference<>() {};

    private Json() {}

    static String of(List<String> items) {
        return written(items);
    }

    static String of(Map<String, String> items) {
        return written(items);
    }

    static List<String> list(String text) {
        try {
            return List.copyOf(MAPPER.readValue(text, LIST));
        } catch (JsonProcessingException broken) {
            throw unreadable(broken);
        }
    }

    static Map<String, String> map(String text) {
        try {
            return Map.copyOf(MAPPER.readValue(text, MAP));
        } catch (JsonProcessingException broken) {
            throw unreadable(broken);
        }
    }

    static String of(CallPlan plan) {
        ObjectNode node = MAPPER.createObjectNode();
        switch (plan) {
            case CallPlan.StoredFlow stored -> node.put("type", "flow").put("flow", stored.flowId());
            case CallPlan.InlineFlow inline -> node.put("type", "actions").put("actions", inline.actions());
            case CallPlan.Play play -> node.put("type", "play").set("urls", MAPPER.valueToTree(play.urls()));
            case CallPlan.Say say ->
                node.put("type", "say")
                        .put("text", say.text())
                        .put("language", say.language())
                        .put("voice", say.voice());
            case CallPlan.Park park -> node.put("type", "park");
        }
        return node.toString();
    }

    static CallPlan plan(String text) {
        JsonNode node = tree(text);
        return switch (node.path("type").asText()) {
            case "flow" -> new CallPlan.StoredFlow(node.path("flow").asText());
            case "actions" -> new CallPlan.InlineFlow(node.path("actions").asText());
            case "play" -> new CallPlan.Play(list(node.path("urls").toString()));
            case "say" ->
                new CallPlan.Say(
                        node.path("text").asText(),
                        node.path("language").asText(),
                        node.path("voice").asText());
            case "park" -> new CallPlan.Park();
            case String other -> throw new IllegalStateException("a stored call has a plan '" + other + "'");
        };
    }

    static String of(Optional<Callbacks> callbacks) {
        return callbacks
                .map(one -> MAPPER.createObjectNode()
                        .put("url", one.url())
                        .put("method", one.method())
                        .put("timeout_ms", one.timeout().toMillis())
                        .put("fallback_url", one.fallbackUrl())
                        .put("profile", one.profile())
                        .put("extra", one.extra())
                        .toString())
                .orElse("");
    }

    static Optional<Callbacks> callbacks(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        JsonNode node = tree(text);
        return Optional.of(new Callbacks(
                node.path("url").asText(),
                node.path("method").asText(),
                Duration.ofMillis(node.path("timeout_ms").asLong()),
                node.path("fallback_url").asText(),
                node.path("profile").asText(),
                node.path("extra").asText("")));
    }

    private static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException broken) {
            throw unreadable(broken);
        }
    }

    private static String written(Object items) {
        try {
            return MAPPER.writeValueAsString(items);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("texts cannot be written as JSON", broken);
        }
    }

    private static IllegalStateException unreadable(JsonProcessingException broken) {
        return new IllegalStateException(
                "a stored text is no JSON, line " + broken.getLocation().getLineNr(), broken);
    }
}
