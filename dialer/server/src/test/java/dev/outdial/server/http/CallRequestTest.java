package dev.outdial.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a call may be asked for with, and what is made of it. */
class CallRequestTest {
    private static final Api API = Api.start();

    @AfterAll
    static void stop() {
        API.close();
    }

    private static Answer post(String body) {
        return API.post("/api/v1/calls", body);
    }

    private static NewCall wanted(String body) {
        Answer answer = post(body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return API.fakes.calls.wanted.getLast();
    }

    @Test
    void aNumberAndWordsAreEnough() {
        NewCall call = wanted("{\"to\":\"+15551234567\",\"say\":\"Hello\"}");
        assertThat(call.to()).isEqualTo(new Address(Address.Type.TEL, "+15551234567", ""));
        assertThat(call.plan()).isEqualTo(new CallPlan.Say("Hello", "en-US", ""));
        assertThat(call.ringTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(call.maxDuration()).isEqualTo(Duration.ofHours(1));
        assertThat(call.schedule()).isEqualTo(Schedule.NOW);
        assertThat(call.origin()).isEqualTo("native");
    }

    @Test
    void aNumberAndASoundAreEnough() {
        assertThat(wanted("{\"to\":\"+15551234567\",\"play\":\"https://example.com/a.mp3\"}")
                        .plan())
                .isEqualTo(new CallPlan.Play(List.of("https://example.com/a.mp3")));
        assertThat(wanted("{\"to\":\"+15551234567\",\"play\":[\"media:hello.wav\",\"http://example.com/b\"]}")
                        .plan())
                .isEqualTo(new CallPlan.Play(List.of("media:hello.wav", "http://example.com/b")));
        assertThat(wanted("{\"to\":\"+15551234567\"}").plan()).isEqualTo(new CallPlan.Park());
    }

    @Test
    void everythingThatCanBeSaidIsHeard() {
        NewCall call = wanted("""
                {"to":{"type":"sip","target":"sip:desk@example.com","name":"Desk"},"from":"+1 (555) 123-0001","trunk":"carrier",
                 "say":{"text":"Hi\\nthere","language":"de-DE","voice":"Anna"},"ring_timeout":30,"max_duration":"PT2M30S",
                 "schedule":{"not_before":"2026-02-01T10:00:00+01:00","window":{"from":"09:00","to":"18:30","zone":"Europe/Berlin"},
                   "priority":5,"retries":2,"give_up_at":"2026-02-03T00:00:00Z"},
                 "callbacks":{"url":"https://example.com/cb","method":"GET","timeout_ms":5000,"fallback_url":"https://example.org/cb","profile":"cequens"},
                 "tag":"t1","metadata":{"a":[1,"x\\n"]},"variables":{"name":"Ann","count":2},"headers":{"X-Order":"77"},
                 "anonymous":true,"record":true,"detect_machine":true}""");
        assertThat(call.to()).isEqualTo(new Address(Address.Type.SIP, "sip:desk@example.com", "Desk"));
        assertThat(call.from()).contains(new Address(Address.Type.TEL, "+15551230001", ""));
        assertThat(call.trunk()).contains("carrier");
        assertThat(call.plan()).isEqualTo(new CallPlan.Say("Hi\nthere", "de-DE", "Anna"));
        assertThat(call.ringTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(call.maxDuration()).isEqualTo(Duration.ofSeconds(150));
        assertThat(call.schedule())
                .isEqualTo(new Schedule(
                        Optional.of(Instant.parse("2026-02-01T09:00:00Z")),
                        Optional.of(new Schedule.Window(
                                LocalTime.of(9, 0), LocalTime.of(18, 30), Optional.of("Europe/Berlin"))),
                        5,
                        2,
                        Optional.of(Instant.parse("2026-02-03T00:00:00Z"))));
        assertThat(call.callbacks().orElseThrow().profile()).isEqualTo("cequens");
        assertThat(call.metadata()).isEqualTo("{\"a\":[1,\"x\\n\"]}");
        assertThat(call.variables()).isEqualTo(Map.of("name", "Ann", "count", "2"));
        assertThat(call.headers()).isEqualTo(Map.of("X-Order", "77"));
        assertThat(call.anonymous() && call.record() && call.detectMachine()).isTrue();
    }

    @Test
    void severalAreCalledWithOneRequest() {
        Answer answer = post("{\"to\":[\"+15551230002\",\"bob@example.com\"],\"say\":\"Hello\"}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("items").findValuesAsText("target")).contains("+15551230002", "bob@example.com");
        assertThat(answer.json().path("items")).hasSize(2);
    }

    @Test
    void aFlowRunsThatIsStoredOrSent() {
        String id = "7b1c2f6e-0b5e-4d55-9d0a-0d6c7f1e2a34";
        assertThat(wanted("{\"to\":\"100\",\"flow_id\":\"" + id + "\"}").plan()).isEqualTo(new CallPlan.StoredFlow(id));
        assertThat(wanted("{\"to\":\"100\",\"actions\":[{\"type\":\"hangup\"}]}")
                        .plan())
                .isEqualTo(new CallPlan.InlineFlow("[{\"type\":\"hangup\"}]"));
        Answer wrong = post("{\"to\":\"100\",\"actions\":[{\"type\":\"dance\"}]}");
        assertThat(wrong.wrongFields()).containsExactly("actions[0].type");
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        Answer answer = post("""
                {"to":["+15551230002",{"target":"not a number","type":"tel"}],"say":"Hello","play":"ftp://example.com/a",
                 "ring_timeout":0,"max_duration":"long","priorty":1,"tag":7,"anonymous":"yes",
                 "schedule":{"retries":21,"window":{"from":"9","zone":"Mars/Base"}},
                 "headers":{"From":"x"},"callbacks":{"url":"file:///etc/passwd"}}""");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.wrongFields())
                .containsExactlyInAnyOrder(
                        "to[1].target",
                        "say",
                        "play",
                        "ring_timeout",
                        "max_duration",
                        "priorty",
                        "tag",
                        "anonymous",
                        "schedule.retries",
                        "schedule.window.from",
                        "schedule.window.to",
                        "schedule.window.zone",
                        "headers.From",
                        "callbacks.url");
        assertThat(answer.said("schedule.window.to")).isEqualTo("is required");
    }

    @Test
    void tooMuchThatIsWrongIsNotLookedAtToItsEnd() {
        var body = new StringBuilder("{\"to\":\"100\"");
        for (int i = 0; i < 10_000; i++)
            body.append(",\"ring_timeout_").append(i).append("\":1");
        assertThat(post(body.append('}').toString()).wrongFields()).hasSize(50);
    }

    @Test
    void theNearestKnownFieldIsNamed() {
        Answer answer = post("{\"to\":\"100\",\"ringTimeout\":3,\"trnk\":\"a\",\"schedule\":{\"notbefore\":\"x\"}}");
        assertThat(answer.said("ringTimeout")).contains("did you mean ring_timeout?");
        assertThat(answer.said("trnk")).contains("did you mean trunk?");
        assertThat(answer.said("schedule.notbefore")).contains("did you mean not_before?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\\u0000", "\\r\\n", "\\u001f", "\\u007f", "\\u0085", "\\u009f", "\\u2028", "\\u2029", "\\ud800"
            })
    void controlCharactersReachNoFieldOfSip(String bad) {
        String text = "\"a" + bad + "b\"";
        Answer answer = post("{\"to\":[" + text + ",{\"target\":\"100\",\"name\":" + text + "}],\"from\":{\"target\":"
                + text + "},\"trunk\":" + text + ",\"tag\":" + text + ",\"variables\":{\"v\":" + text
                + "},\"headers\":{\"X-A\":" + text + "},\"actions\":[{\"type\":\"hangup\",\"option\":{\"reason\":"
                + text
                + "}}]}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.wrongFields())
                .containsExactlyInAnyOrder(
                        "to[0]",
                        "to[1].name",
                        "from.target",
                        "trunk",
                        "tag",
                        "variables.v",
                        "headers.X-A",
                        "actions[0].option.reason");
    }

    @Test
    void whatTheServiceRefusesNamesItsFieldToo() {
        Answer answer = post("{\"to\":\"+15550000000\",\"say\":\"Hello\"}");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.wrongFields()).containsExactly("to");
    }

    @Test
    void listsAreFilteredAndPaged() {
        for (int i = 0; i < 3; i++) post("{\"to\":\"100\",\"tag\":\"paged\"}");
        Answer first = API.get("/api/v1/calls?tag=paged&limit=2&status=queued&since=2026-01-01T00:00:00%2B01:00");
        assertThat(first.json().path("items")).hasSize(2);
        String cursor = first.json().path("next_cursor").asText();
        Answer second = API.get("/api/v1/calls?tag=paged&limit=2&cursor=" + cursor);
        assertThat(second.json().path("items")).hasSize(1);
        assertThat(second.json().path("next_cursor").isNull()).isTrue();
        assertThat(API.get("/api/v1/calls?status=asleep&limit=0&sinse=1&direction=up&until=noon")
                        .wrongFields())
                .containsExactlyInAnyOrder("status", "limit", "sinse", "direction", "until");
    }

    @Test
    void eventsThatAreNeverToldAreNoTypesOfAWebhook() {
        String webhook = "{\"url\":\"https://host.invalid/\",\"types\":";
        var refused = API.post(
                "/api/v1/webhooks",
                webhook + "[\"call.ended\",\"foo.bar\",\"call.endet\",\"foo.*\",\"call.\",\"call\"]}");
        assertThat(refused.wrongFields()).containsExactly("types[1]", "types[2]", "types[3]", "types[4]", "types[5]");
        assertThat(refused.said("types[2]")).contains("is it call.ended?");
        assertThat(API.post("/api/v1/webhooks", webhook + "[\"call.ended\",\"media.*\",\"error\"]}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void controlsDoWhatTheySay() {
        String call = "/api/v1/calls/" + API.placed();
        List<String> log = API.fakes.calls.log;
        log.clear();
        API.post(call + "/dtmf", "{\"digits\":\"12#\",\"duration\":100,\"interval\":50}");
        API.post(call + "/say", "{\"text\":\"Hello\",\"repeat\":2}");
        API.post(call + "/play", "{\"urls\":\"media:a.wav\",\"loop\":true,\"volume\":-3}");
        API.post(call + "/mute", "");
        API.post(call + "/transfer", "{\"to\":\"+15551230009\",\"mode\":\"bridge\"}");
        API.post(call + "/reject", "{\"sip_code\":603}");
        API.post(call + "/hangup", "{\"reason\":\"busy\"}");
        assertThat(log)
                .containsExactly(
                        "digits 12# 100 50",
                        "say Hello en-US  2",
                        "play [media:a.wav] true -3.0",
                        "mute both",
                        "transfer +15551230009 bridged",
                        "reject 603",
                        "hangup busy");
        assertThat(API.post(call + "/dtmf", "{\"digits\":\"12!\"}").wrongFields())
                .containsExactly("digits");
        for (int interval : List.of(-1, 1, 39, 5001)) {
            assertThat(API.post(call + "/dtmf", "{\"digits\":\"12\",\"interval\":" + interval + "}")
                            .wrongFields())
                    .containsExactly("interval");
        }
        assertThat(API.post(call + "/reject", "{\"sip_code\":200}").wrongFields())
                .containsExactly("sip_code");
        assertThat(log).hasSize(7);
        API.post(call + "/dtmf", "{\"digits\":\"1\",\"interval\":0}");
        API.post(call + "/dtmf", "{\"digits\":\"1\",\"interval\":40}");
        assertThat(log).endsWith("digits 1 250 0", "digits 1 250 40");
    }
}
