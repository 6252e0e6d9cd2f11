package dev.outdial.server.facade.voice2phone;

import static dev.outdial.server.facade.voice2phone.Voice2PhoneBench.KEY;
import static dev.outdial.server.facade.voice2phone.Voice2PhoneBench.MESSAGE;
import static dev.outdial.server.facade.voice2phone.Voice2PhoneBench.isRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step.Answer;
import dev.outdial.testbed.dialplan.Step.Refuse;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys, what is refused, and one short call. */
@Timeout(90)
class Voice2PhoneApiTest {
    private static final String CALLEE = "+14255550105";
    private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

    @TempDir
    private static Path folder;

    private static Voice2PhoneBench voice2phone;

    @BeforeAll
    static void open() {
        voice2phone = new Voice2PhoneBench(
                folder,
                DialPlan.empty()
                        .with(CALLEE, Persona.of("answers", new Answer()))
                        .with("+14255550103", Persona.of("is out of service", new Refuse(503))));
    }

    @AfterAll
    static void close() {
        voice2phone.close();
    }

    /** P05; the seed's form of the body is P13's. */
    @Test
    void p05_withoutKeysTheMessageIsHeardAndWeHangUp() throws Exception {
        String id = voice2phone.call("(425) 555-0105", "us", "");
        var call = voice2phone.bench.awaitEndOfCallTo(CALLEE);
        assertThat(FacadeBench.phrases(call, MESSAGE)).containsExactly(MESSAGE);
        assertThat(call.glance()).contains("> BYE");
        JsonNode over = voice2phone.awaitStatus(id, 2);
        assertThat(over.path("CallId").asText()).isEqualTo(id);
        assertThat(over.get("Dtmf").isNull()).isTrue();
        assertThat(over.path("CreatedDateUtc").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}");
        assertThat(LocalDateTime.parse(over.path("UpdatedDateUtc").asText()))
                .isAfterOrEqualTo(
                        LocalDateTime.parse(over.path("CreatedDateUtc").asText()));
    }

    @Test
    void p07_whatIsMissingIsNamedAndNobodyIsCalled() throws Exception {
        String body = Voice2PhoneBench.body("4255550107", "US", "");
        HttpResponse<String> withoutCountry = voice2phone.post(body.replace("CountryCode", "Country"));
        isRefused(400, withoutCountry);
        assertThat(withoutCountry.body()).contains("Phone.CountryCode");
        HttpResponse<String> withoutMessage = voice2phone.post(body.replace("Message", "Text"));
        isRefused(400, withoutMessage);
        assertThat(withoutMessage.body()).contains("Message is required");
        isRefused(400, voice2phone.post(Voice2PhoneBench.body("4255550107", "US", "{\"E\":\"what\"}")));
        isRefused(400, voice2phone.post(Voice2PhoneBench.body("12", "US", "")));
        isRefused(400, voice2phone.post("{bad"));
        isRefused(400, voice2phone.post(""));
        assertThat(voice2phone.bench.callsTo("+14255550107")).isEmpty();
    }

    private static HttpResponse<String> lookWith(String authorization) throws Exception {
        return voice2phone.bench.send("GET", "/call/" + NOBODY, "", "Authorization", authorization);
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** P08 by GET, which finds nothing where the key is known. */
    @Test
    void p08_theKeyIsAUserNameOrTheWholeHeader() throws Exception {
        isRefused(404, lookWith(KEY));
        isRefused(404, lookWith(basic(KEY + ":")));
        isRefused(401, lookWith("wrong"));
        isRefused(401, lookWith(basic("wrong:")));
        isRefused(401, lookWith(basic(":" + KEY)));
        isRefused(401, lookWith("Basic &&&"));
        isRefused(401, voice2phone.bench.send("POST", "/call", Voice2PhoneBench.body("4255550108", "US", "")));
        assertThat(voice2phone.bench.callsTo("+14255550108")).isEmpty();
    }

    @Test
    void p10_aCallThatNobodyMadeIsNotFound() throws Exception {
        isRefused(404, lookWith(KEY));
        isRefused(404, voice2phone.bench.send("GET", "/call/none", "", "Authorization", KEY));
        isRefused(404, voice2phone.bench.send("GET", "/call", "", "Authorization", KEY));
        isRefused(404, voice2phone.bench.send("DELETE", "/call/" + NOBODY, "", "Authorization", KEY));
    }

    /** P11, the half where the trunk refuses; the other is in {@link Voice2PhoneLimitsTest}. */
    @Test
    void p11_whatTheTrunkRefusesAtOnceIsAFailedRequest() throws Exception {
        isRefused(402, voice2phone.post(Voice2PhoneBench.body("4255550103", "US", "")));
        assertThat(voice2phone.bench.awaitEndOfCallTo("+14255550103").answeredNanos())
                .isEmpty();
    }
}
