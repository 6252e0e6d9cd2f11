package dev.outdial.server.facade.bandwidth;

import static dev.outdial.server.facade.bandwidth.CatapultBench.callees;
import static dev.outdial.server.facade.bandwidth.CatapultBench.persona;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.TrunkCall;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** How calls are made, end and are listed: cases B10 to B13, B21, B24, B28, B29, B32 and B33. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class BandwidthCallsTest {
    private static final Step ANSWER = new Step.Answer();
    private static final Step RING = new Step.Ring();

    @TempDir
    static Path folder;

    private static CatapultBench catapult;

    @BeforeAll
    static void start() {
        catapult = new CatapultBench(
                folder,
                callees(
                        "15550100210", persona(RING),
                        "15550100212", persona(ANSWER),
                        "15550100213", persona(RING),
                        "15550100214", persona(new Step.Refuse(486)),
                        "15550100215", persona(new Step.Refuse(603)),
                        "15550100216", persona(new Step.Refuse(404)),
                        "15550100221", persona(ANSWER, new Step.SayTone(900, Duration.ofSeconds(8))),
                        "15550100222", persona(ANSWER),
                        "15550100224", persona(ANSWER),
                        "15550100225", persona(new Step.Refuse(486)),
                        "15550100229", persona(ANSWER),
                        "15550100233", persona(ANSWER)));
    }

    @AfterAll
    static void stop() {
        catapult.close();
    }

    @Test
    @DisplayName("B10: who does not answer in time is told of by timeout, then hangup")
    void whoDoesNotAnswerInTime() throws Exception {
        String id = catapult.call("15550100210", "\"callTimeout\":5,\"callbackTimeout\":2000,");

        JsonNode hangup = catapult.event("15550100210", "hangup");
        assertThat(hangup.path("cause").asText()).isEqualTo("NO_ANSWER");
        assertThat(catapult.types("15550100210")).containsExactly("timeout", "hangup");
        JsonNode call = catapult.json("/calls/" + id);
        assertThat(call.path("state").asText()).isEqualTo("completed");
        assertThat(call.path("callTimeout").asInt()).isEqualTo(5);
        assertThat(call.path("callbackTimeout").asInt()).isEqualTo(2000);
        TrunkCall over = catapult.bench.awaitEndOfCallTo("+15550100210");
        assertThat(over.glance()).contains("> CANCEL");
        assertThat((over.endedNanos().orElseThrow() - over.invitedNanos()) / 1_000_000)
                .isCloseTo(5_000, within(300L));
    }

    @Test
    @DisplayName("B11, B28, B29, B32: what makes no sense is refused and not dialled")
    void whatMakesNoSense() throws Exception {
        String begin = "{\"from\":\"" + CatapultBench.FROM + "\",\"to\":\"+15550100211\"";
        catapult.refused("/calls", begin + ",\"callTimeout\":301}", 400, "validation-error");
        catapult.refused("/calls", begin + ",\"callTimeout\":\"long\"}", 400, "validation-error");
        catapult.refused("/calls", begin + ",\"callbackUrl\":\"example\"}", 400, "callback-url-invalid");
        catapult.refused("/calls", begin + ",\"callbackTimeout\":10001}", 400, "validation-error");
        catapult.refused("/calls", begin + ",\"callbackHttpMethod\":\"PUT\"}", 400, "validation-error");
        catapult.refused("/calls", begin + ",\"recordingFileFormat\":\"mp3\"}", 400, "validation-error");
        catapult.refused("/calls", begin + ",\"sipHeaders\":{\"Via\":\"1\"}}", 400, "validation-error");
        catapult.refused(
                "/calls",
                begin
                        + ",\"sipHeaders\":{\"X-1\":\"1\",\"X-2\":\"1\",\"X-3\":\"1\",\"X-4\":\"1\",\"X-5\":\"1\",\"X-6\":\"1\"}}",
                400,
                "validation-error");
        catapult.refused("/calls", "{\"from\":\"+15550109999\"}", 400, "validation-error");
        catapult.refused("/calls", "{\"from\":\"5550109999\",\"to\":\"+15550100211\"}", 400, "validation-error");
        catapult.refused("/calls", "{\"from\":\"+15550109999\",\"to\":\"sips:a@127.0.0.1\"}", 400, "validation-error");
        catapult.refused("/calls", "[]", 400, "validation-error");
        catapult.refused("/calls", "{", 400, "validation-error");

        CatapultBench.refused(
                catapult.bench.send(
                        "POST",
                        CatapultBench.USER + "/calls",
                        begin + "}",
                        "Authorization",
                        CatapultBench.basic("t-token:wrong")),
                401,
                "credentials-invalid");
        CatapultBench.refused(
                catapult.bench.send("POST", CatapultBench.USER + "/calls", begin + "}"), 401, "credentials-invalid");
        CatapultBench.refused(
                catapult.bench.send(
                        "POST", "/v1/users/u-other/calls", begin + "}", "Authorization", CatapultBench.AUTHORIZATION),
                401,
                "user-access-denied");
        CatapultBench.refused(catapult.get("/calls/c-abcdefghijklmnopqrstuvwx"), 404, "call-not-found");
        CatapultBench.refused(catapult.get("/calls/other"), 404, "call-not-found");
        CatapultBench.refused(catapult.get("/nowhere"), 404, "resource-not-found");
        assertThat(catapult.bench.callsTo("+15550100211")).isEmpty();
    }

    @Test
    @DisplayName("B12: completed ends a call that is up")
    void completedEndsACallThatIsUp() throws Exception {
        String id = catapult.answered("15550100212", "");

        catapult.done("/calls/" + id, "{\"state\":\"completed\"}");

        assertThat(catapult.event("15550100212", "hangup").path("cause").asText())
                .isEqualTo("NORMAL_CLEARING");
        assertThat(catapult.bench.awaitEndOfCallTo("+15550100212").glance()).contains("> BYE");
        assertThat(catapult.json("/calls/" + id).path("state").asText()).isEqualTo("completed");
        catapult.refused("/calls/" + id, "{\"state\":\"completed\"}", 403, "call-invalid-state");
    }

    @Test
    @DisplayName("B12: completed cancels a call that rings")
    void completedCancelsACallThatRings() throws Exception {
        String id = catapult.call("15550100213", "");
        FacadeBench.await(
                "ringing", () -> !catapult.bench.callsTo("+15550100213").isEmpty());
        Thread.sleep(300); // 180 is on its way
        assertThat(catapult.json("/calls/" + id).path("state").asText()).isEqualTo("started");

        catapult.done("/calls/" + id, "{\"state\":\"completed\"}");

        assertThat(catapult.event("15550100213", "hangup").path("cause").asText())
                .isEqualTo("ORIGINATOR_CANCEL");
        assertThat(catapult.bench.awaitEndOfCallTo("+15550100213").glance()).contains("> CANCEL");
        assertThat(catapult.types("15550100213")).containsExactly("hangup");
    }

    @Test
    @DisplayName("B13: who is busy, declines, or is not there")
    void whoRefuses() throws Exception {
        String busy = catapult.call("15550100214", "");
        String declined = catapult.call("15550100215", "");
        String nobody = catapult.call("15550100216", "");

        refused("15550100214", busy, "USER_BUSY", "completed");
        refused("15550100215", declined, "CALL_REJECTED", "rejected");
        refused("15550100216", nobody, "UNALLOCATED_NUMBER", "completed");
    }

    private static void refused(String number, String id, String cause, String state) throws Exception {
        JsonNode hangup = catapult.event(number, "hangup");
        assertThat(hangup.path("cause").asText()).isEqualTo(cause);
        assertThat(hangup.path("callState").asText()).isEqualTo("completed");
        assertThat(catapult.types(number)).containsExactly("hangup");
        assertThat(catapult.json("/calls/" + id).path("state").asText()).isEqualTo(state);
    }

    @Test
    @DisplayName("B21: a call is recorded from its answer on")
    void aCallIsRecorded() throws Exception {
        String id = catapult.answered("15550100221", "\"recordingEnabled\":true,");
        Thread.sleep(2_000); // what is recorded
        TrunkCall unused = catapult.over("15550100221", id);

        JsonNode told = catapult.event("15550100221", "recording");
        assertThat(told.path("state").asText()).isEqualTo("complete");
        assertThat(told.path("status").asText()).isEqualTo("complete");
        assertThat(catapult.types("15550100221")).containsExactly("answer", "recording complete", "hangup");
        JsonNode recording =
                catapult.json("/recordings/" + told.path("recordingId").asText());
        assertThat(told.path("recordingUri").asText())
                .endsWith("/recordings/" + recording.path("id").asText());
        assertThat(recording.path("call").asText()).endsWith("/calls/" + id);
        assertThat(recording.path("state").asText()).isEqualTo("complete");
        assertThat(catapult.json("/calls/" + id + "/recordings")).hasSize(1);
        String media = recording.path("media").asText();
        HttpResponse<String> file =
                catapult.get(media.substring(media.indexOf(CatapultBench.USER) + CatapultBench.USER.length()));
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Type")).hasValue("audio/wav");
        assertThat(file.body()).startsWith("RIFF");
        long bytes = file.headers().firstValueAsLong("Content-Length").orElseThrow();
        JsonNode call = catapult.json("/calls/" + id);
        long talkMillis = Duration.between(
                        Instant.parse(call.path("activeTime").asText()),
                        Instant.parse(call.path("endTime").asText()))
                .toMillis();
        assertThat(bytes / 16).as("milliseconds, mono, 8 kHz").isCloseTo(talkMillis, within(300L));
    }

    @Test
    @DisplayName("B21: switched on and off twice there are two recordings")
    void recordingIsSwitchedTwice() throws Exception {
        String id = catapult.answered("15550100222", "");
        for (int i = 1; i <= 2; i++) {
            catapult.done("/calls/" + id, "{\"recordingEnabled\":\"true\"}");
            Thread.sleep(500); // what is recorded
            catapult.done("/calls/" + id, "{\"recordingEnabled\":\"false\"}");
            JsonNode unused = catapult.event("15550100222", "recording", i);
        }

        JsonNode all = catapult.json("/calls/" + id + "/recordings");
        assertThat(all).hasSize(2);
        assertThat(all.get(0).path("startTime").asText())
                .isLessThan(all.get(1).path("startTime").asText());
        TrunkCall unused = catapult.over("15550100222", id);
        assertThat(catapult.types("15550100222"))
                .containsExactly("answer", "recording complete", "recording complete", "hangup");
    }

    @Test
    @DisplayName("B24: pages of calls, by sender and in both orders; a short call is charged a minute")
    void callsAreListed() throws Exception {
        String from = "+15550108888";
        List<String> ids = new ArrayList<>();
        for (String to : List.of("15550100224", "15550100225", "15550100225")) {
            HttpResponse<String> made = catapult.post("/calls", "{\"from\":\"" + from + "\",\"to\":\"+" + to + "\"}");
            String place = made.headers().firstValue("Location").orElseThrow();
            ids.add(place.substring(place.lastIndexOf('/') + 1));
            Thread.sleep(20); // their times differ
        }
        catapult.awaitState(ids.getFirst(), "active");
        Thread.sleep(1_000); // a talk
        catapult.done("/calls/" + ids.getFirst(), "{\"state\":\"completed\"}");
        catapult.awaitState(ids.getFirst(), "completed");

        assertThat(ids("/calls?from=%2B15550108888&size=2&page=0")).containsExactly(ids.get(2), ids.get(1));
        assertThat(ids("/calls?from=%2B15550108888&size=2&page=1")).containsExactly(ids.get(0));
        assertThat(ids("/calls?from=%2B15550108888&sortOrder=asc")).containsExactlyElementsOf(ids);
        assertThat(ids("/calls?from=%2B15550108888&to=%2B15550100224")).containsExactly(ids.get(0));
        assertThat(ids("/calls?bridgeId=brg-1&from=%2B15550108888")).isEmpty();
        JsonNode call = catapult.json("/calls/" + ids.getFirst());
        assertThat(call.path("chargeableDuration").asInt()).isEqualTo(60);
        assertThat(call.path("direction").asText()).isEqualTo("out");
        assertThat(call.path("activeTime").asText())
                .isBetween(call.path("startTime").asText(), call.path("endTime").asText());
        assertThat(call.path("events").asText()).endsWith("/calls/" + ids.getFirst() + "/events");
        assertThat(catapult.json("/calls/" + ids.get(1))
                        .path("chargeableDuration")
                        .asInt())
                .isZero();
        CatapultBench.refused(catapult.get("/calls?size=1001"), 400, "validation-error");
    }

    private static List<String> ids(String path) throws Exception {
        JsonNode list = catapult.json(path);
        assertThat(list.isArray()).isTrue();
        return list.findValuesAsText("id");
    }

    @Test
    @DisplayName("B28: a SIP address is called")
    void aSipAddressIsCalled() throws Exception {
        String to = "sip:1001@127.0.0.1:" + catapult.bench.trunk().port();
        String id = catapult.call("15550100228", to, "");

        JsonNode answer = catapult.event("15550100228", "answer");

        assertThat(answer.path("to").asText()).isEqualTo(to);
        TrunkCall over = catapult.bench.awaitCallTo("1001");
        assertThat(over.messages().getFirst().message().requestUri()).startsWith(to);
        catapult.done("/calls/" + id, "{\"state\":\"completed\"}");
    }

    @Test
    @DisplayName("B29: headers of the user's own are in the INVITE")
    void headersAreInTheInvite() throws Exception {
        String id = catapult.answered("15550100229", "\"sipHeaders\":{\"X-A\":\"1\"},");

        TrunkCall over = catapult.over("15550100229", id);

        assertThat(over.messages().getFirst().message().header("X-A")).hasValue("1");
        assertThat(catapult.json("/calls/" + id).path("sipHeaders").path("X-A").asText())
                .isEqualTo("1");
    }

    @Test
    @DisplayName("B33: what happened in a call, in order")
    void eventsAreListed() throws Exception {
        String id = catapult.answered("15550100233", "");
        catapult.done("/calls/" + id + "/audio", "{\"fileUrl\":\"" + catapult.sound("/short.wav") + "\"}");
        JsonNode unused = catapult.event("15550100233", "playback", 2);
        TrunkCall over = catapult.over("15550100233", id);
        assertThat(over.glance()).contains("> BYE");

        JsonNode events = catapult.json("/calls/" + id + "/events");

        assertThat(events.findValuesAsText("name"))
                .containsExactly("create", "answer", "playback", "playback", "hangup");
        assertThat(events.findValuesAsText("time")).isSorted();
        assertThat(events.get(2).path("data").asText()).isEqualTo("start");
        assertThat(events.get(3).path("data").asText()).isEqualTo("done");
        assertThat(events.get(4).path("data").asText()).isEqualTo("NORMAL_CLEARING");
        String event = events.get(1).path("id").asText();
        assertThat(catapult.json("/calls/" + id + "/events/" + event)
                        .path("name")
                        .asText())
                .isEqualTo("answer");
        CatapultBench.refused(catapult.get("/calls/" + id + "/events/none"), 404, "call-event-not-found");
    }
}
