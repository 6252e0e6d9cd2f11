package dev.outdial.server.facade.voice2phone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.outdial.server.http.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** JSON as the page prints it: names of members may do without quotes. The limits are those of {@link JsonText}. Pure. */
final class LenientJson {
    private static final JsonMapper MAPPER = JsonText.MAPPER
            .rebuild()
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private LenientJson() {}

    /** Empty where it is none. */
    static Optional<JsonNode> read(byte[] bytes) {
        try {
            return Optional.of(MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8)))
                    .filter(node -> !node.isMissingNode());
        } catch (JsonProcessingException none) {
            return Optional.empty();
        }
    }
}
