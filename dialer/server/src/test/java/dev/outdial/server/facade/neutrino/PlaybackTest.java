package dev.outdial.server.facade.neutrino;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.TrunkCall;
import dev.outdial.testbed.uas.CallEnd;
import dev.outdial.testbed.web.WebAnswers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Calls that are placed, over real HTTP, SIP and RTP: each case with a number and a user of its own. */
@Tag("slow")
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class PlaybackTest {
    /** A second, and what the first calls of a process on a busy machine take longer. */
    private static final Duration SOON = Duration.ofSeconds(4);

    private static final String BUSY = "+15550200020";
    private static final String RINGS_ON = "+15550200018";

    @SuppressWarnings("NullAway.Init")
    private FacadeBench bench;

    @BeforeAll
    void start(@TempDir Path folder) {
        DialPlan callees = DialPlan.standard()
                .otherwise(Persona.of(
                        "rings for a second, answers and stays",
                        new Step.Ring(),
                        new Step.Wait(Duration.ofSeconds(1)),
                        new Step.Answer()))
                .with(BUSY, Persona.of("is busy", new Step.Refuse(486)))
                .with(RINGS_ON, Persona.of("rings and never answers", new Step.Ring()));
        bench = new FacadeBench(folder, callees, Client.CREDENTIALS, Client.credentials());
        bench.web
                .on("/tone.mp3", Tones.file("tone.mp3", "audio/mpeg"))
                .on("/tone.ogg", Tones.file("tone.ogg", "audio/ogg"))
                .on("/tone.wav", WebAnswers.content("audio/wav", Tones.wav(2000)))
                .on("/short.wav", WebAnswers.content("audio/wav", Tones.wav(300)));
    }

    @AfterAll
    @SuppressWarnings("NullAway")
    void stop() {
        if (bench != null) bench.close();
    }

    private String url(String path) {
        return bench.web.uri(path).toString();
    }

    private void assertTwoSecondsAreHeard(TrunkCall call) {
        assertThat(FacadeBench.millisOf(Tones.HERTZ, call)).isBetween(1900L, 2100L);
        assertThat(call.end()).hasValue(new CallEnd(CallEnd.Kind.CALLER_HUNG_UP, 200));
    }

    @Test
    @DisplayName("N01: an MP3 is heard for its two seconds, and then we hang up; the answer comes before the callee's")
    void n01() throws Exception {
        var client = new Client(bench, "u1");

        client.call("number", "+15550200001", "audio-url", url("/tone.mp3"));
        long toldNanos = System.nanoTime();

        TrunkCall call = bench.awaitEndOfCallTo("+15550200001");
        assertTwoSecondsAreHeard(call);
        assertThat(call.answeredNanos().orElseThrow()).isGreaterThan(toldNanos);
        assertThat(call.invitedNanos() - toldNanos).isLessThan(SOON.toNanos());
        assertThat(call.glance()).contains("> BYE");
    }

    @Test
    @DisplayName("N02: WAV of 44.1 kHz and two channels has its pitch and length")
    void n02() throws Exception {
        new Client(bench, "u2").call("number", "+15550200002", "audio-url", url("/tone.wav"));

        assertTwoSecondsAreHeard(bench.awaitEndOfCallTo("+15550200002"));
    }

    @Test
    @DisplayName("N03: Ogg Vorbis has its pitch and length")
    void n03() throws Exception {
        new Client(bench, "u3").call("number", "+15550200003", "audio-url", url("/tone.ogg"));

        assertTwoSecondsAreHeard(bench.awaitEndOfCallTo("+15550200003"));
    }

    @Test
    @DisplayName("N04: the + before a number may be left out")
    void n04() throws Exception {
        new Client(bench, "u4").call("number", "12106100045", "audio-url", url("/short.wav"));

        assertThat(bench.awaitCallTo("+12106100045").number()).isEqualTo("+12106100045");
    }

    @Test
    @DisplayName("N10: three of four calls, one after another, are placed; the fourth is error 14")
    void n10() throws Exception {
        var client = new Client(bench, "u10");
        String number = "+15550200010";
        for (int i = 1; i <= 3; i++) {
            client.call("number", number, "audio-url", url("/short.wav"));
            List<JsonNode> unused = client.awaitOver(number, i);
        }

        JsonNode unused = client.refused(14, "number", number, "audio-url", url("/short.wav"));

        assertThat(bench.callsTo(number)).hasSize(3);
        // Another spelling is the same number, and another user counts for itself.
        JsonNode alsoUnused = client.refused(14, "number", "1 555 020 0010", "audio-url", url("/short.wav"));
        new Client(bench, "u30").call("number", number, "audio-url", url("/short.wav"));
    }

    @Test
    @DisplayName("N11: the limit of the first request does not bind the second")
    void n11() throws Exception {
        var client = new Client(bench, "u11");
        String number = "+15550200011";
        client.call("number", number, "audio-url", url("/short.wav"), "limit", "1");
        List<JsonNode> unused = client.awaitOver(number, 1);

        client.call("number", number, "audio-url", url("/short.wav"), "limit", "5");

        List<JsonNode> alsoUnused = client.awaitOver(number, 2);
        assertThat(bench.callsTo(number)).hasSize(2);
    }

    @Test
    @DisplayName("N14: a user may show itself in the body, the query, or in one header")
    void n14() throws Exception {
        var client = new Client(bench, "u14");
        String sound = url("/short.wav");
        String body = Client.form(
                "user-id", client.user(), "api-key", client.key(), "number", "+15550200141", "audio-url", sound);
        String query = Client.form(
                "user-id", client.user(), "api-key", client.key(), "number", "+15550200142", "audio-url", sound);
        String rest = Client.form("number", "+15550200143", "audio-url", sound);
        String form = "application/x-www-form-urlencoded";

        assertThat(bench.send("POST", "/phone-playback", body, "Content-Type", form)
                        .statusCode())
                .isEqualTo(200);
        assertThat(bench.send("GET", "/phone-playback?" + query, "").statusCode())
                .isEqualTo(200);
        assertThat(bench.send(
                                "POST",
                                "/phone-playback",
                                rest,
                                "Content-Type",
                                form,
                                "api-key",
                                client.user() + ":" + client.key())
                        .statusCode())
                .isEqualTo(200);
        for (String number : List.of("+15550200141", "+15550200142", "+15550200143")) {
            assertThat(bench.awaitCallTo(number).number()).isEqualTo(number);
        }
    }

    @Test
    @DisplayName("N15: output-case spells the names of the answer")
    void n15() throws Exception {
        var client = new Client(bench, "u15");
        var camel = client.post("number", "+15550200015", "audio-url", url("/short.wav"), "output-case", "camel");
        var snake = client.post("number", "12ab", "audio-url", url("/short.wav"), "output-case", "snake");
        var error = client.post("output-case", "camel");

        assertThat(FacadeBench.json(camel)).isEqualTo(FacadeBench.json("{\"calling\":true,\"numberValid\":true}"));
        assertThat(FacadeBench.json(snake)).isEqualTo(FacadeBench.json("{\"calling\":false,\"number_valid\":false}"));
        assertThat(FacadeBench.json(error).path("apiParameterName").asText()).isEqualTo("number");
        assertThat(bench.awaitCallTo("+15550200015").number()).isEqualTo("+15550200015");
    }

    @Test
    @DisplayName("N16: of six requests at once, two begin at once and two a second; none is refused")
    void n16() throws Exception {
        var client = new Client(bench, "u16");
        long askedNanos = System.nanoTime();
        List<Thread> asking = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String number = "+1555020016" + i;
            asking.add(Thread.ofVirtual().start(() -> {
                try {
                    client.call("number", number, "audio-url", url("/short.wav"));
                } catch (Exception broken) {
                    throw new AssertionError(broken);
                }
            }));
        }
        for (Thread one : asking) one.join();

        List<Long> invited = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            invited.add(bench.awaitCallTo("+1555020016" + i).invitedNanos());
        }
        List<Long> millis = invited.stream()
                .sorted()
                .map(nanos -> (nanos - askedNanos) / 1_000_000)
                .toList();
        // Two at once and one each half second after that. What makes some late makes none early.
        for (int i = 2; i < 6; i++) {
            assertThat(millis.get(i))
                    .as("INVITE %d of %s", i + 1, millis)
                    .isBetween(500L * (i - 1) - 50, 500L * (i - 1) + 5000);
        }
    }

    @Test
    @DisplayName("N18: while a call to a number goes on, the second request is error 15")
    void n18() throws Exception {
        var client = new Client(bench, "u18");
        client.call("number", RINGS_ON, "audio-url", url("/short.wav"), "limit", "2");

        JsonNode unused = client.refused(15, "number", RINGS_ON, "audio-url", url("/short.wav"), "limit", "2");

        String id = client.get("/api/v1/calls?to=%2B15550200018")
                .path("items")
                .path(0)
                .path("id")
                .asText();
        TrunkCall call = bench.awaitCallTo(RINGS_ON);
        var hungUp = bench.send(
                "POST", "/api/v1/calls/" + id + "/hangup", "", "Authorization", "Bearer " + bench.nativeKey());
        assertThat(hungUp.statusCode()).as(hungUp.body()).isBetween(200, 202);
        List<JsonNode> alsoUnused = client.awaitOver(RINGS_ON, 1);
        assertThat(bench.callsTo(RINGS_ON)).extracting(TrunkCall::callId).containsExactly(call.callId());
        // What was refused was not counted.
        client.call("number", RINGS_ON, "audio-url", url("/short.wav"), "limit", "2");
    }

    @Test
    @DisplayName(
            "N20: a busy callee is acknowledged and hears nothing; the answer was 200, and the native event says busy")
    void n20() throws Exception {
        var client = new Client(bench, "u20");
        client.call("number", BUSY, "audio-url", url("/short.wav"));

        JsonNode over = client.awaitOver(BUSY, 1).getFirst();

        TrunkCall call = bench.awaitEndOfCallTo(BUSY);
        assertThat(call.glance()).contains("< 486 Busy Here", "> ACK");
        assertThat(call.media().map(media -> media.pcm().length).orElse(0)).isZero();
        JsonNode events = client.get("/api/v1/calls/" + over.path("id").asText() + "/events")
                .path("items");
        JsonNode last = events.path(events.size() - 1);
        assertThat(last.path("type").asText()).isEqualTo("call.ended");
        assertThat(last.toString()).contains("\"busy\"");
    }

    @Test
    @DisplayName("N21: JSON works as the form does, and so does a multipart form")
    void n21() throws Exception {
        var client = new Client(bench, "u21");
        String json = "{\"number\":15550200211,\"audio-url\":\"" + url("/short.wav") + "\",\"limit\":2}";
        String mark = Base64.getUrlEncoder().encodeToString("form".getBytes(StandardCharsets.UTF_8));
        String multipart = "--" + mark + "\r\nContent-Disposition: form-data; name=\"number\"\r\n\r\n+15550200212\r\n--"
                + mark + "\r\nContent-Disposition: form-data; name=\"audio-url\"\r\n\r\n" + url("/short.wav")
                + "\r\n--" + mark + "--\r\n";

        assertThat(send("application/json", json, client)).isEqualTo(200);
        assertThat(send("multipart/form-data; boundary=\"" + mark + "\"", multipart, client))
                .isEqualTo(200);

        assertThat(bench.awaitCallTo("+15550200211").number()).isEqualTo("+15550200211");
        assertThat(bench.awaitCallTo("+15550200212").number()).isEqualTo("+15550200212");
    }

    private int send(String type, String body, Client client) throws Exception {
        return bench.send(
                        "POST",
                        "/phone-playback",
                        body,
                        "Content-Type",
                        type,
                        "User-ID",
                        client.user(),
                        "API-Key",
                        client.key())
                .statusCode();
    }

    @Test
    @DisplayName(
            "1.5: phone-verify tells a code three times, verify-security-code knows it, phone-validate calls nobody")
    void siblings() throws Exception {
        var client = new Client(bench, "u22");
        String own = Client.form("user-id", client.user(), "api-key", client.key()) + "&";
        var told = FacadeBench.json(bench.send(
                "GET", "/phone-verify?" + own + Client.form("number", "+15550200022", "playback-delay", "100"), ""));

        String code = told.path("security-code").asText();
        assertThat(told.path("calling").asBoolean()).as(told.toString()).isTrue();
        assertThat(code).matches("[0-9]{6}");
        assertThat(verified(own, code)).isTrue();
        assertThat(verified(own, code + "1")).isFalse();
        TrunkCall call = bench.awaitEndOfCallTo("+15550200022");
        String words = "Your security code is: " + String.join(", ", code.split("")) + ".";
        assertThat(FacadeBench.phrases(call, words)).containsExactly(words, words, words);

        var number = bench.send("GET", "/phone-validate?" + own + "number=%2B4930123456&output-case=camel", "");
        assertThat(FacadeBench.json(number).path("internationalNumber").asText())
                .isEqualTo("+4930123456");
        assertThat(bench.callsTo("+4930123456")).isEmpty();
        for (int i = 0; i < 10; i++) {
            assertThat(verified(own, "0000" + i + "&limit-by=somebody")).isFalse();
        }
        assertThat(verified(own, code + "&limit-by=somebody")).isFalse();
        assertThat(verified(own, code + "&limit-by=somebody-else")).isTrue();
    }

    private boolean verified(String own, String code) throws Exception {
        return FacadeBench.json(bench.send("GET", "/verify-security-code?" + own + "security-code=" + code, ""))
                .path("verified")
                .asBoolean();
    }
}
