package dev.outdial.server.facade.voice2phone;

import static dev.outdial.server.facade.CallSample.CREATED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.dialer.flow.json.FlowReader;
import dev.outdial.dialer.flow.simulate.CallerScript;
import dev.outdial.dialer.flow.simulate.FlowSimulation;
import dev.outdial.dialer.flow.simulate.FlowSimulator;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.ServiceException.Field;
import dev.outdial.server.facade.CallSample;
import dev.outdial.server.http.json.Problems;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Voice2PhoneTranslationTest {
    private static final String SEED =
            "{\n    Phone:\n    {\n        \"Number\":\"4252337837\",\n        \"CountryCode\":\"US\"\n    },\n"
                    + "    Message: \"Please press one\",\n    \n    Dtmf:\n    {\n        \"1\"     : \"Thank you\"\n    }\n}";

    private static JsonNode json(String text) {
        return LenientJson.read(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    private static CallWish wish(String text) {
        var problems = new Problems();
        CallWish wish = CallReader.read(json(text), problems);
        problems.throwIfAny();
        return wish;
    }

    private static List<String> wrong(String text) {
        var problems = new Problems();
        CallWish unused = CallReader.read(json(text), problems);
        try {
            problems.throwIfAny();
            return List.of();
        } catch (ServiceException refused) {
            return refused.fields().stream().map(Field::field).toList();
        }
    }

    private static String dialled(String number, String country) {
        return wish("{Phone:{Number:\"" + number + "\",CountryCode:\"" + country + "\"},Message:\"m\"}")
                .number();
    }

    @Test
    void thePagesExampleIsRead() {
        assertThat(wish(SEED)).isEqualTo(new CallWish("+14252337837", "Please press one", Map.of('1', "Thank you")));
        assertThat(wish("{'phone':{'number':4252337837,'countrycode':'us',},'message':'m',}")
                        .number())
                .isEqualTo("+14252337837");
        assertThat(LenientJson.read("{bad".getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(LenientJson.read(new byte[0])).isEmpty();
    }

    @Test
    void numbersAreReadAsTheyAreDialledInTheirCountry() {
        assertThat(dialled("02071838750", "GB")).isEqualTo("+442071838750");
        assertThat(dialled("+442071838750", "GB")).isEqualTo("+442071838750");
        assertThat(dialled("011 44 20 7183 8750", "US")).isEqualTo("+442071838750");
        assertThat(dialled("00442071838750", "DE")).isEqualTo("+442071838750");
        assertThat(dialled("1-425-233-7837", "US")).isEqualTo("+14252337837");
    }

    @Test
    void allThatIsWrongIsNamed() {
        assertThat(wrong("{}")).containsExactlyInAnyOrder("Phone.Number", "Phone.CountryCode", "Message");
        assertThat(wrong("[]")).contains("body");
        assertThat(wrong(SEED.replace("US", "XX"))).containsExactly("Phone.CountryCode");
        assertThat(wrong(SEED.replace("4252337837", "call me"))).containsExactly("Phone.Number");
        assertThat(wrong(SEED.replace("\"1\"", "\"E\""))).containsExactly("Dtmf.E");
        assertThat(wrong(SEED.replace("\"1\"", "12"))).containsExactly("Dtmf.12");
        assertThat(wrong(SEED.replace("Thank you", " "))).containsExactly("Dtmf.1");
        assertThat(wrong(SEED.replace("Please", "\\u0000"))).containsExactly("Message");
    }

    private static FlowSimulation simulated(CallWish wish, String script) {
        var variables = new StringBuilder();
        CallFlow.variables(wish)
                .forEach((name, value) -> variables
                        .append("variable ")
                        .append(name)
                        .append(" = ")
                        .append(value)
                        .append('\n'));
        return FlowSimulator.of(FlowReader.read(CallFlow.actions(wish)))
                .with(CallerScript.of(variables + script))
                .run();
    }

    @Test
    void eachKeyHasItsAnswerAndNoOther() {
        CallWish wish = wish(SEED.replace("\"1\"", "\"*\":\"Star\",\"#\":\"Hash\",\"a\":\"A\",\"1\""));
        for (var answer : wish.answers().entrySet()) {
            assertThat(simulated(wish, "presses " + answer.getKey() + " during \"Please\"")
                            .said())
                    .containsExactly("Please press one", answer.getValue());
        }
        assertThat(simulated(wish, "presses 7 during \"Please\"").said()).containsExactly("Please press one");
        assertThat(simulated(wish, "").said()).containsExactly("Please press one");
        assertThat(simulated(wish(SEED.replace("Dtmf", "Other")), "").said()).containsExactly("Please press one");
    }

    @Test
    void theLastKeyThatHasAnAnswerIsTold() {
        Map<String, String> variables = CallFlow.variables(wish(SEED.replace("\"1\"", "\"2\":\"Two\",\"1\"")));
        assertThat(CallFlow.key(variables, "")).isEmpty();
        assertThat(CallFlow.key(variables, "79")).isEmpty();
        assertThat(CallFlow.key(variables, "7127")).contains("2");
    }

    @Test
    void aCallRingsForAMinute() {
        NewCall call = Voice2PhoneFacade.newCall(wish(SEED));
        assertThat(call.ringTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(call.origin()).isEqualTo("voice2phone");
        assertThat(call.callbacks()).isEmpty();
    }

    @Test
    void keysComeInTwoForms() {
        assertThat(Voice2PhoneFacade.key("abc")).isEqualTo("abc");
        assertThat(Voice2PhoneFacade.key("Basic YWJjOg==")).isEqualTo("abc");
        assertThat(Voice2PhoneFacade.key("basic YWJj")).isEqualTo("abc");
        assertThat(Voice2PhoneFacade.key("Basic ????")).isEmpty();
    }

    private static CallSample sample() {
        return new CallSample(Voice2PhoneFacade.newCall(wish(SEED)));
    }

    private static int status(CallSample call) {
        return new StatusNumbers("").of(call.record());
    }

    /** P12, with who rings for a minute among them. */
    @Test
    void p12_statusesAreThoseOfTheTable() {
        assertThat(status(sample())).isZero();
        assertThat(status(sample().dialing())).isZero();
        assertThat(status(sample().invited(10))).isEqualTo(1);
        assertThat(status(sample().ringing(20))).isEqualTo(1);
        assertThat(status(sample().answered(30))).isEqualTo(1);
        assertThat(status(sample().answered(30).ended(90, "normal", "NORMAL_CLEARING", 200)))
                .isEqualTo(2);
        assertThat(status(sample().ended(90, "busy", "USER_BUSY", 486))).isEqualTo(3);
        assertThat(status(sample().ringing(20).ended(60_000, "dialout", "NO_ANSWER", 0)))
                .isEqualTo(4);
        assertThat(status(sample().ended(90, "failed", "NORMAL_TEMPORARY_FAILURE", 503)))
                .isEqualTo(5);
        assertThat(status(sample().answered(30).unknown())).isEqualTo(5);
        assertThat(status(sample().ended(90, "noanswer", "CALL_REJECTED", 603))).isEqualTo(6);
        assertThat(status(sample().ended(90, "cancel", "ORIGINATOR_CANCEL", 0))).isEqualTo(7);
        assertThat(new StatusNumbers("busy = 13,queued=-1")
                        .of(sample().ended(90, "busy", "USER_BUSY", 486).record()))
                .isEqualTo(13);
    }

    private static FirstSign sign(CallSample call, long afterMillis) {
        return FirstSign.of(call.record(), Duration.ofSeconds(3), CREATED.plusMillis(afterMillis));
    }

    @Test
    void aRequestIsAnsweredAsSoonAsSomethingIsKnown() {
        assertThat(sign(sample(), 2999)).isEqualTo(FirstSign.NONE);
        assertThat(sign(sample(), 3000)).isEqualTo(FirstSign.NOT_DIALLED);
        assertThat(sign(sample().dialing(), 2999)).isEqualTo(FirstSign.NONE);
        assertThat(sign(sample().dialing(), 3000)).isEqualTo(FirstSign.GOES);
        assertThat(sign(sample().invited(500), 1499)).isEqualTo(FirstSign.NONE);
        assertThat(sign(sample().invited(500), 1500)).isEqualTo(FirstSign.GOES);
        assertThat(sign(sample().ringing(500), 501)).isEqualTo(FirstSign.GOES);
        assertThat(sign(sample().answered(500), 501)).isEqualTo(FirstSign.GOES);
        assertThat(sign(sample().ended(90, "busy", "USER_BUSY", 486), 91)).isEqualTo(FirstSign.GOES);
        assertThat(sign(sample().ended(90, "noanswer", "CALL_REJECTED", 603), 91))
                .isEqualTo(FirstSign.GOES);
        assertThat(sign(sample().ended(90, "failed", "CALL_REJECTED", 0), 91))
                .as("by a rule of ours")
                .isEqualTo(FirstSign.REFUSED);
        assertThat(sign(sample().ended(90, "failed", "NORMAL_TEMPORARY_FAILURE", 503), 91))
                .isEqualTo(FirstSign.REFUSED);
    }
}
