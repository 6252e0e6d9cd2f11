package dev.outdial.server.documents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The body of a document: JSON that we wrote ourselves. */
final class Body {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Body() {}

    static ObjectNode make() {
        return MAPPER.createObjectNode();
    }

    static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a stored document is no JSON", broken);
        }
    }
}
