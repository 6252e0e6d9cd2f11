package dev.outdial.server.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.outdial.server.calls.Callbacks;
import dev.outdial.server.webhook.Profile.Manner;
import dev.outdial.server.webhook.Profile.Message;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Where and how a delivery is sent.
 *
 * @param url empty for where the webhook is when it is sent
 * @param fallbackUrl tried where the first fails; empty for none
 * @param timeout how long the receiver wants to be waited for; zero where it said nothing
 */
record Target(
        String method,
        String url,
        String fallbackUrl,
        Duration timeout,
        String contentType,
        Map<String, String> headers,
        Manner manner) {
    /** What the words of receivers that calls brought along begin with. */
    static final String CALLBACK = "cb-";

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int HASH_LENGTH = 40;
    private static final Duration TRY_OF_THREE = Duration.ofSeconds(10);

    Target {
        headers = Map.copyOf(headers);
    }

    /** In the manner of Standard Webhooks. */
    static Target standard(String method, String url, String fallbackUrl, Duration timeout) {
        return new Target(method, url, fallbackUrl, timeout, NativeProfile.JSON, Map.of(), Manner.STANDARD);
    }

    static Target of(Message message, Callbacks to, Manner manner) {
        return new Target(
                message.method(),
                message.url(),
                WebAddress.fallback(message, to),
                to.timeout(),
                message.contentType(),
                message.headers(),
                manner);
    }

    static Target parse(String json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            Map<String, String> headers = new HashMap<>();
            node.path("headers")
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().asText()));
            return new Target(
                    node.path("method").asText(),
                    node.path("url").asText(),
                    node.path("fallback_url").asText(),
                    Duration.ofMillis(node.path("timeout_ms").asLong()),
                    node.path("content_type").asText(),
                    headers,
                    Manner.valueOf(node.path("manner").asText(Manner.STANDARD.name())));
        } catch (JsonProcessingException broken) {
            // Not the cause: it holds a part of what may be secret.
            throw new IllegalStateException("a stored target of a delivery is no JSON");
        }
    }

    String json() {
        var node = MAPPER.createObjectNode()
                .put("method", method)
                .put("url", url)
                .put("fallback_url", fallbackUrl)
                .put("timeout_ms", timeout.toMillis())
                .put("content_type", contentType)
                .put("manner", manner.name());
        var named = node.putObject("headers");
        headers.forEach(named::put);
        return node.toString();
    }

    /** The same at another place. */
    Target at(String otherUrl) {
        return new Target(method, otherUrl, fallbackUrl, timeout, contentType, headers, manner);
    }

    /** How long one try may take. @param usual where the receiver said nothing */
    Duration limit(Duration usual) {
        return switch (manner) {
            case STANDARD, ONCE_AND_FALLBACK -> timeout.isPositive() ? shorter(WebhookSettings.LONGEST_TRY) : usual;
            case THREE_UNLESS_ANSWERED -> WebhookSettings.LONGEST_TRY;
            case THREE -> TRY_OF_THREE;
        };
    }

    private Duration shorter(Duration most) {
        return timeout.isPositive() && timeout.compareTo(most) < 0 ? timeout : most;
    }

    /**
     * A word for the server behind the address: what fails there fails for all calls of the account that go there. Those that are tried a
     * few times only have words of their own, as they are not held up when it fails.
     */
    String receiver(String account) {
        String kind = manner == Manner.STANDARD ? "" : manner + " ";
        return CALLBACK + hash(account + " " + kind + WebAddress.origin(url));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no SHA-256", missing);
        }
    }

    /** Without passwords, paths, queries and headers, which may hold secrets. */
    @Override
    public String toString() {
        return "Target[" + method + " " + WebAddress.origin(url) + "]";
    }
}
