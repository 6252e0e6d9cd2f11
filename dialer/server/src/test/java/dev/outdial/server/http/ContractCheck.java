package dev.outdial.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.outdial.server.http.json.JsonText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Holds each answer against openapi.yaml: its status, its type, its headers, its body by JSON Schema 2020-12. */
final class ContractCheck {
    /** What no body may tell: classes, places in code, paths of the machine, SQL. */
    private static final Pattern LEAK = Pattern.compile(
            "Exception|dev\\.outdial|java\\.(lang|util|io)|jackson|jetty|javalin|\\.java:|\\tat |/(tmp|work|home|usr)/|(?i:select .* from|insert into)");

    static final JsonNode CONTRACT = Contract.read().tree();

    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final Map<String, JsonSchema> READY = new ConcurrentHashMap<>();

    private ContractCheck() {}

    static JsonNode resolve(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : CONTRACT.at(reference.substring(1));
    }

    /** The path of the contract that a request went to. */
    static Optional<String> template(String path) {
        var templates = CONTRACT.path("paths").properties().stream()
                .map(Map.Entry::getKey)
                .filter(template -> path.matches(template.replaceAll("\\{[a-z_]+}", "[^/]+")))
                .toList();
        return templates.stream()
                .filter(template -> template.equals(path))
                .findFirst()
                .or(() -> templates.stream().findFirst());
    }

    static void check(String method, String path, Answer answer) {
        headers(answer);
        if (method.equals("HEAD")) {
            assertThat(answer.bytes()).isEmpty();
            return;
        }
        JsonNode operation = template(path)
                .map(template -> CONTRACT.path("paths").path(template).path(method.toLowerCase(Locale.ROOT)))
                .orElseGet(() -> CONTRACT.path("none"));
        JsonNode responses = operation.path("responses");
        JsonNode response = resolve(responses.path(Integer.toString(answer.status())));
        if (response.isMissingNode()) response = CONTRACT.at("/components/responses/Problem");
        if (response.equals(CONTRACT.at("/components/responses/Problem")))
            assertThat(answer.status()).as("%s %s %s", method, path, answer).isGreaterThanOrEqualTo(400);
        body(response, answer);
    }

    private static void headers(Answer answer) {
        assertThat(answer.header("X-Request-Id")).isNotEmpty();
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.header("Server")).isEmpty();
        if (answer.status() == 429 || answer.status() == 503)
            assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
        if (answer.status() == 201)
            assertThat(answer.header("Location").isEmpty()
                            || answer.header("Location").startsWith("/api/v1/"))
                    .isTrue();
    }

    private static void body(JsonNode response, Answer answer) {
        JsonNode contents = response.path("content");
        if (contents.isMissingNode()) {
            assertThat(answer.bytes()).isEmpty();
            return;
        }
        String type = answer.header("Content-Type").split(";", -1)[0];
        JsonNode content = contents.has(type) ? contents.path(type) : contents.path("*/*");
        assertThat(content.isMissingNode())
                .as("%s is not of %s", type, contents)
                .isFalse();
        if (!type.endsWith("json")) return;
        assertThat(schema(content.path("schema")).validate(answer.json()))
                .as(answer.text())
                .isEmpty();
        if (!type.equals(Problem.CONTENT_TYPE)) return;
        assertThat(answer.text()).doesNotContainPattern(LEAK);
        assertThat(answer.json().path("status").asInt()).isEqualTo(answer.status());
        assertThat(answer.json().path("requestId").asText()).isEqualTo(answer.header("X-Request-Id"));
    }

    static JsonSchema schema(JsonNode schema) {
        return READY.computeIfAbsent(schema.toString(), text -> {
            ObjectNode whole = JsonText.ours(text).deepCopy();
            whole.set("components", CONTRACT.path("components"));
            return SCHEMAS.getSchema(whole);
        });
    }

    /** Whether a body is one that the contract allows. */
    static List<String> wrong(JsonNode schema, JsonNode body) {
        return schema(schema).validate(body).stream().map(Object::toString).toList();
    }
}
