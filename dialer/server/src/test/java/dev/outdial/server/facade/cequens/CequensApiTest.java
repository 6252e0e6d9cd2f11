package dev.outdial.server.facade.cequens;

import static dev.outdial.server.facade.cequens.CequensBench.KEY;
import static dev.outdial.server.facade.cequens.CequensBench.TEXT;
import static dev.outdial.server.facade.cequens.CequensBench.USER;
import static dev.outdial.server.facade.cequens.CequensBench.member;
import static dev.outdial.server.facade.cequens.CequensBench.statuses;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step.Answer;
import dev.outdial.testbed.dialplan.Step.Ring;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Signing in, what is refused, and one short call from the request to the last callback. */
@Timeout(90)
class CequensApiTest {
    private static final String CALLEE = "+201000000001";

    @TempDir
    private static Path folder;

    private static CequensBench cequens;

    @BeforeAll
    static void open() {
        cequens = new CequensBench(
                folder,
                DialPlan.standard().with(CALLEE, Persona.of("rings and answers", new Ring(), new Answer())),
                "OUTDIAL_FACADES_CEQUENS_NAMES",
                "sayText=message_text");
    }

    @AfterAll
    static void close() {
        cequens.close();
    }

    @Test
    void c01_signingInGivesATokenWithoutWhichThereIsNoCall() throws Exception {
        for (String path : new String[] {"/auth/v1/tokens", "/auth/v1/tokens/", "/cequens/api/v1/signin"}) {
            var answer = cequens.signIn(path, USER, KEY);
            assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(200);
            JsonNode json = FacadeBench.json(answer);
            assertThat(json.path("replyCode").asInt(-9)).isZero();
            assertThat(json.at("/data/access_token").asText()).isNotBlank();
            assertThat(json.has("replyMessage") && json.has("requestTime") && json.has("clientRequestId"))
                    .isTrue();
            assertThat(UUID.fromString(json.path("requestId").asText())).isNotNull();
        }
        isRefused(401, cequens.signIn("/auth/v1/tokens", USER, "wrong"));
        isRefused(400, cequens.bench.send("POST", "/auth/v1/tokens", "{\"apiKey\":\"" + KEY + "\"}"));

        String body = "{\"recipient\":\"+201000000009\",\"sayText\":\"x\"}";
        isRefused(401, cequens.bench.send("POST", "/voice/v1/calls", body));
        isRefused(401, cequens.bench.send("POST", "/voice/v1/calls", body, "Authorization", "Bearer nonsense"));
        isRefused(401, cequens.bench.send("POST", "/voice/v1/calls", body, "Authorization", "Bearer " + KEY));
        assertThat(cequens.bench.callsTo("+201000000009")).isEmpty();
    }

    private static void isRefused(int status, java.net.http.HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode json = FacadeBench.json(answer);
        assertThat(json.path("replyCode").asInt(0)).isNotZero();
        assertThat(json.at("/error/status").asInt()).isEqualTo(status);
        assertThat(json.at("/error/description").asText()).isNotBlank();
        assertThat(json.at("/error/internalErrors").isArray()).isTrue();
    }

    @Test
    void c11_keysWithoutAPlaceToTellThemAreRefusedByTheNameOfTheField() throws Exception {
        var answer = cequens.send("{\"recipient\":\"+201000000009\",\"sayText\":\"x\",\"dtmf\":true,\"repeat\":0}");
        isRefused(400, answer);
        JsonNode json = FacadeBench.json(answer);
        assertThat(json.path("replyCode").asInt()).isEqualTo(-1);
        assertThat(json.at("/error/internalErrors").findValuesAsText("code"))
                .containsExactlyInAnyOrder("dtmfCallbackEndpoint", "repeat");
        assertThat(json.at("/error/internalErrors").toString()).contains("dtmfCallbackEndpoint is required");
        assertThat(cequens.bench.callsTo("+201000000009")).isEmpty();
    }

    @Test
    void whatIsNotServedIsRefusedInItsWords() throws Exception {
        isRefused(405, cequens.bench.send("GET", "/voice/v1/calls", ""));
        isRefused(404, cequens.bench.send("GET", "/voice/v1/calls/none", ""));
        isRefused(400, cequens.send("{bad"));
        isRefused(400, cequens.send("[]"));
    }

    /** A part of C02 and C12, with a name of a field that a setting brought. */
    @Test
    void aShortCallIsHeardAndTold() throws Exception {
        String url = cequens.sink("/short/status");
        var answer = cequens.send("{\"to\":\"201000000001\",\"message_text\":\"" + TEXT + "\",\"repeat\":1,"
                + "\"clientRequestId\":\"mine\"" + member("statusCallbackEndpoint", url) + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode json = FacadeBench.json(answer);
        assertThat(json.path("replyCode").asInt(-9)).isZero();
        assertThat(json.path("replyMessage").asText()).isEqualTo("Call queued");
        assertThat(json.path("clientRequestId").asText()).isEqualTo("mine");
        assertThat(json.at("/data/recipient").asText()).isEqualTo(CALLEE);
        String id = json.at("/data/callId").asText();

        var call = cequens.bench.awaitEndOfCallTo(CALLEE);
        assertThat(FacadeBench.phrases(call, TEXT)).containsExactly(TEXT);
        assertThat(call.glance()).contains("> BYE");
        var told = cequens.bench.awaitTold("/short/status", 4);
        assertThat(statuses(told)).containsExactly("INITIATED", "RINGING", "ANSWERED", "COMPLETED");
        assertThat(told).allSatisfy(one -> {
            assertThat(one.method()).isEqualTo("GET");
            assertThat(one.query()).containsEntry("call_id", id).containsEntry("recipient", CALLEE);
        });
    }
}
