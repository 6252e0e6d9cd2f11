package dev.outdial.server.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** An application as it is stored. Pure. */
public final class ApplicationText {
    private ApplicationText() {}

    /** All of it but its name, as JSON. */
    public static String write(NewApplication application) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("auto_answer", application.autoAnswer())
                .put("origin", application.origin())
                .put("details", application.details());
        application
                .callbacks()
                .ifPresent(callbacks -> json.putObject("callbacks")
                        .put("url", callbacks.url())
                        .put("method", callbacks.method())
                        .put("timeout_ms", callbacks.timeout().toMillis())
                        .put("fallback_url", callbacks.fallbackUrl())
                        .put("profile", callbacks.profile())
                        .put("extra", callbacks.extra()));
        return json.toString();
    }

    /** @param body what {@link #write} wrote */
    public static ApplicationRecord read(
            String id, String account, String name, String body, Instant created, Instant updated) {
        JsonNode json = CallViews.stored(body);
        return new ApplicationRecord(
                id,
                account,
                name,
                json.path("auto_answer").asBoolean(true),
                json.path("origin").asText(),
                callbacks(json.path("callbacks")),
                json.path("details").asText(),
                created,
                updated);
    }

    private static Optional<Callbacks> callbacks(JsonNode json) {
        if (!json.isObject()) return Optional.empty();
        return Optional.of(new Callbacks(
                json.path("url").asText(),
                json.path("method").asText(),
                Duration.ofMillis(json.path("timeout_ms").asLong()),
                json.path("fallback_url").asText(),
                json.path("profile").asText(),
                json.path("extra").asText()));
    }
}
