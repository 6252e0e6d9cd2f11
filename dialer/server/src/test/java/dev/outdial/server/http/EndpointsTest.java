package dev.outdial.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each operation of the contract is served as it says: with its own example it succeeds, without a key or with too small a scope it does not. */
class EndpointsTest {
    private static final Api API = Api.start();

    private record Operation(String method, String path, JsonNode node) {
        String name() {
            return method + " " + path;
        }

        boolean needsKey() {
            return node.has("x-scope");
        }

        String example() {
            JsonNode body = node.path("requestBody").path("content").path("application/json");
            return body.isMissingNode() ? "" : body.path("example").toString();
        }
    }

    @BeforeAll
    static void aSoundIsThere() {
        API.send("PUT", "/api/v1/media/hello.wav", "sound", "Content-Type", "audio/wav");
    }

    @AfterAll
    static void stop() {
        API.close();
    }

    private static List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        for (Map.Entry<String, JsonNode> path :
                ContractCheck.CONTRACT.path("paths").properties())
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties())
                operations.add(new Operation(
                        operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()));
        return operations;
    }

    /** The path with the ids of things that exist. */
    private static String concrete(Operation operation) {
        String path = operation
                .path()
                .replace("{name}", operation.method().equals("DELETE") ? uploaded() : "hello.wav")
                .replace("{number}", path("{number}", operation))
                .replace("{gather_id}", "{gather}");
        // Nobody makes one by the API.
        path = path.replace("/dead-letters/{id}", "/dead-letters/" + UUID.randomUUID());
        String resource = path.replaceAll("^(/api/v1/[a-z]+).*", "$1");
        if (path.contains("{id}")) {
            String id = resource.endsWith("recordings")
                    ? API.fakes.recordings.add(Api.ACCOUNT, API.placed()).id()
                    : made(resource);
            path = path.replace("{id}", id);
        }
        if (path.contains("{gather}"))
            path = path.replace(
                    "{gather}", API.post(path.replace("/{gather}", ""), "").id());
        if (path.contains("{call_id}")) path = path.replace("{call_id}", API.placed());
        return operation.path().endsWith("/events") && !operation.path().contains("{") ? path + "?after=0" : path;
    }

    private static String uploaded() {
        API.send("PUT", "/api/v1/media/bye.wav", "sound", "Content-Type", "audio/wav");
        return "bye.wav";
    }

    private static String path(String name, Operation operation) {
        if (!operation.path().contains(name)) return name;
        API.post("/api/v1/donotcall", "{\"number\":\"+15557654321\"}");
        return "%2B15557654321";
    }

    private static String made(String resource) {
        JsonNode example = ContractCheck.CONTRACT
                .path("paths")
                .path(resource)
                .path("post")
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("example");
        return API.post(resource, example.toString()).id();
    }

    @TestFactory
    Stream<DynamicTest> eachOperationSucceedsWithItsExample() {
        return operations().stream()
                .map(operation -> DynamicTest.dynamicTest(operation.name(), () -> {
                    String path = concrete(operation);
                    boolean upload = operation.path().contains("/media/")
                            && operation.method().equals("PUT");
                    Answer answer = upload
                            ? API.send("PUT", path, "sound", "Content-Type", "audio/wav")
                            : API.send(operation.method(), path, operation.example());
                    assertThat(answer.status()).as(answer.toString()).isBetween(200, 204);
                    JsonNode responses = operation.node().path("responses");
                    assertThat(responses.has(Integer.toString(answer.status()))).isTrue();
                }));
    }

    @TestFactory
    Stream<DynamicTest> eachOperationAsksForAKeyOfItsScope() {
        return operations().stream()
                .filter(Operation::needsKey)
                .map(operation -> DynamicTest.dynamicTest(operation.name(), () -> {
                    String path = operation.path().replaceAll("\\{[a-z_]+}", "7b1c2f6e-0b5e-4d55-9d0a-0d6c7f1e2a34");
                    String scope = operation.node().path("x-scope").asText();
                    if (!scope.equals("read")) {
                        String less = scope.equals("admin") ? API.call : API.read;
                        Answer refused = API.sendAs(less, operation.method(), path, operation.example());
                        assertThat(refused.status()).isEqualTo(403);
                        assertThat(refused.json().path("detail").asText()).contains(scope);
                    }
                    String enough = holderOf(scope);
                    // Whatever it is about is not there, or the body is missing: the key is good.
                    if (!operation.path().equals("/api/v1/events"))
                        assertThat(API.sendAs(enough, operation.method(), path, "")
                                        .status())
                                .isNotIn(401, 403);
                }));
    }

    private static String holderOf(String scope) {
        return switch (scope) {
            case "read" -> API.read;
            case "call" -> API.call;
            default -> API.admin;
        };
    }

    @Test
    void whatIsServedIsWhatTheContractSays() {
        var served = Routes.of(
                        API.fakes.services(),
                        new EventStreams(API.fakes.events, HttpSettings.USUAL.heartbeat(), key -> true))
                .stream()
                .map(route -> route.method() + " " + route.path() + " "
                        + route.scope().map(scope -> scope.word()).orElse(""))
                .toList();
        var promised = operations().stream()
                .map(operation -> operation.name() + " "
                        + operation.node().path("x-scope").asText())
                .toList();
        assertThat(served).containsExactlyInAnyOrderElementsOf(promised);
    }
}
