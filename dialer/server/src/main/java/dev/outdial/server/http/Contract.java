package dev.outdial.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What the API promises, openapi.yaml of this package (OpenAPI 3.1).
 *
 * @param text as it is served
 * @param tree as it is read
 */
record Contract(String text, JsonNode tree) {
    private static final String FILE = "openapi.yaml";

    static Contract read() {
        try (var stream = Contract.class.getResourceAsStream(FILE)) {
            if (stream == null) throw new IllegalStateException(FILE + " is not in the archive");
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return new Contract(text, new ObjectMapper(new YAMLFactory()).readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
    }
}
