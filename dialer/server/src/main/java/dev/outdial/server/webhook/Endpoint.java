package dev.outdial.server.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.Callbacks;
import dev.outdial.server.calls.EventTypes;
import dev.outdial.server.calls.NewWebhook;
import dev.outdial.server.calls.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is stored of a webhook besides its name and state.
 *
 * @param types of the events it wants, {@code call.*} for all of a kind; all where empty
 * @param before the secret before this one, while it is still valid
 * @param profile who renders the events
 * @param method POST or GET, as the profile asks for
 */
record Endpoint(String url, List<String> types, Secret secret, Optional<Before> before, String profile, String method) {
    static final String ENABLED = "enabled";
    static final String DISABLED = "disabled";

    private static final Duration BOTH_SECRETS = Duration.ofDays(1);
    private static final JsonMapper MAPPER = new JsonMapper();

    /** A secret that is to be forgotten. */
    record Before(Secret secret, Instant until) {}

    Endpoint {
        types = List.copyOf(types);
    }

    static Endpoint parse(String json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            List<String> types = new ArrayList<>();
            node.path("types").forEach(type -> types.add(type.asText()));
            JsonNode before = node.path("before");
            return new Endpoint(
                    node.path("url").asText(),
                    types,
                    new Secret(node.path("secret").asText()),
                    before.isObject()
                            ? Optional.of(new Before(
                                    new Secret(before.path("secret").asText()),
                                    Instant.ofEpochMilli(before.path("until_ms").asLong())))
                            : Optional.empty(),
                    node.path("profile").asText(NativeProfile.NAME),
                    node.path("method").asText("POST"));
        } catch (JsonProcessingException broken) {
            // Not the cause: it holds a part of what is secret.
            throw new IllegalStateException("a stored webhook is no JSON");
        }
    }

    String json() {
        ObjectNode node = MAPPER.createObjectNode()
                .put("url", url)
                .put("secret", secret.value())
                .put("profile", profile)
                .put("method", method);
        var array = node.putArray("types");
        types.forEach(array::add);
        before.ifPresent(old -> node.putObject("before")
                .put("secret", old.secret().value())
                .put("until_ms", old.until().toEpochMilli()));
        return node.toString();
    }

    boolean wants(String type) {
        return types.isEmpty() || types.stream().anyMatch(wanted -> EventTypes.isOf(wanted, type));
    }

    /** What a delivery is signed with now, the newest first. */
    List<SigningKey> keys(Instant now) {
        List<SigningKey> keys = new ArrayList<>();
        keys.add(SigningKey.of(secret));
        before.filter(old -> now.isBefore(old.until())).ifPresent(old -> keys.add(SigningKey.of(old.secret())));
        return keys;
    }

    /** The same with a new secret; the one that it replaces is valid for a day. */
    Endpoint rotated(Secret fresh, Instant now) {
        return new Endpoint(
                url, types, fresh, Optional.of(new Before(secret, now.plus(BOTH_SECRETS))), profile, method);
    }

    /** The same to where somebody wants it now. */
    Endpoint as(NewWebhook wanted) {
        return new Endpoint(wanted.url(), wanted.types(), secret, before, wanted.profile(), wanted.method());
    }

    /** What a profile is told of it. */
    Callbacks callbacks() {
        return new Callbacks(url, method, Duration.ZERO, "", profile, "");
    }

    /** Where something goes that was written down for it. @param stored empty for what is rendered natively */
    Target target(String stored) {
        if (stored.isEmpty()) return Target.standard("POST", url, "", Duration.ZERO);
        Target target = Target.parse(stored);
        return target.url().isEmpty() ? target.at(url) : target;
    }
}
