package dev.outdial.server.facade.voipbin;

import static dev.outdial.server.facade.voipbin.VoipbinBench.answers;
import static dev.outdial.server.facade.voipbin.VoipbinBench.body;
import static dev.outdial.server.facade.voipbin.VoipbinBench.count;
import static dev.outdial.server.facade.voipbin.VoipbinBench.pause;
import static dev.outdial.server.facade.voipbin.VoipbinBench.persona;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.facade.voipbin.VoipbinBench.Placed;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.server.serve.FacadeBench.Told;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Step;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the configuration decides: times, the shape of answers, the balance, and where events are told. */
@Tag("slow")
@Timeout(90)
@Execution(ExecutionMode.CONCURRENT)
class VoipbinSettingsTest {
    private static final String TALK = "[{'type':'talk','option':{'text':'hello and welcome'}}]";
    private static final String LONG = "[{'type':'sleep','option':{'duration':60000}}]";

    @TempDir
    static Path folder;

    private static VoipbinBench voipbin;

    @BeforeAll
    static void open() throws Exception {
        voipbin = VoipbinBench.open(
                folder,
                DialPlan.standard()
                        .with("+15551000551", persona(new Step.Ring(), pause(100), new Step.Answer()))
                        .with("+15551000552", persona(new Step.Ring()))
                        .with("+15551000553", persona(new Step.Answer(), pause(400), new Step.HangUp()))
                        .with("+15551000554", persona(new Step.Refuse(486)))
                        .otherwise(answers()),
                "OUTDIAL_FACADES_VOIPBIN_RESPONSE",
                "object",
                "OUTDIAL_FACADES_VOIPBIN_UNSET_TIME",
                "empty",
                "OUTDIAL_FACADES_VOIPBIN_WEBHOOK_URI",
                "{web}/customer");
        voipbin.bench.sink("/customer", 200);
    }

    @AfterAll
    static void close() {
        voipbin.close();
    }

    private static Placed place(String number, String actions) throws Exception {
        JsonNode call =
                voipbin.post("/calls", body(number, actions)).path("calls").get(0);
        return new Placed(voipbin, call.path("id").asText(), number, actions, call);
    }

    /** X2, X4. */
    @Test
    void answersAreShapedAsTheConfigurationSays() throws Exception {
        JsonNode call = place("+15551000501", TALK).made();
        assertThat(call.path("tm_hangup").asText("?")).isEmpty();
        assertThat(call.path("tm_create").asText()).isNotEmpty();
        assertThat(voipbin.post("/calls", body("+15551000502", TALK), "X-Response-Shape", "array")
                        .isArray())
                .isTrue();
    }

    /** V31, V32: after seconds here, after the minute and the hour that VoipbinApiTest sees elsewhere. */
    @Test
    void v31v32WhoRingsOrTalksForEverIsHungUpOn(@TempDir Path other) throws Exception {
        try (var hasty = VoipbinBench.open(
                other,
                DialPlan.standard()
                        .with("+15551000531", persona(new Step.Ring()))
                        .with("+15551000532", answers()),
                "OUTDIAL_FACADES_VOIPBIN_RING_SECONDS",
                "4",
                "OUTDIAL_FACADES_VOIPBIN_LONGEST_SECONDS",
                "2")) {
            Placed rings = hasty.place("+15551000531", TALK);
            Placed talks = hasty.place("+15551000532", LONG);
            assertThat(count(talks.heard(), "> BYE")).isEqualTo(1);
            assertThat(talks.over().path("hangup_reason").asText())
                    .as("%s", hasty.events(talks.id()))
                    .isEqualTo("timeout");
            assertThat(rings.heard().glance()).contains("> CANCEL");
            assertThat(rings.over().path("hangup_reason").asText()).isEqualTo("dialout");
            assertThat(rings.over().path("hangup_by").asText()).isEqualTo("local");
        }
    }

    private static List<Told> told(String id) {
        return voipbin.bench.told("/customer").stream()
                .filter(one -> one.json().path("data").path("id").asText().equals(id))
                .filter(one -> one.json().path("type").asText().startsWith("call_"))
                .toList();
    }

    /** That it is on its way to its end is told of who is hung up on by the API. */
    private static List<String> typesUntilTheEnd(Placed call) throws Exception {
        FacadeBench.await(
                "call_hangup of " + call.number(), () -> types(call.id()).contains("call_hangup"));
        return types(call.id()).stream()
                .filter(type -> !type.equals("call_updated"))
                .toList();
    }

    private static List<String> types(String id) {
        return told(id).stream().map(one -> one.json().path("type").asText()).toList();
    }

    /** V51, V30. */
    @Test
    void v51TheCustomerIsToldOfEachStepInOrder() throws Exception {
        Placed answered = place("+15551000551", TALK);
        assertThat(typesUntilTheEnd(answered))
                .containsExactly("call_created", "call_dialing", "call_ringing", "call_progressing", "call_hangup");
        JsonNode last = told(answered.id()).getLast().json();
        assertThat(last.path("data").path("status").asText()).isEqualTo("hangup");
        assertThat(last.path("data").path("hangup_reason").asText()).isEqualTo("normal");
        assertThat(last.path("data").path("destination").path("target").asText())
                .isEqualTo("+15551000551");
        assertThat(told(answered.id())
                        .getFirst()
                        .json()
                        .path("data")
                        .path("tm_hangup")
                        .asText("?"))
                .isEmpty();
        assertThat(last.size()).isEqualTo(2);
    }

    @Test
    void v51WhoIsCancelledOrHangsUpOrRefuses() throws Exception {
        Placed canceled = place("+15551000552", TALK);
        canceled.await("ringing");
        canceled.post("hangup", "");
        assertThat(typesUntilTheEnd(canceled))
                .containsExactly("call_created", "call_dialing", "call_ringing", "call_canceling", "call_hangup");
        Placed left = place("+15551000553", LONG);
        assertThat(typesUntilTheEnd(left))
                .containsExactly("call_created", "call_dialing", "call_progressing", "call_hangup");
        Placed busy = place("+15551000554", TALK);
        assertThat(typesUntilTheEnd(busy)).containsExactly("call_created", "call_dialing", "call_hangup");
    }

    @Test
    void v51FlowsAreToldToo() throws Exception {
        Placed call = place("+15551000556", TALK);
        typesUntilTheEnd(call);
        assertThat(voipbin.bench.told("/customer"))
                .filteredOn(one ->
                        one.json().path("data").path("reference_id").asText().equals(call.id()))
                .extracting(one -> one.json().path("type").asText())
                .containsExactly("activeflow_created", "activeflow_updated", "activeflow_deleted");
    }

    /** V51: how often it is tried. */
    @Test
    void v51AServerErrorIsTriedThreeTimesAndAnyOtherAnswerCounts(@TempDir Path other, @TempDir Path third)
            throws Exception {
        assertThat(tries(other, 500)).isEqualTo(3);
        assertThat(tries(third, 404)).isEqualTo(1);
    }

    /** How often the same event comes to a receiver that answers so. */
    private static long tries(Path folder, int status) throws Exception {
        try (var one = VoipbinBench.open(
                folder,
                DialPlan.standard().with("+15551000555", persona(new Step.Refuse(486))),
                "OUTDIAL_FACADES_VOIPBIN_WEBHOOK_URI",
                "{web}/failing")) {
            one.bench.sink("/failing", status);
            one.place("+15551000555", TALK);
            FacadeBench.await(
                    "the last event",
                    () -> one.bench.told("/failing").stream()
                            .anyMatch(told -> told.json().path("type").asText().equals("call_hangup")));
            Thread.sleep(3500); // more tries than three would come within that
            return one.bench.told("/failing").stream()
                    .filter(told -> told.json().path("type").asText().equals("call_created"))
                    .count();
        }
    }

    /** V35. */
    @Test
    void v35NoBalanceNoCall(@TempDir Path other) throws Exception {
        try (var poor = VoipbinBench.open(other, DialPlan.standard(), "OUTDIAL_FACADES_VOIPBIN_BALANCE", "-0.01")) {
            poor.refused(poor.send("POST", "/calls", body("+15551000135", TALK)), 402, "INSUFFICIENT_BALANCE");
            assertThat(poor.get("/billing_accounts")
                            .path("result")
                            .get(0)
                            .path("balance")
                            .asDouble())
                    .isEqualTo(-0.01);
            assertThat(poor.bench.callsTo("+15551000135")).isEmpty();
        }
    }

    /** E15: what may not be fetched is left out, and the call goes on. */
    @Test
    void e15ASoundOnAPrivateAddressIsLeftOut(@TempDir Path other) throws Exception {
        try (var guarded = VoipbinBench.open(
                other,
                DialPlan.standard().with("+15551000515", answers()),
                "OUTDIAL_SOUND_PRIVATE_ADDRESSES",
                "false")) {
            Placed call = guarded.place(
                    "+15551000515",
                    "[{'type':'play','option':{'stream_urls':['" + guarded.bench.web.uri("/tone.wav")
                            + "']}},{'type':'talk','option':{'text':'after it'}}]");
            assertThat(call.phrases()).containsExactly("after it");
            assertThat(guarded.bench.web.requests()).isEmpty();
        }
    }

    /** V51 for what is of no call that came by this API: a webhook of the account that speaks as VoIPBin does. */
    @Test
    void v51AWebhookOfTheAccountHearsOfGroupsToo() throws Exception {
        String url = voipbin.bench.sink("/account", 200);
        assertThat(voipbin.bench
                        .send(
                                "POST",
                                "/api/v1/webhooks",
                                VoipbinBench.json("{'url':'" + url + "','types':['groupcall.*'],'profile':'voipbin'}"),
                                "Content-Type",
                                "application/json",
                                "Authorization",
                                "Bearer " + voipbin.bench.nativeKey())
                        .statusCode())
                .isEqualTo(201);
        JsonNode group = voipbin.post(
                "/groupcalls",
                "{'source':{'type':'tel','target':'" + VoipbinBench.OURS
                        + "'},'destinations':[{'type':'tel','target':'+15551000557'}],'actions':" + TALK + "}");
        List<Told> told = voipbin.bench.awaitTold("/account", 3);
        assertThat(told)
                .extracting(one -> one.json().path("type").asText())
                .containsExactly("groupcall_created", "groupcall_progressing", "groupcall_hangup");
        assertThat(told.getLast().json().path("data").path("id")).isEqualTo(group.path("id"));
        assertThat(told.getLast().json().path("data").path("flow_id")).isEqualTo(group.path("flow_id"));
    }
}
