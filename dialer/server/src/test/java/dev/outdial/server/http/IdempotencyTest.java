package dev.outdial.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.calls.ServiceException;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            if (post.path("parameters").toString().contains("IdempotencyKey")
                    && !path.getKey().contains("{"))
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "record | {} | 201",
                "gather | {\"max_digits\":1} | 201",
                "transfer | {\"to\":\"100\",\"mode\":\"bridge\"} | 204",
                "transfer | {\"to\":\"100\"} | 204"
            })
    void whatIsDoneInACallIsDoneOnce(String verb, String body, int status) {
        String path = CALLS + "/" + API.placed() + "/" + verb;
        int before = API.fakes.calls.log.size();
        Answer first = API.post(path, body, "Idempotency-Key", path);
        Answer second = API.post(path, body, "Idempotency-Key", path);
        assertThat(API.fakes.calls.log).hasSize(before + 1);
        assertThat(first.status()).isEqualTo(status);
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second).isEqualTo(first);
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(API.post(path, body.replace("}", ",\"x\":1}"), "Idempotency-Key", path)
                        .status())
                .isGreaterThanOrEqualTo(400);
    }

    @Test
    void whatIsRefusedCanBeAskedAgainUnderTheSameKey() {
        String path = CALLS + "/" + API.placed() + "/record";
        API.fakes.calls.whileRecording = () -> {
            throw new ServiceException(ServiceException.Kind.CONFLICT, "not_answered", "not yet");
        };
        assertThat(API.post(path, "{}", "Idempotency-Key", "later").status()).isEqualTo(409);
        API.fakes.calls.whileRecording = () -> {};
        assertThat(API.post(path, "{}", "Idempotency-Key", "later").status()).isEqualTo(201);
    }

    @Test
    void whatIsUnderWayIsNotBegunTwice() {
        String path = CALLS + "/" + API.placed() + "/record";
        var second = new ArrayList<Answer>();
        API.fakes.calls.whileRecording = () -> {
            API.fakes.calls.whileRecording = () -> {};
            second.add(API.post(path, "{}", "Idempotency-Key", "meanwhile"));
        };
        assertThat(API.post(path, "{}", "Idempotency-Key", "meanwhile").status())
                .isEqualTo(201);
        assertThat(second.getFirst().problem()).isEqualTo("in_progress");
    }
}
