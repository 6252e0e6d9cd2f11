package dev.outdial.server.facade.cequens;

import static dev.outdial.server.facade.CallSample.CREATED;
import static dev.outdial.server.facade.CallSample.ID;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.dialer.flow.json.FlowReader;
import dev.outdial.dialer.flow.simulate.CallerScript;
import dev.outdial.dialer.flow.simulate.FlowSimulation;
import dev.outdial.dialer.flow.simulate.FlowSimulator;
import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.Callbacks;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.ServiceException.Field;
import dev.outdial.server.facade.CallSample;
import dev.outdial.server.http.json.Problems;
import dev.outdial.server.webhook.Profile.Manner;
import dev.outdial.server.webhook.Profile.Message;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CequensTranslationTest {
    private static final String LEAST = "{\"recipient\":\"+201001234567\",\"sayText\":\"Hello\"}";

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
            throw new AssertionError(text, broken);
        }
    }

    private static CallWish wish(String body) {
        var problems = new Problems();
        CallWish wish = CallReader.read(json(body), FieldNames.USUAL, problems);
        problems.throwIfAny();
        return wish;
    }

    private static CallWish with(String member) {
        return wish(LEAST.replace("}", "," + member + "}"));
    }

    private static List<String> wrong(String body) {
        var problems = new Problems();
        CallWish unused = CallReader.read(json(body), FieldNames.USUAL, problems);
        try {
            problems.throwIfAny();
            return List.of();
        } catch (dev.outdial.server.calls.ServiceException refused) {
            return refused.fields().stream().map(Field::field).toList();
        }
    }

    @Test
    void whatIsNotSaidIsAsThePageSays() {
        assertThat(wish(LEAST))
                .isEqualTo(new CallWish(
                        "+201001234567",
                        "Hello",
                        "Zeina",
                        Optional.empty(),
                        2,
                        Duration.ofSeconds(30),
                        Optional.empty(),
                        Optional.empty(),
                        ""));
    }

    /** C07; that the ring timer cancels is C06's, over the wire. */
    @Test
    void c07_whoSaysNothingOfItRingsForThirtySeconds() {
        NewCall call = CequensFacade.newCall(wish(LEAST));
        assertThat(call.ringTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(call.origin()).isEqualTo("cequens");
        assertThat(CequensFacade.newCall(with("\"ringTimeout\":\"3\"")).ringTimeout())
                .isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void fieldsHaveManyNamesAndASettingAddsMore() {
        assertThat(wish(
                        "{\"msisdn\":[201001234567],\"SAYTEXT\":\"Hello\",\"reps\":1,\"callTimeout\":5,\"voiceId\":\"Hala\","
                                + "\"isNeural\":\"true\",\"playUrl\":\"http://a/b\",\"dtmfEnabled\":true,\"dtmfCallback\":\"http://c/d\","
                                + "\"callbackEndpoint\":\"http://e/f\",\"metaData\":{\"g\":1},\"unknown\":[]}"))
                .isEqualTo(new CallWish(
                        "+201001234567",
                        "Hello",
                        "Hala",
                        Optional.of("http://a/b"),
                        1,
                        Duration.ofSeconds(5),
                        Optional.of("http://c/d"),
                        Optional.of("http://e/f"),
                        "{\"g\":1}"));
        var names = FieldNames.with("recipient = phone, sayText=message");
        var problems = new Problems();
        assertThat(CallReader.read(
                        json("{\"phone\":\"00201001234567\",\"message\":\"a\",\"sayText\":\"b\"}"), names, problems))
                .extracting(CallWish::recipient, CallWish::sayText)
                .containsExactly("+201001234567", "a");
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void allThatIsWrongIsNamed() {
        assertThat(wrong("{}")).containsExactlyInAnyOrder("recipient", "sayText");
        assertThat(wrong("[]")).contains("body");
        assertThat(wrong(
                        "{\"recipient\":\"12\",\"sayText\":7,\"repeat\":41,\"timeout\":0,\"dtmf\":\"maybe\",\"voice\":\"${x}\","
                                + "\"statusCallback\":\"ftp://a/b\",\"audioUrl\":7,\"neural\":2,\"metadata\":\""
                                + "m".repeat(2000) + "\"}"))
                .containsExactlyInAnyOrder(
                        "recipient",
                        "sayText",
                        "repeat",
                        "timeout",
                        "dtmf",
                        "voice",
                        "statusCallbackEndpoint",
                        "audioUrl",
                        "neural",
                        "metadata");
        assertThat(wrong("{\"recipient\":[\"+201001234567\",\"+201001234568\"],\"sayText\":\"x\"}"))
                .containsExactly("recipient");
        assertThat(wrong(LEAST.replace("}", ",\"dtmf\":true}"))).containsExactly("dtmfCallbackEndpoint");
        assertThat(wrong(LEAST.replace("}", ",\"dtmf\":true,\"dtmfCallback\":\"nowhere\"}")))
                .containsExactly("dtmfCallbackEndpoint");
        assertThat(wrong(LEAST.replace("}", ",\"dtmf\":false,\"dtmfCallback\":\"nowhere\"}")))
                .isEmpty();
    }

    private static FlowSimulation simulated(CallWish wish, String script) {
        return FlowSimulator.of(FlowReader.read(CallFlow.actions(wish)))
                .with(CallerScript.of("variable " + CallFlow.WORDS + " = " + wish.sayText() + "\n" + script))
                .run();
    }

    @Test
    void theWordsAreSaidAsOftenAsWanted() {
        assertThat(simulated(with("\"repeat\":1"), "").said()).containsExactly("Hello");
        assertThat(simulated(wish(LEAST), "").said()).containsExactly("Hello", "Hello");
        assertThat(simulated(with("\"repeat\":40"), "").said()).hasSize(40);
    }

    @Test
    void wordsThatLookLikeVariablesAreSaidAsTheyStand() {
        CallWish wish = wish("{\"recipient\":\"+201001234567\",\"sayText\":\"Pay ${voipbin.call.id}\",\"repeat\":1}");
        assertThat(CequensFacade.newCall(wish).variables()).containsValue("Pay ${voipbin.call.id}");
        assertThat(simulated(wish, "").said()).containsExactly("Pay ${voipbin.call.id}");
    }

    @Test
    void aFileStandsForTheWordsWhereItCanBeHad() {
        CallWish wish = with("\"audioUrl\":\"http://a/b.wav\"");
        assertThat(simulated(wish, "").said()).doesNotContain("Hello");
        assertThat(simulated(wish, "sound b.wav fails").said()).containsSequence("Hello", "Hello");
        assertThat(simulated(with("\"audioUrl\":\"no address\""), "").said()).containsExactly("Hello", "Hello");
    }

    @Test
    void theLettersSayWhichLanguageItIs() {
        assertThat(CallFlow.language("Welcome", "Zeina")).isEqualTo("en-US");
        assertThat(CallFlow.language("مرحبا 123", "Zeina")).isEqualTo("ar");
        assertThat(CallFlow.language("خوش آمدید", "Uzma")).isEqualTo("ur-PK");
        assertThat(CallFlow.language("مرحبا", "Joanna")).isEqualTo("ar");
    }

    private static final String BOTH =
            "\"dtmf\":true,\"dtmfCallback\":\"http://u:p@h/k?a=b\",\"statusCallback\":\"http://h/s\",\"metadata\":{\"key\":\"k 1&\"}";

    private static List<Message> told(String type, String data, CallRecord call) {
        var event = new CallEventRecord(1, "e", "account", type, CREATED.plusSeconds(9), 1, ID, data);
        return new CequensProfile()
                .messages(event, Optional.of(call), call.callbacks().orElseThrow());
    }

    private static CallSample sample() {
        return new CallSample(CequensFacade.newCall(with(BOTH)));
    }

    @Test
    void eachStatusIsAGetOfItsOwn() {
        String tail = "&timestamp=2026-11-22T10%3A00%3A09Z";
        String meta = "&metadata=%7B%22key%22%3A%22k%201%26%22%7D";
        String about = "http://h/s?call_id=" + ID + "&recipient=%2B201001234567&status=";
        assertThat(told("call.created", "{}", sample().record()))
                .containsExactly(new Message("GET", about + "INITIATED" + tail + meta, "", "", Map.of()));
        assertThat(told(
                        "call.ringing",
                        "{\"sip_code\":180}",
                        sample().ringing(2).record()))
                .extracting(Message::url)
                .containsExactly(about + "RINGING" + tail + "&sip_code=180" + meta);
        assertThat(told("call.answered", "{}", sample().answered(2).record()))
                .extracting(Message::url)
                .containsExactly(about + "ANSWERED" + tail + meta);
        assertThat(told("call.dialing", "{}", sample().dialing().record())).isEmpty();
        assertThat(told("dtmf.received", "{}", sample().answered(2).record())).isEmpty();
        assertThat(new CequensProfile().manner()).isEqualTo(Manner.THREE);
    }

    @Test
    void theEndIsToldWithItsDurationAndThenAllKeys() {
        List<Message> last = told(
                "call.ended",
                "{}",
                sample().answered(1000)
                        .pressed("1*2#")
                        .ended(5600, "normal", "NORMAL_CLEARING", 200)
                        .record());
        assertThat(last).hasSize(2);
        assertThat(last.get(0).url()).contains("status=COMPLETED", "duration=5&", "sip_code=200");
        assertThat(last.get(1).url())
                .startsWith("http://u:p@h/k?a=b&call_id=" + ID)
                .contains("&dtmf=1%2A2&metadata=".replace("%2A", "*"));
        assertThat(told(
                                "call.ended",
                                "{}",
                                sample().ended(5, "busy", "USER_BUSY", 486).record())
                        .get(1)
                        .url())
                .contains("&dtmf=&");
    }

    private static String end(CallSample call) {
        return told("call.ended", "{}", call.record()).getFirst().url().replaceAll(".*[?&]status=(\\w+).*", "$1");
    }

    @Test
    void endsHaveTheWordsOfTheTable() {
        assertThat(end(sample().ended(5, "busy", "USER_BUSY", 486))).isEqualTo("BUSY");
        assertThat(end(sample().ended(5, "noanswer", "NO_ANSWER", 480))).isEqualTo("NOANSWER");
        assertThat(end(sample().ended(5, "dialout", "NO_ANSWER", 0))).isEqualTo("NOANSWER");
        assertThat(end(sample().ended(5, "noanswer", "CALL_REJECTED", 603))).isEqualTo("REJECTED");
        assertThat(end(sample().ended(5, "failed", "CALL_REJECTED", 401))).isEqualTo("REJECTED");
        assertThat(end(sample().ended(5, "failed", "UNALLOCATED_NUMBER", 404))).isEqualTo("FAILED");
        assertThat(end(sample().ended(5, "cancel", "ORIGINATOR_CANCEL", 487))).isEqualTo("CANCELED");
        assertThat(end(sample().ended(5, "normal", "ANSWERED_ELSEWHERE", 487))).isEqualTo("CANCELED");
        assertThat(end(sample().answered(2).ended(5, "timeout", "NORMAL_CLEARING", 200)))
                .isEqualTo("COMPLETED");
        assertThat(end(sample().answered(2).unknown())).isEqualTo("FAILED");
    }

    @Test
    void aWebhookOfTheAccountIsToldStatuses() {
        var webhook = new Callbacks("http://w/x", "POST", Duration.ZERO, "", "cequens", "");
        var event = new CallEventRecord(1, "e", "account", "call.created", CREATED, 1, ID, "{}");
        assertThat(new CequensProfile().messages(event, Optional.of(sample().record()), webhook))
                .extracting(Message::url)
                .singleElement()
                .asString()
                .startsWith("http://w/x?call_id=");
        assertThat(new CequensProfile().messages(event, Optional.empty(), webhook))
                .isEmpty();
    }

    @Test
    void whoWaitsForNothingHasNoCallbacks() {
        assertThat(CequensFacade.newCall(wish(LEAST)).callbacks()).isEmpty();
    }

    @Test
    void addressesKeepTheirQueries() {
        var told = Map.of("k", "a b&ü");
        assertThat(CallbackUrl.with("http://h", told)).isEqualTo("http://h?k=a%20b%26%C3%BC");
        assertThat(CallbackUrl.with("http://h/?", told)).isEqualTo("http://h/?k=a%20b%26%C3%BC");
        assertThat(CallbackUrl.with("http://h/p?x=1&", told)).isEqualTo("http://h/p?x=1&k=a%20b%26%C3%BC");
        assertThat(CallbackUrl.with("http://h/p?x=1#part", told)).isEqualTo("http://h/p?x=1&k=a%20b%26%C3%BC");
        assertThat(URI.create(CallbackUrl.with("http://h/p", Map.of("metadata", "{\"a\":[1]}"))))
                .hasQuery("metadata={\"a\":[1]}");
    }
}
