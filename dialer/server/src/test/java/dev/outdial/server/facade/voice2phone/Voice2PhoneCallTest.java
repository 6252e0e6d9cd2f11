package dev.outdial.server.facade.voice2phone;

import static dev.outdial.server.facade.voice2phone.Voice2PhoneBench.MESSAGE;
import static dev.outdial.server.facade.voice2phone.Voice2PhoneBench.THANKS;
import static dev.outdial.server.facade.voice2phone.Voice2PhoneBench.body;
import static dev.outdial.server.serve.FacadeBench.PHRASE_MILLIS;
import static dev.outdial.server.serve.FacadeBench.phrases;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.dialplan.Step.Answer;
import dev.outdial.testbed.dialplan.Step.AwaitMessage;
import dev.outdial.testbed.dialplan.Step.Press;
import dev.outdial.testbed.dialplan.Step.Refuse;
import dev.outdial.testbed.dialplan.Step.Ring;
import dev.outdial.testbed.dialplan.Step.Wait;
import dev.outdial.testbed.trunk.TrunkCall;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The acceptance cases of calls, each with a number of its own. */
@Tag("slow")
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class Voice2PhoneCallTest {
    private static final String PRESS_ONE = "{\n        \"1\"     : \"" + THANKS + "\"\n    }";

    private static final Step MESSAGE_HEARD = new AwaitMessage(Duration.ofMillis(400));

    @TempDir
    private static Path folder;

    private static Voice2PhoneBench voice2phone;
    private static FacadeBench bench;

    private static Wait after(long millis) {
        return new Wait(Duration.ofMillis(millis));
    }

    @BeforeAll
    static void open() {
        DialPlan callees = DialPlan.empty()
                .with("+14252337837", Persona.of("presses 1", new Ring(), new Answer(), MESSAGE_HEARD, new Press("1")))
                .with("+14255550102", Persona.of("presses 1", new Answer(), MESSAGE_HEARD, new Press("1")))
                .with("+14255550103", Persona.of("presses 1 at once", new Answer(), after(250), new Press("1")))
                .with("+14255550104", Persona.of("presses 7", new Answer(), after(250), new Press("7")))
                .with("+442071838750", Persona.of("answers", new Answer()))
                .with("+14255550108", Persona.of("answers", new Answer()))
                .with("+14255550112", Persona.of("is busy", new Ring(), after(100), new Refuse(486)))
                .with("+14255550113", Persona.of("declines", new Refuse(603)))
                .with("+14255550114", Persona.of("rings", new Ring()))
                .with("+14255550115", Persona.of("is not available", new Ring(), after(500), new Refuse(480)));
        voice2phone = new Voice2PhoneBench(folder, callees);
        bench = voice2phone.bench;
    }

    @AfterAll
    static void close() {
        voice2phone.close();
    }

    private static long talkMillis(TrunkCall call) {
        return (call.endedNanos().orElseThrow() - call.answeredNanos().orElseThrow()) / 1_000_000;
    }

    /** The page's own example, whose outer names have no quotes. */
    @Test
    void p01_p13_thePagesExampleIsCalledAndHeard() throws Exception {
        String id = voice2phone.call("4252337837", "US", PRESS_ONE);
        assertThat(UUID.fromString(id)).isNotNull();
        TrunkCall call = bench.awaitEndOfCallTo("+14252337837");
        assertThat(phrases(call, MESSAGE, THANKS)).containsExactly(MESSAGE, THANKS);
    }

    @Test
    void p02_aKeyIsAnsweredAndTold() throws Exception {
        String id = voice2phone.call("4255550102", "US", PRESS_ONE);
        TrunkCall call = bench.awaitEndOfCallTo("+14255550102");
        assertThat(phrases(call, MESSAGE, THANKS)).containsExactly(MESSAGE, THANKS);
        assertThat(call.glance()).contains("> BYE");
        JsonNode over = voice2phone.awaitStatus(id, 2);
        assertThat(over.path("Dtmf").asText()).isEqualTo("1");
        assertThat(LocalDateTime.parse(over.path("UpdatedDateUtc").asText()))
                .isAfterOrEqualTo(
                        LocalDateTime.parse(over.path("CreatedDateUtc").asText()));
    }

    @Test
    void p03_aKeyThatHasAnAnswerCutsTheMessage() throws Exception {
        String id = voice2phone.call("4255550103", "US", PRESS_ONE);
        TrunkCall call = bench.awaitEndOfCallTo("+14255550103");
        assertThat(phrases(call, MESSAGE, THANKS)).containsExactly(THANKS);
        assertThat(voice2phone.awaitStatus(id, 2).path("Dtmf").asText()).isEqualTo("1");
    }

    @Test
    void p04_aKeyThatHasNoneIsIgnored() throws Exception {
        String id = voice2phone.call("4255550104", "US", PRESS_ONE);
        TrunkCall call = bench.awaitEndOfCallTo("+14255550104");
        assertThat(phrases(call, MESSAGE, THANKS)).containsExactly(MESSAGE);
        // From the end of the message on, however late that was begun.
        assertThat(talkMillis(call)).isBetween(PHRASE_MILLIS + 9_850, PHRASE_MILLIS + 11_500);
        JsonNode over = voice2phone.awaitStatus(id, 2);
        assertThat(over.get("Dtmf").isNull()).isTrue();
    }

    @Test
    void p06_nationalAndInternationalNumbersAreTheSame() throws Exception {
        String one = voice2phone.call("+442071838750", "GB", "");
        String other = voice2phone.call("02071838750", "GB", "");
        voice2phone.awaitStatus(one, 2);
        voice2phone.awaitStatus(other, 2);
        assertThat(bench.callsTo("+442071838750")).hasSize(2);
    }

    @Test
    void p08_callsAreTakenWithTheKeyAsAUserName() throws Exception {
        String basic =
                Base64.getEncoder().encodeToString((Voice2PhoneBench.KEY + ":").getBytes(StandardCharsets.UTF_8));
        var answer = bench.send("POST", "/call", body("4255550108", "US", ""), "Authorization", "Basic " + basic);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        voice2phone.awaitStatus(FacadeBench.json(answer).path("CallId").asText(), 2);
    }

    @Test
    void p12_endsHaveNumbersOfTheirOwn() throws Exception {
        String busy = voice2phone.call("4255550112", "US", "");
        String declined = voice2phone.call("4255550113", "US", "");
        String noAnswer = voice2phone.call("4255550115", "US", "");
        String rings = voice2phone.call("4255550114", "US", "");
        voice2phone.awaitStatus(rings, 1);
        voice2phone.awaitStatus(busy, 3);
        voice2phone.awaitStatus(noAnswer, 4);
        voice2phone.awaitStatus(declined, 6);
        for (String number : new String[] {"+14255550112", "+14255550113", "+14255550115"}) {
            assertThat(bench.awaitEndOfCallTo(number).glance()).last().isEqualTo("> ACK");
        }
        // Who rings for a minute is told as 4, by the translation; here it is given up by our side.
        bench.send(
                "POST",
                "/api/v1/calls/" + rings + "/hangup",
                "{}",
                "Authorization",
                "Bearer " + bench.nativeKey(),
                "Content-Type",
                "application/json");
        voice2phone.awaitStatus(rings, 7);
        assertThat(bench.awaitEndOfCallTo("+14255550114").glance()).contains("> CANCEL");
    }
}
