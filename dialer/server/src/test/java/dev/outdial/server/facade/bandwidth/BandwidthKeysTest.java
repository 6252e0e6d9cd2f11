package dev.outdial.server.facade.bandwidth;

import static dev.outdial.server.facade.bandwidth.CatapultBench.callees;
import static dev.outdial.server.facade.bandwidth.CatapultBench.pause;
import static dev.outdial.server.facade.bandwidth.CatapultBench.persona;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.TrunkCall;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Keys that are pressed, heard and gathered: cases B14 to B20. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class BandwidthKeysTest {
    private static final Step ANSWER = new Step.Answer();

    @TempDir
    static Path folder;

    private static CatapultBench catapult;

    @BeforeAll
    static void start() {
        catapult = new CatapultBench(
                folder,
                callees(
                        "15550100314", persona(ANSWER),
                        "15550100315", persona(ANSWER, pause(800), new Step.Press("5")),
                        "15550100316", persona(ANSWER, pause(2_000), new Step.Press("25")),
                        "15550100317", persona(ANSWER, pause(2_000), new Step.Press("12#")),
                        "15550100318", persona(ANSWER),
                        "15550100319", persona(ANSWER, pause(5_000), new Step.Press("7#")),
                        "15550100320", persona(ANSWER, pause(4_000), new Step.HangUp()),
                        "15550100321", persona(ANSWER)));
    }

    @AfterAll
    static void stop() {
        catapult.close();
    }

    private static String gather(String id, String json) throws Exception {
        HttpResponse<String> answer = catapult.post("/calls/" + id + "/gather", json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.body()).isEmpty();
        String place = answer.headers().firstValue("Location").orElseThrow();
        assertThat(place).contains("/calls/" + id + "/gather/g-");
        return place.substring(place.lastIndexOf('/') + 1);
    }

    @Test
    @DisplayName("B14: keys and pauses are sent")
    void keysAndPausesAreSent() throws Exception {
        String id = catapult.answered("15550100314", "");
        Thread.sleep(500); // the first key is not lost before sound flows

        catapult.done("/calls/" + id + "/dtmf", "{\"dtmfOut\":\"1WWW,59#\"}");

        catapult.refused("/calls/" + id + "/dtmf", "{\"dtmfOut\":\"x\"}", 400, "validation-error");
        catapult.refused("/calls/" + id + "/dtmf", "{\"dtmfOut\":\"" + "1".repeat(93) + "\"}", 400, "validation-error");
        Thread.sleep(5_500); // as long as they take
        TrunkCall over = catapult.over("15550100314", id);
        var keys = over.media().orElseThrow().heardDigits();
        assertThat(over.media().orElseThrow().digitsReceived()).isEqualTo("159#");
        long gapMillis = (keys.get(1).atNanos() - keys.get(0).atNanos()) / 1_000_000
                - keys.get(0).durationMillis();
        // By the clock of a machine that may have much else to do: never shorter, rarely longer.
        assertThat(gapMillis).isBetween(3_400L, 5_500L);
    }

    @Test
    @DisplayName("B15: a key is told of once")
    void aKeyIsToldOfOnce() throws Exception {
        String id = catapult.answered("15550100315", "");

        assertThat(catapult.event("15550100315", "dtmf").path("dtmfDigit").asText())
                .isEqualTo("5");

        TrunkCall over = catapult.over("15550100315", id);
        assertThat(over.media().orElseThrow().digitsSent()).isEqualTo("5");
        assertThat(catapult.types("15550100315")).containsExactly("answer", "dtmf", "hangup");
    }

    @Test
    @DisplayName("B16: as many keys as were asked for")
    void asManyKeysAsWereAskedFor() throws Exception {
        String id = catapult.answered("15550100316", "");
        String gather = gather(id, "{\"maxDigits\":\"2\",\"tag\":\"pin\"}");

        JsonNode told = catapult.event("15550100316", "gather");
        assertThat(told.path("reason").asText()).isEqualTo("max-digits");
        assertThat(told.path("digits").asText()).isEqualTo("25");
        assertThat(told.path("gatherId").asText()).isEqualTo(gather);
        assertThat(told.path("state").asText()).isEqualTo("completed");
        assertThat(told.path("tag").asText()).isEqualTo("pin");
        JsonNode read = catapult.json("/calls/" + id + "/gather/" + gather);
        assertThat(read.path("state").asText()).isEqualTo("completed");
        assertThat(read.path("reason").asText()).isEqualTo("max-digits");
        assertThat(read.path("digits").asText()).isEqualTo("25");
        assertThat(read.path("call").asText()).endsWith("/calls/" + id);
        assertThat(Instant.parse(read.path("completedTime").asText()))
                .isAfterOrEqualTo(Instant.parse(read.path("createdTime").asText()));
        TrunkCall unused = catapult.over("15550100316", id);
    }

    @Test
    @DisplayName("B17: a terminating key, which is not among the digits")
    void aTerminatingKey() throws Exception {
        String id = catapult.answered("15550100317", "");
        String unused = gather(id, "{}");

        JsonNode told = catapult.event("15550100317", "gather");
        assertThat(told.path("reason").asText()).isEqualTo("terminating-digit");
        assertThat(told.path("digits").asText()).isEqualTo("12");
        TrunkCall over = catapult.over("15550100317", id);
        assertThat(over.glance()).contains("> BYE");
    }

    @Test
    @DisplayName("B18: no key in time")
    void noKeyInTime() throws Exception {
        String id = catapult.answered("15550100318", "");
        long from = System.nanoTime();
        String unused = gather(id, "{\"interDigitTimeout\":2}");

        JsonNode told = catapult.event("15550100318", "gather");
        assertThat(told.path("reason").asText()).isEqualTo("inter-digit-timeout");
        assertThat(told.path("digits").asText()).isEmpty();
        assertThat((System.nanoTime() - from) / 1_000_000).isBetween(1_850L, 3_000L);
        catapult.refused("/calls/" + id + "/gather", "{\"maxDigits\":31}", 400, "validation-error");
        catapult.refused("/calls/" + id + "/gather", "{\"interDigitTimeout\":31}", 400, "validation-error");
        TrunkCall over = catapult.over("15550100318", id);
        assertThat(over.glance()).contains("> BYE");
    }

    @Test
    @DisplayName("B19: a key during the prompt ends it")
    void aKeyEndsThePrompt() throws Exception {
        String id = catapult.answered("15550100319", "");
        String gather = gather(
                id, "{\"prompt\":{\"sentence\":\"Your number?\",\"loopEnabled\":\"true\",\"bargeable\":\"true\"}}");

        JsonNode told = catapult.event("15550100319", "gather");
        assertThat(told.path("digits").asText()).isEqualTo("7");
        assertThat(catapult.json("/calls/" + id + "/gather/" + gather)
                        .path("state")
                        .asText())
                .isEqualTo("completed");
        Thread.sleep(1_500); // nothing is said any more
        TrunkCall over = catapult.over("15550100319", id);
        assertThat(FacadeBench.phrases(over, "Your number?"))
                .isNotEmpty()
                .hasSizeLessThan(9)
                .startsWith("Your number?");
        assertThat(catapult.types("15550100319")).containsExactly("answer", "dtmf", "dtmf", "gather", "hangup");
    }

    @Test
    @DisplayName("B20: who hangs up ends it, and it is told of first")
    void whoHangsUpEndsIt() throws Exception {
        String id = catapult.answered("15550100320", "");
        catapult.done("/calls/" + id, "{\"recordingEnabled\":true}");
        String unused = gather(id, "{}");
        catapult.refused("/calls/" + id + "/gather", "{}", 409, "call-duplicate-gather-error");
        catapult.done("/calls/" + id + "/audio", "{\"fileUrl\":\"" + catapult.sound("/long.wav") + "\"}");

        JsonNode hangup = catapult.event("15550100320", "hangup");

        assertThat(hangup.path("cause").asText()).isEqualTo("NORMAL_CLEARING");
        assertThat(catapult.events("15550100320", "gather")
                        .getFirst()
                        .path("reason")
                        .asText())
                .isEqualTo("hung-up");
        assertThat(catapult.types("15550100320"))
                .containsExactly(
                        "answer", "playback started", "gather", "playback done", "recording complete", "hangup");
    }

    @Test
    @DisplayName("B20: it ends when it is told to")
    void itEndsWhenItIsToldTo() throws Exception {
        String id = catapult.answered("15550100321", "");
        String gather = gather(id, "{\"interDigitTimeout\":\"20\"}");
        assertThat(catapult.json("/calls/" + id + "/gather/" + gather)
                        .path("state")
                        .asText())
                .isEqualTo("started");

        catapult.done("/calls/" + id + "/gather/" + gather, "{\"state\":\"completed\"}");

        JsonNode told = catapult.event("15550100321", "gather");
        assertThat(told.path("digits").asText()).isEmpty();
        assertThat(catapult.json("/calls/" + id + "/gather/" + gather)
                        .path("state")
                        .asText())
                .isEqualTo("completed");
        TrunkCall over = catapult.over("15550100321", id);
        assertThat(over.glance()).contains("> BYE");
    }
}
