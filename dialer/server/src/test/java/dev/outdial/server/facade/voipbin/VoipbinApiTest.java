package dev.outdial.server.facade.voipbin;

import static dev.outdial.server.facade.voipbin.VoipbinBench.answers;
import static dev.outdial.server.facade.voipbin.VoipbinBench.body;
import static dev.outdial.server.facade.voipbin.VoipbinBench.json;
import static dev.outdial.server.facade.voipbin.VoipbinBench.persona;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.TrunkCall;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked and answered over HTTP, and one call. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class VoipbinApiTest {
    private static final String TALK = "[{'type':'talk','option':{'text':'hello and welcome','language':'en-US'}}]";
    private static final String NOBODY = "+15551000999";

    @TempDir
    static Path folder;

    private static VoipbinBench voipbin;

    @BeforeAll
    static void open() throws Exception {
        voipbin = VoipbinBench.open(
                folder,
                DialPlan.standard().with("+15551000101", answers()).with(NOBODY, persona(new Step.Refuse(486))));
    }

    @AfterAll
    static void close() {
        voipbin.close();
    }

    /** V01, V02. */
    @Test
    void v01v02WordsAreHeardAfterTheAnswerAndThenWeHangUp() throws Exception {
        JsonNode made = FacadeBench.json(
                voipbin.bench.send("POST", "/v1.0/calls?token=" + voipbin.token, body("+15551000101", TALK)));
        assertThat(made.isArray()).isTrue();
        JsonNode call = made.get(0);
        assertThat(call.path("status").asText()).isEqualTo("dialing");
        assertThat(call.path("direction").asText()).isEqualTo("outgoing");
        assertThat(call.path("type").asText()).isEqualTo("flow");
        assertThat(call.path("hangup_by").asText()).isEmpty();
        assertThat(call.path("hangup_reason").asText()).isEmpty();
        assertThat(call.path("flow_id").asText()).hasSize(36).isNotEqualTo(Ids.NONE);
        assertThat(call.path("action").path("id").asText()).endsWith("0001");
        assertThat(call.path("user_id").asInt()).isEqualTo(1);
        for (String time : List.of("tm_update", "tm_progressing", "tm_ringing", "tm_hangup"))
            assertThat(call.path(time).asText()).isEqualTo("9999-01-01 00:00:00.000000");
        assertThat(call.path("tm_create").asText()).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}");

        TrunkCall heard = voipbin.bench.awaitEndOfCallTo("+15551000101");
        assertThat(heard.from()).contains(VoipbinBench.OURS);
        assertThat(VoipbinBench.phrases(heard, json(TALK))).containsExactly("hello and welcome");
        assertThat(VoipbinBench.count(heard, "> BYE")).isEqualTo(1);
        JsonNode over = voipbin.await(call.path("id").asText(), "hangup");
        assertThat(over.path("hangup_by").asText()).isEqualTo("local");
        assertThat(over.path("hangup_reason").asText()).isEqualTo("normal");
        assertThat(over.path("tm_progressing").asText())
                .isLessThanOrEqualTo(over.path("tm_hangup").asText());
        assertThat(voipbin.get("/flows/" + call.path("flow_id").asText())
                        .path("actions")
                        .get(0)
                        .path("id")
                        .asText())
                .hasSize(36);
    }

    /** V31, V32: the times that VoipbinSettingsTest shortens. */
    @Test
    void v31v32CallsRingForAMinuteAndLastForAnHour() throws Exception {
        String id = voipbin.place(NOBODY, TALK).id();
        JsonNode times = FacadeBench.json(voipbin.bench.send(
                        "GET", "/api/v1/calls/" + id, "", "Authorization", "Bearer " + voipbin.bench.nativeKey()))
                .path("timeouts");
        assertThat(times.path("ring_s").asInt()).isEqualTo(60);
        assertThat(times.path("max_duration_s").asInt()).isEqualTo(3600);
    }

    /** V06. */
    @Test
    void v06AFlowThatIsNotThere() throws Exception {
        String wanted = body("+15551000106", TALK, "'flow_id':'" + UUID.randomUUID() + "'");
        HttpResponse<String> answer = voipbin.send("POST", "/calls", wanted);
        voipbin.refused(answer, 404, "FLOW_NOT_FOUND");
        assertThat(FacadeBench.json(answer).path("error").path("status").asText())
                .isEqualTo("NOT_FOUND");
        assertThat(voipbin.bench.callsTo("+15551000106")).isEmpty();
    }

    /** V35. */
    @ParameterizedTest
    @ValueSource(strings = {"010-1234-5678", "+1 555 987 6543", "15559876543", "+0123456789", "+123", ""})
    void v35ANumberThatIsNotE164IsNotCalled(String number) throws Exception {
        voipbin.refused(voipbin.send("POST", "/calls", body(number, TALK)), 400, "INVALID_ARGUMENT");
        assertThat(voipbin.bench.callsTo(number)).isEmpty();
    }

    @Test
    void v35ASourceThatIsNotOurs() throws Exception {
        String wanted = body("+15551000135", TALK).replace(VoipbinBench.OURS, "+15557654321");
        voipbin.refused(voipbin.send("POST", "/calls", wanted), 400, "INVALID_ARGUMENT");
        assertThat(voipbin.bench.callsTo("+15551000135")).isEmpty();
    }

    /** V53. */
    @Test
    void v53AnActionThatNobodyKnows() throws Exception {
        HttpResponse<String> answer =
                voipbin.send("POST", "/calls", body("+15551000153", "[{'type':'tlak','option':{'text':'x'}}]"));
        voipbin.refused(answer, 400, "INVALID_ACTION_TYPE");
        voipbin.refused(
                voipbin.send("POST", "/flows", "{'name':'bad','actions':[{'type':'tlak'}]}"),
                400,
                "INVALID_ACTION_TYPE");
        assertThat(voipbin.bench.callsTo("+15551000153")).isEmpty();
    }

    /** V15, the second half. */
    @ParameterizedTest
    @ValueSource(
            strings = {"'digits':'12','duration':50", "'digits':'12','interval':6000", "'digits':'12x','duration':500"})
    void v15KeysThatCannotBeSent(String options) throws Exception {
        String action = "[{'type':'digits_send','option':{" + options + "}}]";
        voipbin.refused(voipbin.send("POST", "/calls", body("+15551000115", action)), 400, "INVALID_ARGUMENT");
    }

    @Test
    void v15AHundredAndOneKeys() throws Exception {
        String action = "[{'type':'digits_send','option':{'digits':'" + "1".repeat(101) + "'}}]";
        voipbin.refused(voipbin.send("POST", "/calls", body("+15551000115", action)), 400, "INVALID_ARGUMENT");
    }

    /** V36. */
    @Test
    void v36PagesOfCallsAreDisjointAndTheNewestComesFirst() throws Exception {
        for (int i = 0; i < 5; i++) voipbin.place(NOBODY, TALK);
        List<String> ids = new ArrayList<>();
        List<String> times = new ArrayList<>();
        String token = "";
        for (int page = 0; page < 2; page++) {
            JsonNode answer = voipbin.get("/calls?page_size=2&page_token=" + token.replace(" ", "%20"));
            assertThat(answer.path("result")).hasSize(2);
            answer.path("result").forEach(call -> {
                ids.add(call.path("id").asText());
                times.add(call.path("tm_create").asText());
            });
            token = answer.path("next_page_token").asText();
            assertThat(token).startsWith(times.getLast().substring(0, 23));
        }
        assertThat(new HashSet<>(ids)).hasSize(4);
        assertThat(times).isSortedAccordingTo((one, other) -> other.compareTo(one));
        for (String size : List.of("1000", "0", "x", "100"))
            assertThat(voipbin.get("/calls?page_size=" + size).path("result").size())
                    .isLessThanOrEqualTo(100)
                    .isGreaterThan(4);
        voipbin.refused(voipbin.send("GET", "/calls?page_token=yesterday", ""), 400, "INVALID_ARGUMENT");
    }

    /** V50. */
    @Test
    void v50TokenAndAccessKeyEachInItsPlace() throws Exception {
        JsonNode key = voipbin.post("/accesskeys", "{'name':'my key','detail':'tests','expire':3600}");
        String secret = key.path("token").asText();
        assertThat(secret).startsWith(key.path("token_prefix").asText());
        assertThat(status("?accesskey=" + secret)).isEqualTo(200);
        assertThat(status("?token=" + voipbin.token)).isEqualTo(200);
        assertThat(status("", "Authorization", "Bearer " + voipbin.token)).isEqualTo(200);
        assertThat(status("", "Cookie", "a=b; token=" + voipbin.token)).isEqualTo(200);
        assertThat(status("?token=" + secret)).isEqualTo(401);
        assertThat(status("?accesskey=" + voipbin.token)).isEqualTo(401);
        assertThat(status("", "Authorization", "Bearer " + secret)).isEqualTo(401);
        assertThat(status("")).isEqualTo(401);
        assertThat(status("?accesskey=" + VoipbinBench.PASSWORD)).isEqualTo(200);
        assertThat(voipbin.get("/accesskeys/" + key.path("id").asText()).has("token"))
                .isFalse();
        assertThat(voipbin.bench
                        .send("POST", "/v1.0/accesskeys?accesskey=" + secret, "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(voipbin.send("DELETE", "/accesskeys/" + key.path("id").asText(), "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(status("?accesskey=" + secret)).isEqualTo(401);
    }

    /** V50. */
    @Test
    void v50AKeyEndsWhenItSays() throws Exception {
        String secret = voipbin.post("/accesskeys", "{'name':'short','expire':1}")
                .path("token")
                .asText();
        FacadeBench.await("the end of a key", () -> {
            try {
                return status("?accesskey=" + secret) == 401;
            } catch (Exception broken) {
                throw new AssertionError(broken);
            }
        });
    }

    @Test
    void v50WhoHasAnotherPasswordIsNotLetIn() throws Exception {
        for (String body : List.of("{'username':'ann@example.com','password':'guess'}", "{'password':'p-7f3kq0'}"))
            voipbin.refused(voipbin.bench.send("POST", "/auth/login", json(body)), 401, "INVALID_CREDENTIALS");
        voipbin.refused(voipbin.bench.send("GET", "/v1.0/calls", ""), 401, "AUTHENTICATION_REQUIRED");
    }

    private static int status(String query, String... headers) throws Exception {
        return voipbin.bench.send("GET", "/v1.0/numbers" + query, "", headers).statusCode();
    }

    /** X2. */
    @Test
    void newCallsAreAnsweredInAnObjectForWhoWantsThat() throws Exception {
        JsonNode made = voipbin.post("/calls", body(NOBODY, TALK), "X-Response-Shape", "object");
        assertThat(made.path("calls")).hasSize(1);
        assertThat(made.path("groupcalls").isArray()).isTrue();
    }

    @Test
    void severalDestinationsAreOneCallEachAndThoseThatCannotBeCalledAreLeftOut() throws Exception {
        String two = body(NOBODY, TALK)
                .replace(
                        "\"destinations\":[",
                        "\"destinations\":[{\"type\":\"tel\",\"target\":\"12\"},{\"type\":\"sip\",\"target\":\"1002@example.com;transport=udp\"},");
        JsonNode made = voipbin.post("/calls", two);
        assertThat(made).hasSize(2);
        assertThat(made.get(0).path("flow_id")).isEqualTo(made.get(1).path("flow_id"));
        assertThat(voipbin.bench.awaitCallTo("1002").glance()).isNotEmpty();
    }

    @Test
    void flowsAreKept() throws Exception {
        JsonNode made = voipbin.post("/flows", "{'name':'same','detail':'d','actions':" + TALK + "}");
        JsonNode other = voipbin.post("/flows", "{'name':'same','actions':" + TALK + "}");
        String path = "/flows/" + made.path("id").asText();
        assertThat(other.path("name").asText()).isEqualTo("same");
        assertThat(voipbin.get(path).path("detail").asText()).isEqualTo("d");
        JsonNode changed =
                FacadeBench.json(voipbin.send("PUT", path, "{'name':'other','actions':[{'type':'answer'}]}"));
        assertThat(changed.path("actions").get(0).path("type").asText()).isEqualTo("answer");
        assertThat(voipbin.get("/flows").path("result").size()).isGreaterThanOrEqualTo(2);
        assertThat(voipbin.send("DELETE", path, "").statusCode()).isEqualTo(200);
        voipbin.refused(voipbin.send("GET", path, ""), 404, "FLOW_NOT_FOUND");
    }

    @Test
    void numbersAreKeptAndHaveFlows() throws Exception {
        String flow = voipbin.post("/flows", "{'name':'','actions':" + TALK + "}")
                .path("id")
                .asText();
        JsonNode number = voipbin.own("+15551000777");
        String path = "/numbers/" + number.path("id").asText();
        JsonNode changed = FacadeBench.json(voipbin.send("PUT", path + "/flow_ids", "{'call_flow_id':'" + flow + "'}"));
        assertThat(changed.path("call_flow_id").asText()).isEqualTo(flow);
        assertThat(voipbin.get(path).path("number").asText()).isEqualTo("+15551000777");
        voipbin.refused(voipbin.send("POST", "/numbers", "{'number':'+15551000777'}"), 409, "NUMBER_ALREADY_EXISTS");
        assertThat(voipbin.send("DELETE", path, "").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /calls/12, 400, INVALID_ID",
        "GET, /calls/11111111-2222-3333-4444-555555555555, 404, CALL_NOT_FOUND",
        "POST, /calls/11111111-2222-3333-4444-555555555555/hangup, 404, CALL_NOT_FOUND",
        "GET, /groupcalls/11111111-2222-3333-4444-555555555555, 404, GROUPCALL_NOT_FOUND",
        "GET, /recordings/11111111-2222-3333-4444-555555555555, 404, RECORDING_NOT_FOUND",
        "GET, /recordingfiles/11111111-2222-3333-4444-555555555555, 404, RECORDING_NOT_FOUND",
        "GET, /activeflows/11111111-2222-3333-4444-555555555555, 404, ACTIVEFLOW_NOT_FOUND",
        "GET, /queues, 404, RESOURCE_NOT_FOUND",
        "PATCH, /calls, 405, METHOD_NOT_ALLOWED",
        "POST, /providers, 501, UNIMPLEMENTED",
        "POST, /calls, 400, INVALID_JSON_BODY",
    })
    void whatIsNotThereIsRefusedInItsWords(String method, String path, int status, String reason) throws Exception {
        voipbin.refused(voipbin.send(method, path, ""), status, reason);
    }

    @Test
    void trunksAreShownAsProvidersAndRoutes() throws Exception {
        HttpResponse<String> trunk = voipbin.bench.send(
                "POST",
                "/api/v1/trunks",
                json("{'name':'carrier','host':'sip.example.com','username':'alice','register':false}"),
                "Authorization",
                "Bearer " + voipbin.bench.nativeKey(),
                "Content-Type",
                "application/json");
        assertThat(trunk.statusCode()).as(trunk.body()).isEqualTo(201);
        JsonNode provider = voipbin.get("/providers").path("result").get(0);
        assertThat(provider.path("type").asText()).isEqualTo("sip");
        assertThat(provider.path("name").asText()).isEqualTo("carrier");
        // The server's own one is older, and tried first.
        JsonNode routes = voipbin.get("/routes").path("result");
        assertThat(routes.get(0).path("name").asText()).isEqualTo("loopback");
        assertThat(routes.get(1).path("provider_id")).isEqualTo(provider.path("id"));
        assertThat(voipbin.get("/trunks/" + provider.path("id").asText()).path("name"))
                .isEqualTo(provider.path("name"));
    }
}
