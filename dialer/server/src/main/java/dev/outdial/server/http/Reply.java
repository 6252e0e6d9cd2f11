package dev.outdial.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.StoredBytes;
import dev.outdial.server.http.json.JsonText;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** What a request is answered with. */
sealed interface Reply {
    /** JSON. */
    record Json(int status, JsonNode body, Map<String, String> headers) implements Reply {}

    /** 201, as it was answered before. @param text JSON */
    record Again(String text, Map<String, String> headers) implements Reply {}

    /** 204. */
    record Nothing() implements Reply {}

    /** 204, as it was answered before. */
    record NothingAgain() implements Reply {}

    /** Text that is the same for everybody. */
    record Text(String contentType, String text) implements Reply {}

    /** Stored content, or the part of it that was asked for. */
    record Stored(StoredBytes content, String fileName) implements Reply {}

    /** It was written already. */
    record Written() implements Reply {}

    static Reply ok(JsonNode body) {
        return new Json(200, body, Map.of());
    }

    /** @param path of the new one, without the id */
    static <T> Reply created(Created<T> created, String path, Function<T, ObjectNode> view) {
        ObjectNode body = view.apply(created.item());
        String location = path + "/" + body.path("id").asText();
        return created(body, created.replay(), Map.of("Location", location));
    }

    static Reply created(JsonNode body, boolean replay, Map<String, String> headers) {
        if (!replay) return new Json(201, body, headers);
        var all = new HashMap<>(headers);
        all.put("Idempotency-Replayed", "true");
        return new Json(201, body, all);
    }

    static <T> Reply page(Page<T> page, Function<T, ObjectNode> view) {
        ObjectNode body = JsonText.MAPPER.createObjectNode();
        ArrayNode items = body.putArray("items");
        page.items().forEach(item -> items.add(view.apply(item)));
        page.next().ifPresentOrElse(next -> body.put("next_cursor", next), () -> body.putNull("next_cursor"));
        return ok(body);
    }
}
