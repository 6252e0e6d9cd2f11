package dev.outdial.server.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.outdial.server.calls.Callbacks;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Where and how a delivery is sent.
 *
 * @param fallbackUrl tried where the first fails; empty for none
 */
record Target(String method, String url, String fallbackUrl, Duration timeout, String contentType) {
    /** What the words of receivers that calls brought along begin with. */
    static final String CALLBACK = "cb-";

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int HASH_LENGTH = 40;

    static Target of(Callbacks callbacks, String contentType) {
        String method = callbacks.method().toUpperCase(Locale.ROOT);
        return new Target(
                method.isEmpty() ? "POST" : method,
                callbacks.url(),
                callbacks.fallbackUrl(),
                callbacks.timeout(),
                contentType);
    }

    static Target parse(String json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            return new Target(
                    node.path("method").asText(),
                    node.path("url").asText(),
                    node.path("fallback_url").asText(),
                    Duration.ofMillis(node.path("timeout_ms").asLong()),
                    node.path("content_type").asText());
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a stored target of a delivery is no JSON", broken);
        }
    }

    String json() {
        return MAPPER.createObjectNode()
                .put("method", method)
                .put("url", url)
                .put("fallback_url", fallbackUrl)
                .put("timeout_ms", timeout.toMillis())
                .put("content_type", contentType)
                .toString();
    }

    /** A word for the server behind the address: what fails there fails for all calls of the account that go there. */
    String receiver(String account) {
        return CALLBACK + hash(account + " " + origin());
    }

    private String origin() {
        try {
            URI uri = new URI(url);
            return (uri.getScheme() + "://" + uri.getRawAuthority()).toLowerCase(Locale.ROOT);
        } catch (URISyntaxException misspelt) {
            return url; // which cannot be sent to, and fails for itself
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no SHA-256", missing);
        }
    }

    /** Without paths and queries, which may hold secrets. */
    @Override
    public String toString() {
        return "Target[" + method + " " + origin() + "]";
    }
}
