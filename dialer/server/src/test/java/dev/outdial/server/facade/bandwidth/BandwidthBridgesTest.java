package dev.outdial.server.facade.bandwidth;

import static dev.outdial.server.facade.bandwidth.CatapultBench.callees;
import static dev.outdial.server.facade.bandwidth.CatapultBench.persona;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.TrunkCall;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Calls that hear each other, and files of the user's own: case B31, and /media. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class BandwidthBridgesTest {
    private static final int FIRST_HERTZ = 900;
    private static final int SECOND_HERTZ = 1300;

    @TempDir
    static Path folder;

    private static CatapultBench catapult;

    @BeforeAll
    static void start() {
        catapult = new CatapultBench(
                folder,
                callees(
                        "15550100731", says(FIRST_HERTZ),
                        "15550100732", says(SECOND_HERTZ),
                        "15550100733", persona(new Step.Answer()),
                        "15550100734", says(FIRST_HERTZ),
                        "15550100735",
                                persona(
                                        new Step.Ring(),
                                        new Step.Wait(Duration.ofSeconds(1)),
                                        new Step.Answer(),
                                        new Step.SayTone(SECOND_HERTZ, Duration.ofSeconds(60)))));
    }

    private static String state(String call) throws Exception {
        return catapult.json("/calls/" + call).path("state").asText();
    }

    private static Persona says(int hertz) {
        return persona(new Step.Answer(), new Step.SayTone(hertz, Duration.ofSeconds(60)));
    }

    @AfterAll
    static void stop() {
        catapult.close();
    }

    @Test
    @DisplayName("B31: two calls hear each other, and nothing while bridgeAudio is false")
    void twoCallsHearEachOther() throws Exception {
        String first = catapult.answered("15550100731", "");
        String second = catapult.answered("15550100732", "");
        HttpResponse<String> made = catapult.post(
                "/bridges", "{\"bridgeAudio\":\"true\",\"callIds\":[\"" + first + "\",\"" + second + "\"]}");
        long from = System.nanoTime();
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String place = made.headers().firstValue("Location").orElseThrow();
        String bridge = "/bridges/" + place.substring(place.lastIndexOf('/') + 1);
        JsonNode active = catapult.json(bridge);
        assertThat(active.path("state").asText()).isEqualTo("active");
        assertThat(active.path("callIds").get(0).asText()).isEqualTo(first);
        assertThat(catapult.json(bridge + "/calls")).hasSize(2);
        assertThat(catapult.json("/calls?bridgeId=" + active.path("id").asText()))
                .hasSize(2);
        Thread.sleep(1_500); // they hear each other

        catapult.done(bridge, "{\"bridgeAudio\":\"false\"}");

        long heardMillis = (System.nanoTime() - from) / 1_000_000;
        assertThat(catapult.json(bridge).path("state").asText()).isEqualTo("hold");
        Thread.sleep(1_500); // they hear nothing
        catapult.done("/calls/" + first, "{\"state\":\"completed\"}");
        assertThat(catapult.json("/calls/" + second).path("state").asText()).isEqualTo("active");
        assertThat(FacadeBench.millisOf(SECOND_HERTZ, catapult.ended("15550100731")))
                .isCloseTo(heardMillis, within(700L));
        assertThat(FacadeBench.millisOf(FIRST_HERTZ, catapult.over("15550100732", second)))
                .isCloseTo(heardMillis, within(700L));
        assertThat(catapult.json(bridge).path("state").asText()).isEqualTo("completed");
        catapult.refused(bridge, "{\"bridgeAudio\":\"true\"}", 400, "bridge-invalid-state");
        catapult.refused("/bridges", "{\"callIds\":[\"c-1\"]}", 403, "call-id-not-found");
        CatapultBench.refused(catapult.get("/bridges/brg-1"), 404, "bridge-not-found");
    }

    @Test
    @DisplayName(
            "B30: a call is transferred; whom it is transferred to hears a whisper alone, then both hear each other")
    void aCallIsTransferred() throws Exception {
        String first = catapult.answered("15550100734", "");

        HttpResponse<String> made = catapult.post(
                "/calls/" + first,
                "{\"state\":\"transferring\",\"transferTo\":\"+15550100735\",\"whisperAudio\":{\"sentence\":\"A call for you.\"}}");

        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String place = made.headers().firstValue("Location").orElseThrow();
        String second = place.substring(place.lastIndexOf('/') + 1);
        assertThat(catapult.json("/calls/" + first).path("state").asText()).isEqualTo("transferring");
        while (!state(second).equals("active")) Thread.sleep(20); // the far end's doing
        Thread.sleep(2_500); // the whisper, and what they say to each other
        catapult.done("/calls/" + first, "{\"state\":\"completed\"}");

        TrunkCall heardByFirst = catapult.ended("15550100734");
        TrunkCall heardBySecond = catapult.bench.awaitEndOfCallTo("+15550100735");
        assertThat(FacadeBench.phrases(heardBySecond, "A call for you.")).startsWith("A call for you.");
        assertThat(FacadeBench.phrases(heardByFirst, "A call for you.")).doesNotContain("A call for you.");
        assertThat(FacadeBench.millisOf(SECOND_HERTZ, heardByFirst)).isBetween(700L, 3_500L);
        assertThat(FacadeBench.millisOf(FIRST_HERTZ, heardBySecond)).isBetween(700L, 3_500L);
        catapult.refused(
                "/calls/" + first,
                "{\"state\":\"transferring\",\"transferTo\":\"+15550100735\"}",
                403,
                "call-invalid-state");
    }

    @Test
    @DisplayName("/media: a file is kept, listed, fetched and deleted")
    void aFileIsKept() throws Exception {
        byte[] sound = CatapultBench.tone(CatapultBench.SHORT_HERTZ, 500, 0.2);
        String path = CatapultBench.USER + "/media/own.wav";
        HttpResponse<String> put = catapult.bench.send(
                "PUT", path, sound, "Authorization", CatapultBench.AUTHORIZATION, "Content-Type", "audio/wav");
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        JsonNode listed = catapult.json("/media");
        assertThat(listed.get(0).path("mediaName").asText()).isEqualTo("own.wav");
        assertThat(listed.get(0).path("content").asText()).isEqualTo(catapult.bench.url() + path);
        assertThat(catapult.get("/media/own.wav").statusCode()).isEqualTo(200);
        CatapultBench.refused(
                catapult.bench.send("GET", path, "", "Authorization", CatapultBench.basic("t-token:x")),
                401,
                "credentials-invalid");

        HttpResponse<String> deleted =
                catapult.bench.send("DELETE", path, "", "Authorization", CatapultBench.AUTHORIZATION);

        assertThat(deleted.statusCode()).isEqualTo(200);
        CatapultBench.refused(catapult.get("/media/own.wav"), 404, "media-not-found");
    }
}
