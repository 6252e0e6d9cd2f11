package dev.outdial.server.facade.bandwidth;

import static dev.outdial.server.facade.bandwidth.CatapultBench.callees;
import static dev.outdial.server.facade.bandwidth.CatapultBench.pause;
import static dev.outdial.server.facade.bandwidth.CatapultBench.persona;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.probe.SoundComparison;
import dev.outdial.testbed.probe.ToneProbe;
import dev.outdial.testbed.prompts.Prompt;
import dev.outdial.testbed.trunk.TrunkCall;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is heard in a call: cases B01 to B09, and Bandwidth's part of E15. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class BandwidthAudioTest {
    private static final Step ANSWER = new Step.Answer();

    @TempDir
    static Path folder;

    private static CatapultBench catapult;

    @BeforeAll
    static void start() {
        catapult = new CatapultBench(
                folder,
                callees(
                        "15550100101", persona(ANSWER),
                        "15550100102", persona(ANSWER),
                        "15550100103", persona(ANSWER),
                        "15550100104", persona(ANSWER),
                        "15550100105", persona(ANSWER),
                        "15550100106", persona(ANSWER),
                        "15550100107", persona(ANSWER),
                        "15550100108", persona(new Step.Ring(), pause(1_500), ANSWER),
                        "15550100109", persona(ANSWER),
                        "15550100115", persona(ANSWER)));
    }

    @AfterAll
    static void stop() {
        catapult.close();
    }

    @Test
    @DisplayName("B01: a call is made, answered, told of, and silent")
    void aCallIsMade() throws Exception {
        String id = catapult.call("15550100101", "\"tag\":\"t1\",");

        JsonNode answer = catapult.event("15550100101", "answer");
        assertThat(answer.path("callState").asText()).isEqualTo("active");
        assertThat(answer.path("from").asText()).isEqualTo(CatapultBench.FROM);
        assertThat(answer.path("to").asText()).isEqualTo("+15550100101");
        assertThat(answer.path("callId").asText()).isEqualTo(id);
        assertThat(answer.path("tag").asText()).isEqualTo("t1");
        assertThat(answer.path("callUri").asText())
                .isEqualTo(catapult.bench.url() + CatapultBench.USER + "/calls/" + id);
        assertThat(answer.path("time").asText()).matches("20..-..-..T..:..:..\\....Z");
        Thread.sleep(1_000); // the silence is what is looked at
        TrunkCall over = catapult.over("15550100101", id);
        assertThat(over.media().orElseThrow().received().packetCount()).isGreaterThan(40);
        assertThat(FacadeBench.phrases(over)).isEmpty();
    }

    @Test
    @DisplayName("B02: an MP3 is heard, with a tag in its events")
    void anMp3IsHeard() throws Exception {
        String id = catapult.answered("15550100102", "");

        catapult.done(
                "/calls/" + id + "/audio",
                "{\"fileUrl\":\"" + catapult.sound("/welcome.mp3") + "\",\"tag\":\"greeting\"}");

        assertThat(catapult.event("15550100102", "playback").path("status").asText())
                .isEqualTo("started");
        JsonNode done = catapult.event("15550100102", "playback", 2);
        assertThat(done.path("status").asText()).isEqualTo("done");
        assertThat(done.path("tag").asText()).isEqualTo("greeting");
        TrunkCall over = catapult.over("15550100102", id);
        SoundComparison heard =
                SoundComparison.compare(over.media().orElseThrow().pcm(), Prompt.WELCOME_MP3.reference());
        // The callee keeps the first ten seconds of a call, and the message is as long.
        assertThat(heard.lostAtStartMillis()).as(heard.toString()).isZero();
        assertThat(heard.snrDb()).as(heard.toString()).isGreaterThan(SoundComparison.LEAST_SNR_DB);
        assertThat(heard.lengthMillis()).as(heard.toString()).isGreaterThan(500);
    }

    @Test
    @DisplayName("B03: a WAV is heard, and the call stays")
    void aWavIsHeard() throws Exception {
        String id = catapult.answered("15550100103", "");

        catapult.done("/calls/" + id + "/audio", "{\"fileUrl\":\"" + catapult.sound("/short.wav") + "\"}");
        JsonNode unused = catapult.event("15550100103", "playback", 2);

        assertThat(catapult.json("/calls/" + id).path("state").asText()).isEqualTo("active");
        TrunkCall over = catapult.over("15550100103", id);
        assertThat(FacadeBench.millisOf(CatapultBench.SHORT_HERTZ, over)).isCloseTo(1_000, within(100L));
    }

    @Test
    @DisplayName("B04: an empty fileUrl stops what is heard, and the call stays")
    void anEmptyFileStops() throws Exception {
        String id = catapult.answered("15550100104", "");
        catapult.done("/calls/" + id + "/audio", "{\"fileUrl\":\"" + catapult.sound("/long.wav") + "\"}");
        JsonNode unused = catapult.event("15550100104", "playback");
        Thread.sleep(1_000); // some of it is heard

        catapult.done("/calls/" + id + "/audio", "{\"fileUrl\":\"\"}");

        assertThat(catapult.event("15550100104", "playback", 2).path("status").asText())
                .isEqualTo("done");
        assertThat(catapult.json("/calls/" + id).path("state").asText()).isEqualTo("active");
        Thread.sleep(300); // nothing may be heard any more
        TrunkCall over = catapult.over("15550100104", id);
        assertThat(FacadeBench.millisOf(CatapultBench.LONG_HERTZ, over)).isBetween(500L, 2_500L);
        assertThat(catapult.types("15550100104")).containsOnlyOnce("playback done");
    }

    @Test
    @DisplayName("B05: a loop is heard until it is stopped, and told of once")
    void aLoopIsHeardUntilItIsStopped() throws Exception {
        String id = catapult.answered("15550100105", "");
        catapult.done(
                "/calls/" + id + "/audio",
                "{\"fileUrl\":\"" + catapult.sound("/short.wav") + "\",\"loopEnabled\":\"true\"}");
        JsonNode unused = catapult.event("15550100105", "playback");
        Thread.sleep(5_500); // it is heard more than three times

        catapult.done("/calls/" + id + "/audio", "{\"fileUrl\":\"\"}");

        TrunkCall over = catapult.over("15550100105", id);
        assertThat(FacadeBench.millisOf(CatapultBench.SHORT_HERTZ, over)).isGreaterThan(3_000);
        assertThat(catapult.types("15550100105"))
                .containsExactly("answer", "playback started", "playback done", "hangup");
    }

    @Test
    @DisplayName("B06: another file takes the place of what is heard; the first is done before it begins")
    void anotherFileReplacesTheFirst() throws Exception {
        String id = catapult.answered("15550100106", "");
        catapult.done(
                "/calls/" + id + "/audio", "{\"fileUrl\":\"" + catapult.sound("/long.wav") + "\",\"tag\":\"one\"}");
        JsonNode unused = catapult.event("15550100106", "playback");
        Thread.sleep(600); // some of it is heard

        catapult.done(
                "/calls/" + id + "/audio", "{\"fileUrl\":\"" + catapult.sound("/short.wav") + "\",\"tag\":\"two\"}");

        JsonNode last = catapult.event("15550100106", "playback", 4);
        assertThat(last.path("tag").asText()).isEqualTo("two");
        assertThat(catapult.events("15550100106", "playback"))
                .extracting(one ->
                        one.path("tag").asText() + " " + one.path("status").asText())
                .containsExactly("one started", "one done", "two started", "two done");
        TrunkCall over = catapult.over("15550100106", id);
        assertThat(FacadeBench.millisOf(CatapultBench.LONG_HERTZ, over)).isBetween(200L, 2_500L);
        assertThat(FacadeBench.millisOf(CatapultBench.SHORT_HERTZ, over)).isCloseTo(1_000, within(100L));
    }

    @Test
    @DisplayName("B07: a sentence is said, and stopped")
    void aSentenceIsSaid() throws Exception {
        String id = catapult.answered("15550100107", "");
        catapult.done(
                "/calls/" + id + "/audio",
                "{\"sentence\":\"Good day.\",\"voice\":\"julie\",\"locale\":\"en_US\",\"gender\":\"female\"}");

        JsonNode begun = catapult.event("15550100107", "speak");
        assertThat(begun.path("state").asText()).isEqualTo("PLAYBACK_START");
        assertThat(begun.path("status").asText()).isEqualTo("started");
        JsonNode done = catapult.event("15550100107", "speak", 2);
        assertThat(done.path("state").asText()).isEqualTo("PLAYBACK_STOP");
        assertThat(done.path("status").asText()).isEqualTo("done");
        catapult.done("/calls/" + id + "/audio", "{\"sentence\":\"Again.\",\"loopEnabled\":true}");
        JsonNode unused = catapult.event("15550100107", "speak", 3);
        Thread.sleep(400); // it has begun
        catapult.done("/calls/" + id + "/audio", "{\"sentence\":\"\"}");
        assertThat(catapult.event("15550100107", "speak", 4).path("status").asText())
                .isEqualTo("done");
        catapult.refused(
                "/calls/" + id + "/audio", "{\"sentence\":\"" + "x".repeat(1001) + "\"}", 400, "validation-error");
        TrunkCall over = catapult.over("15550100107", id);
        assertThat(FacadeBench.phrases(over, "Good day.", "Again.")).startsWith("Good day.");
    }

    @Test
    @DisplayName("B08: nothing is played before the answer, and nothing stopped that is not heard")
    void nothingIsPlayedBeforeTheAnswer() throws Exception {
        String id = catapult.call("15550100108", "");

        catapult.refused(
                "/calls/" + id + "/audio",
                "{\"fileUrl\":\"" + catapult.sound("/short.wav") + "\"}",
                403,
                "call-invalid-state");
        JsonNode unused = catapult.event("15550100108", "answer");
        catapult.refused("/calls/" + id + "/audio", "{\"fileUrl\":\"\"}", 403, "call-audio-invalid-state");

        TrunkCall over = catapult.over("15550100108", id);
        assertThat(FacadeBench.millisOf(CatapultBench.SHORT_HERTZ, over)).isZero();
        assertThat(catapult.types("15550100108")).containsExactly("answer", "hangup");
        catapult.refused(
                "/calls/" + id + "/audio",
                "{\"fileUrl\":\"" + catapult.sound("/short.wav") + "\"}",
                403,
                "call-invalid-state");
    }

    @Test
    @DisplayName("B09: louder and softer")
    void louderAndSofter() throws Exception {
        String id = catapult.answered("15550100109", "");
        int events = 0;
        for (int volume : new int[] {0, 4, -4}) {
            catapult.done(
                    "/calls/" + id + "/audio",
                    "{\"fileUrl\":\"" + catapult.sound("/short.wav") + "\",\"volume\":" + volume + "}");
            events += 2;
            JsonNode unused = catapult.event("15550100109", "playback", events);
        }
        catapult.refused(
                "/calls/" + id + "/audio",
                "{\"fileUrl\":\"" + catapult.sound("/short.wav") + "\",\"volume\":5}",
                400,
                "validation-error");
        TrunkCall over = catapult.over("15550100109", id);
        var levels = ToneProbe.hertz(CatapultBench.SHORT_HERTZ)
                .tones(over.media().orElseThrow().pcm())
                .stream()
                .filter(tone -> tone.endMillis() - tone.startMillis() > 300)
                .map(ToneProbe.Tone::levelDbov)
                .toList();
        assertThat(levels).hasSize(3);
        assertThat(levels.get(1) - levels.get(0)).isCloseTo(12.7, within(1.5));
        assertThat(levels.get(2) - levels.get(0)).isCloseTo(-14.0, within(1.5));
    }

    @Test
    @DisplayName("E15: a sound that cannot be loaded is told before the answer is, and the call stays")
    void aSoundThatCannotBeLoaded() throws Exception {
        String id = catapult.answered("15550100115", "");

        catapult.refused(
                "/calls/" + id + "/audio",
                "{\"fileUrl\":\"" + catapult.sound("/nowhere.wav") + "\"}",
                503,
                "media-unavailable");

        assertThat(catapult.json("/calls/" + id).path("state").asText()).isEqualTo("active");
        TrunkCall unused = catapult.over("15550100115", id);
        assertThat(catapult.types("15550100115")).containsExactly("answer", "hangup");
    }
}
