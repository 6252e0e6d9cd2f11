package dev.outdial.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The same request asked twice is done once. */
class IdempotencyTest {
    private static final Api API = Api.start();
    private static final String CALLS = "/api/v1/calls";

    @AfterAll
    static void stop() {
        API.close();
    }

    private static Answer post(String key, String body) {
        return API.post(CALLS, body, "Idempotency-Key", key);
    }

    @Test
    void theSameBodyIsAnsweredTheSameHoweverItIsWritten() {
        Answer first = post("a", "{\"to\":\"100\",\"say\":\"Hello\",\"schedule\":{\"priority\":1,\"retries\":2}}");
        int placed = API.fakes.calls.wanted.size();
        Answer second =
                post("a", "{ \"schedule\": {\"retries\":2, \"priority\":1},\n\"say\":\"Hello\", \"to\":\"100\"}");
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second).isEqualTo(first);
        assertThat(API.fakes.calls.wanted).hasSize(placed);
    }

    @Test
    void anotherBodyIsRefused() {
        post("b", "{\"to\":\"100\"}");
        assertThat(post("b", "{\"to\":\"101\"}").status()).isEqualTo(409);
        assertThat(post("b", "{\"to\":[\"100\"]}").status()).isEqualTo(409);
    }

    @Test
    void withoutAKeyEachIsDone() {
        String body = "{\"to\":\"100\"}";
        assertThat(API.post(CALLS, body).id())
                .isNotEqualTo(API.post(CALLS, body).id());
    }

    @Test
    void aKeyIsOfPrintableCharacters() {
        assertThat(post("a b", "{\"to\":\"100\"}").problem()).isEqualTo("bad_idempotency_key");
        assertThat(post("x".repeat(256), "{\"to\":\"100\"}").status()).isEqualTo(400);
        assertThat(post("x".repeat(255), "{\"to\":\"100\"}").status()).isEqualTo(201);
    }

    /** Wherever the contract lists the header, it is heeded. */
    @TestFactory
    Stream<DynamicTest> eachCreate() {
        var tests = new ArrayList<DynamicTest>();
        for (Map.Entry<String, JsonNode> path :
                ContractCheck.CONTRACT.path("paths").properties()) {
            JsonNode post = path.getValue().path("post");
            if (post.path("parameters").toString().contains("IdempotencyKey"))
                tests.add(DynamicTest.dynamicTest(path.getKey(), () -> replay(path.getKey(), post)));
        }
        assertThat(tests).hasSize(12);
        return tests.stream();
    }

    private static void replay(String path, JsonNode post) {
        String body = post.at("/requestBody/content/application~1json/example").toString();
        Answer first = API.post(path, body, "Idempotency-Key", "each" + path);
        Answer second = API.post(path, body, "Idempotency-Key", "each" + path);
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.id()).isEqualTo(first.id());
        if (!first.json().has("key")
                && !first.json().has("secret")
                && !first.json().has("login")) assertThat(second).isEqualTo(first);
        assertThat(second.header("Location"))
                .isEqualTo(first.header("Location"))
                .isNotEmpty();
    }
}
