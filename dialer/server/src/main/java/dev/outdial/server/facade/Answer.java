package dev.outdial.server.facade;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.calls.StoredBytes;
import dev.outdial.server.http.json.JsonText;
import java.util.HashMap;
import java.util.Map;

/**
 * What a request is answered with.
 *
 * @param contentType empty where there is no content
 */
public record Answer(int status, Map<String, String> headers, String contentType, Content content) {
    /** The body. */
    public sealed interface Content {}

    /** Bytes that are not changed afterwards. */
    @SuppressWarnings("ArrayRecordComponent") // made for one answer and written once
    public record Bytes(byte[] bytes) implements Content {}

    /** Stored content, of which a part may be asked. */
    public record Stored(StoredBytes stored, String fileName) implements Content {}

    /** Copies the headers. */
    public Answer {
        headers = Map.copyOf(headers);
    }

    /** JSON. */
    public static Answer json(int status, JsonNode body) {
        return new Answer(status, Map.of(), "application/json", new Bytes(JsonText.bytes(body)));
    }

    /** Nothing but a status. */
    public static Answer empty(int status) {
        return new Answer(status, Map.of(), "", new Bytes(new byte[0]));
    }

    /** Stored content. */
    public static Answer stored(StoredBytes stored, String fileName) {
        return new Answer(200, Map.of(), stored.contentType(), new Stored(stored, fileName));
    }

    /** The same with one more header. */
    public Answer with(String name, String value) {
        var all = new HashMap<>(headers);
        all.put(name, value);
        return new Answer(status, all, contentType, content);
    }
}
