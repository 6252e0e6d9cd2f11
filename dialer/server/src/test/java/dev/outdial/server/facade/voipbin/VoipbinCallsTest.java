package dev.outdial.server.facade.voipbin;

import static dev.outdial.server.facade.voipbin.VoipbinBench.answers;
import static dev.outdial.server.facade.voipbin.VoipbinBench.count;
import static dev.outdial.server.facade.voipbin.VoipbinBench.end;
import static dev.outdial.server.facade.voipbin.VoipbinBench.json;
import static dev.outdial.server.facade.voipbin.VoipbinBench.pause;
import static dev.outdial.server.facade.voipbin.VoipbinBench.persona;
import static dev.outdial.server.facade.voipbin.VoipbinBench.phrases;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.facade.voipbin.VoipbinBench.Placed;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.sound.Tones;
import dev.outdial.testbed.sound.WavFile;
import dev.outdial.testbed.trunk.TrunkCall;
import dev.outdial.testbed.uas.CallEnd;
import dev.outdial.testbed.web.WebAnswers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls as they are made, controlled and ended, and groups of them. */
@Tag("slow")
@Timeout(90)
@Execution(ExecutionMode.CONCURRENT)
class VoipbinCallsTest {
    private static final String TALK = "[{'type':'talk','option':{'text':'hello and welcome'}}]";
    private static final String LONG = "[{'type':'sleep','option':{'duration':60000}}]";

    private static final DialPlan PLAN = DialPlan.standard()
            .with("+15551000228", persona(new Step.Ring()))
            .with("+15551000230", persona(new Step.Answer(), pause(400), new Step.HangUp()))
            .with("+15551000486", persona(new Step.Refuse(486)))
            .with("+15551000480", persona(new Step.Refuse(480)))
            .with("+15551000603", persona(new Step.Refuse(603)))
            .with("+15551000404", persona(new Step.Refuse(404)))
            .with("+15551000503", persona(new Step.Refuse(503)))
            .with("+15551000371", persona(new Step.Ring()))
            .with("+15551000372", persona(new Step.Ring(), pause(700), new Step.Answer()))
            .with("+15551000391", persona(new Step.Ring(), pause(300), new Step.Refuse(486)))
            .with("test11", answers())
            .with("test12", answers())
            .otherwise(answers());

    @TempDir
    static Path folder;

    private static VoipbinBench voipbin;

    @BeforeAll
    static void open() throws Exception {
        voipbin = VoipbinBench.open(folder, PLAN, "OUTDIAL_FACADES_VOIPBIN_HOLD_MUSIC", "{web}/music.wav");
        voipbin.bench.web.on("/tone.wav", wav(1775, 400)).on("/music.wav", wav(1175, 3000));
    }

    private static dev.outdial.testbed.web.WebAnswer wav(int hertz, int millis) {
        return WebAnswers.content("audio/wav", WavFile.bytes(new Tones(0.4, hertz).samples(millis)));
    }

    @AfterAll
    static void close() {
        voipbin.close();
    }

    private static String play(String... paths) {
        var urls = new ArrayList<String>();
        for (String path : paths) urls.add("'" + voipbin.bench.web.uri(path) + "'");
        return "[{'type':'play','option':{'stream_urls':[" + String.join(",", urls) + "]}}]";
    }

    /** V03. */
    @Test
    void v03AFileIsPlayedAndThenWeHangUp() throws Exception {
        Placed call = voipbin.place("+15551000203", play("/tone.wav"));
        assertThat(FacadeBench.millisOf(1775, call.heard())).isBetween(340L, 460L);
        assertThat(count(call.heard(), "> BYE")).isEqualTo(1);
    }

    /** V04. */
    @Test
    void v04OfTwoFilesTheMissingOneIsLeftOut() throws Exception {
        Placed call = voipbin.place("+15551000204", play("/missing.wav", "/tone.wav"));
        assertThat(FacadeBench.millisOf(1775, call.heard())).isBetween(340L, 460L);
        assertThat(call.over().path("hangup_reason").asText()).isEqualTo("normal");
    }

    /** V05, V07. */
    @Test
    void v05v07AFlowThatIsKeptCountsMoreThanActions() throws Exception {
        String other = "[{'type':'talk','option':{'text':'kept words'}}]";
        JsonNode flow = voipbin.post("/flows", "{'name':'v05','actions':" + other + "}");
        String flowId = "'flow_id':'" + flow.path("id").asText() + "'";
        Placed both = voipbin.place("+15551000207", TALK, flowId);
        assertThat(both.made().path("flow_id")).isEqualTo(flow.path("id"));
        assertThat(both.phrases("kept words")).containsExactly("kept words");

        JsonNode alone = voipbin.post(
                "/calls", VoipbinBench.body("+15551000205", TALK, flowId).replace(json("'actions':" + TALK + ","), ""));
        assertThat(alone.get(0).path("flow_id")).isEqualTo(flow.path("id"));
        assertThat(phrases(voipbin.bench.awaitEndOfCallTo("+15551000205"), json(other)))
                .containsExactly("kept words");
    }

    /** V28. */
    @Test
    void v28WhoRingsIsGivenUp() throws Exception {
        Placed call = voipbin.place("+15551000228", TALK);
        call.await("ringing");
        JsonNode answer = call.post("hangup", "");
        assertThat(answer.path("status").asText()).isIn("ringing", "canceling", "hangup");
        TrunkCall heard = call.heard();
        assertThat(heard.glance()).containsSubsequence("> CANCEL", "< 487 Request Terminated");
        JsonNode over = call.over();
        assertThat(over.path("hangup_by").asText()).isEqualTo("local");
        assertThat(over.path("hangup_reason").asText()).isEqualTo("cancel");
        assertThat(voipbin.events(call.id()))
                .extracting(event -> event.path("type").asText())
                .containsSubsequence("call.ringing", "call.canceling", "call.ended");
    }

    /** V29. */
    @Test
    void v29TwiceHungUpIsOnce() throws Exception {
        Placed call = voipbin.place("+15551000229", LONG);
        call.await("progressing");
        call.post("hangup", "");
        assertThat(count(call.heard(), "> BYE")).isEqualTo(1);
        call.over();
        JsonNode again = call.post("hangup", "");
        assertThat(again.path("status").asText()).isEqualTo("hangup");
        assertThat(again.path("hangup_by").asText()).isEqualTo("local");
        assertThat(count(call.heard(), "> BYE")).isEqualTo(1);
    }

    /** V30; what the webhook is told is V51's. */
    @Test
    void v30WhoHangsUpInTheMiddleOfAWordEndsTheFlow() throws Exception {
        Placed call = voipbin.place("+15551000230", TALK);
        TrunkCall heard = call.heard();
        assertThat(heard.glance()).containsSubsequence("< BYE", "> 200 OK");
        assertThat(count(heard, "> BYE")).isZero();
        JsonNode over = call.over();
        assertThat(over.path("hangup_by").asText()).isEqualTo("remote");
        assertThat(over.path("hangup_reason").asText()).isEqualTo("normal");
        assertThat(call.flowEnd()).isEqualTo("call-ended");
        assertThat(heard.media().orElseThrow().received().durationMillis()).isLessThan(2000);
    }

    /** V33. */
    @ParameterizedTest
    @CsvSource({"486, busy", "480, noanswer", "603, noanswer", "404, failed", "503, failed"})
    void v33WhoRefusesSaysWhy(String code, String reason) throws Exception {
        Placed call = voipbin.place("+15551000" + code, TALK);
        assertThat(call.heard().glance()).last().isEqualTo("> ACK");
        JsonNode over = call.over();
        assertThat(over.path("hangup_reason").asText()).isEqualTo(reason);
        assertThat(over.path("hangup_by").asText()).isEqualTo("remote");
    }

    private static JsonNode group(String methods, String... destinations) throws Exception {
        var all = new ArrayList<String>();
        for (String one : destinations) {
            all.add("{'type':'" + (one.startsWith("+") ? "tel" : "endpoint") + "','target':'" + one + "'}");
        }
        return voipbin.post(
                "/groupcalls",
                "{'source':{'type':'tel','target':'" + VoipbinBench.OURS + "'},'destinations':[" + String.join(",", all)
                        + "],'actions':" + TALK + methods + "}");
    }

    private static JsonNode awaitGroup(JsonNode group, String status) throws Exception {
        String path = "/groupcalls/" + group.path("id").asText();
        FacadeBench.await("a group that is " + status, () -> {
            try {
                return voipbin.get(path).path("status").asText().equals(status);
            } catch (Exception broken) {
                throw new AssertionError(broken);
            }
        });
        return voipbin.get(path);
    }

    /** V37. */
    @Test
    void v37TheFirstWhoAnswersIsTheOnlyOne() throws Exception {
        JsonNode group =
                group(",'ring_method':'ring_all','answer_method':'hangup_others'", "+15551000371", "+15551000372");
        assertThat(group.path("call_ids")).hasSize(2);
        assertThat(end(voipbin.bench.awaitEndOfCallTo("+15551000371"))).isEqualTo(CallEnd.Kind.CANCELED);
        assertThat(phrases(voipbin.bench.awaitEndOfCallTo("+15551000372"), json(TALK)))
                .containsExactly("hello and welcome");
        JsonNode over = awaitGroup(group, "hangup");
        assertThat(over.path("answer_call_id")).isEqualTo(over.path("call_ids").get(1));
        assertThat(over.path("ring_method").asText()).isEqualTo("ring_all");
    }

    /** V38. */
    @Test
    void v38WithoutMethodsEachWhoAnswersHearsIt() throws Exception {
        JsonNode group = group("", "test11@test", "test12@test");
        assertThat(group.path("status").asText()).isEqualTo("progressing");
        assertThat(group.path("answer_method").asText("?")).isEmpty();
        assertThat(group.path("destinations").get(0).path("type").asText()).isEqualTo("endpoint");
        for (String callee : List.of("test11", "test12"))
            assertThat(phrases(voipbin.bench.awaitEndOfCallTo(callee), json(TALK)))
                    .containsExactly("hello and welcome");
        assertThat(awaitGroup(group, "hangup").path("call_ids")).hasSize(2);
    }

    /** V39. */
    @Test
    void v39OneAfterTheOther() throws Exception {
        JsonNode group = group(",'ring_method':'linear'", "+15551000391", "+15551000392");
        assertThat(group.path("call_ids")).hasSize(1);
        TrunkCall second = voipbin.bench.awaitEndOfCallTo("+15551000392");
        TrunkCall first = voipbin.bench.awaitEndOfCallTo("+15551000391");
        assertThat(first.endedNanos().orElseThrow()).isLessThanOrEqualTo(second.invitedNanos());
        assertThat(phrases(second, json(TALK))).containsExactly("hello and welcome");
        assertThat(awaitGroup(group, "hangup").path("call_ids")).hasSize(2);
    }

    /** V43. */
    @Test
    void v43WhoIsHeldHearsMusic() throws Exception {
        Placed call = voipbin.place("+15551000243", LONG);
        call.await("progressing");
        call.post("hold", "");
        FacadeBench.await(
                "a re-INVITE",
                () -> sdp(voipbin.bench.callNow("+15551000243"))
                        .anyMatch(text -> text.contains("a=sendonly") || text.contains("a=inactive")));
        Thread.sleep(1200); // music is heard in real time
        call.delete("hold", "");
        FacadeBench.await(
                "another re-INVITE",
                () -> sdp(voipbin.bench.callNow("+15551000243"))
                        .reduce((one, next) -> next)
                        .filter(last -> !last.contains("a=sendonly") && !last.contains("a=inactive"))
                        .isPresent());
        Thread.sleep(300);
        call.post("hangup", "");
        TrunkCall heard = call.heard();
        assertThat(FacadeBench.millisOf(1175, heard)).isBetween(300L, 3000L);
        assertThat(sdp(heard).toList().getLast()).doesNotContain("a=sendonly", "a=inactive");
    }

    private static java.util.stream.Stream<String> sdp(TrunkCall call) {
        return call.messages().stream()
                .filter(message -> message.fromCaller() && message.message().isRequest("INVITE"))
                .map(message -> message.message().body());
    }

    /** V44. */
    @Test
    void v44WhatIsSaidWhileMutedIsNotHeard() throws Exception {
        Placed call = voipbin.place(
                "+15551000244",
                "[{'type':'sleep','option':{'duration':2500}},{'type':'talk','option':{'text':'behind the curtain'}},"
                        + "{'type':'sleep','option':{'duration':3500}},{'type':'talk','option':{'text':'in the light'}}]");
        call.await("progressing");
        call.post("mute", "{'direction':'out'}");
        awaitMuted(call, "out");
        FacadeBench.await("the second pause", () -> {
            try {
                return call.begun("sleep").size() == 2;
            } catch (Exception broken) {
                throw new AssertionError(broken);
            }
        });
        call.delete("mute", "{'direction':'out'}");
        awaitMuted(call, "");
        assertThat(call.phrases()).containsExactly("in the light");
    }

    /** It is stored soon after it is done. */
    private static void awaitMuted(Placed call, String direction) throws Exception {
        FacadeBench.await("mute_direction '" + direction + "'", () -> {
            try {
                return voipbin.call(call.id())
                        .path("mute_direction")
                        .asText("?")
                        .equals(direction);
            } catch (Exception broken) {
                throw new AssertionError(broken);
            }
        });
    }

    /** V45. */
    @Test
    void v45WordsBesideASleepingFlow() throws Exception {
        Placed call = voipbin.place(
                "+15551000245",
                "[{'type':'sleep','option':{'duration':3000}},{'type':'talk','option':{'text':'awake'}}]");
        call.awaitAction("sleep");
        call.post("talk", "{'text':'beside','language':'en-US'}");
        assertThat(call.phrases("beside")).containsExactly("beside", "awake");
        assertThat(call.begun("talk").getFirst() - call.begun("sleep").getFirst())
                .isBetween(2700L, 4500L);
    }

    @Test
    void whatTheApiDoesBesides() throws Exception {
        Placed call = voipbin.place("+15551000260", LONG);
        voipbin.await(call.id(), "progressing");
        call.awaitAction("sleep");
        JsonNode shown = voipbin.call(call.id());
        assertThat(shown.path("action").path("type").asText()).isEqualTo("sleep");
        String run = shown.path("activeflow_id").asText();
        assertThat(voipbin.get("/activeflows/" + run).path("status").asText()).isEqualTo("running");
        assertThat(voipbin.get("/activeflows").path("result").toString()).contains(run);
        JsonNode recording = call.post("recording_start", "{'format':'wav','duration':60}");
        assertThat(recording.path("recording_ids")).hasSize(1);
        FacadeBench.await("the recording", () -> {
            try {
                return voipbin.call(call.id()).path("recording_ids").size() == 1;
            } catch (Exception broken) {
                throw new AssertionError(broken);
            }
        });
        voipbin.refused(
                voipbin.send("POST", "/calls/" + call.id() + "/recording-start", ""), 409, "RECORDING_ALREADY_ACTIVE");
        call.post("recording_stop", "");
        voipbin.refused(
                voipbin.send("POST", "/calls/" + call.id() + "/recording_stop", ""), 409, "RECORDING_NOT_ACTIVE");
        call.post("moh", "");
        call.delete("moh", "");
        call.post("silence", "");
        call.delete("silence", "");
        voipbin.post("/activeflows/" + run + "/stop", "");
        call.over();
        assertThat(voipbin.send("DELETE", "/calls/" + call.id(), "").statusCode())
                .isEqualTo(200);
        voipbin.refused(voipbin.send("GET", "/calls/" + call.id(), ""), 404, "CALL_NOT_FOUND");
    }
}
