package dev.outdial.server.calls.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What happened to calls as lines of text, for the file that it lies in while the store is away. <b>Threading:</b> any. */
final class ChangeText {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Map<String, Class<?>> KINDS = Arrays.stream(Change.class.getPermittedSubclasses())
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

    private ChangeText() {}

    static String line(CallChange one) {
        return MAPPER.createObjectNode()
                .put("call", one.callId())
                .put("at", one.at().toEpochMilli())
                .put("node", one.node())
                .put("kind", one.change().getClass().getSimpleName())
                .set("change", MAPPER.valueToTree(one.change()))
                .toString();
    }

    /** @throws IllegalArgumentException where it is no such line, as one is that a crash cut off */
    static CallChange parse(String line) {
        try {
            JsonNode node = MAPPER.readTree(line);
            Class<?> kind = KINDS.get(node.path("kind").asText());
            if (kind == null) throw new IllegalArgumentException("a line of another kind");
            return new CallChange(
                    node.path("call").asText(),
                    (Change) MAPPER.treeToValue(node.path("change"), kind),
                    Instant.ofEpochMilli(node.path("at").asLong()),
                    node.path("node").asText(""));
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("a line that was cut off", broken);
        }
    }
}
