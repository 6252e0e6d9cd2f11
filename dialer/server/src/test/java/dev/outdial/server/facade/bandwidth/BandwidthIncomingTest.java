package dev.outdial.server.facade.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.dialer.Answer;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.testbed.probe.ToneProbe;
import dev.outdial.testbed.sound.WavFile;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Calls that come in: cases B25 to B27. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class BandwidthIncomingTest {
    @TempDir
    static Path folder;

    private static int sipPort;
    private static CatapultBench catapult;
    private static Dialer caller;

    @BeforeAll
    static void start() throws Exception {
        try (var free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            sipPort = free.getLocalPort();
        }
        catapult = new CatapultBench(folder, Map.of(), "OUTDIAL_SIP_PORT", Integer.toString(sipPort));
        caller = Dialer.start(DialerConfig.of().on("127.0.0.1", 0).withRtpPorts(44000, 44099));
    }

    @AfterAll
    static void stop() {
        caller.close();
        catapult.close();
    }

    /** A number whose calls are told of at the path of its name. @return the application's id */
    private static String number(String number, boolean autoAnswer) throws Exception {
        String callback = catapult.bench.sink("/" + number, 200);
        HttpResponse<String> application = catapult.post(
                "/applications",
                "{\"name\":\"app of " + number + "\",\"incomingCallUrl\":\"" + callback + "\",\"autoAnswer\":"
                        + autoAnswer + "}");
        assertThat(application.statusCode()).as(application.body()).isEqualTo(201);
        String place = application.headers().firstValue("Location").orElseThrow();
        String id = place.substring(place.lastIndexOf('/') + 1);
        HttpResponse<String> made =
                catapult.post("/phoneNumbers", "{\"number\":\"+" + number + "\",\"applicationId\":\"" + id + "\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return id;
    }

    private static Call call(String number) {
        return caller.dial(DialRequest.direct("sip:" + number + "@127.0.0.1:" + sipPort)
                .from("+15550106666")
                .ringingFor(Duration.ofSeconds(20)));
    }

    @Test
    @DisplayName("B25: a call that comes in is picked up, and told of")
    void aCallIsPickedUp() throws Exception {
        String application = number("15550100525", true);

        Call call = call("15550100525");

        assertThat(call.awaitAnswer()).isInstanceOf(Answer.Answered.class);
        JsonNode answer = catapult.event("15550100525", "answer");
        assertThat(catapult.types("15550100525")).containsExactly("incomingcall", "answer");
        JsonNode told = catapult.event("15550100525", "incomingcall");
        assertThat(told.path("applicationId").asText()).isEqualTo(application);
        assertThat(told.path("callState").asText()).isEqualTo("active");
        assertThat(told.path("from").asText()).isEqualTo("+15550106666");
        assertThat(told.path("to").asText()).isEqualTo("+15550100525");
        String id = answer.path("callId").asText();
        JsonNode shown = catapult.json("/calls/" + id);
        assertThat(shown.path("direction").asText()).isEqualTo("in");
        assertThat(shown.path("state").asText()).isEqualTo("active");
        assertThat(catapult.json("/calls?to=%2B15550100525")).hasSize(1);
        call.hangUp();
        assertThat(catapult.event("15550100525", "hangup").path("cause").asText())
                .isEqualTo("NORMAL_CLEARING");
        JsonNode number = catapult.json("/phoneNumbers/%2B15550100525");
        assertThat(number.path("applicationId").asText()).isEqualTo(application);
        assertThat(catapult.json("/applications/" + application).path("name").asText())
                .isEqualTo("app of 15550100525");
    }

    @Test
    @DisplayName("B26: a call rings until it is answered")
    void aCallRingsUntilItIsAnswered() throws Exception {
        String unused = number("15550100526", false);
        Call call = call("15550100526");
        String id = catapult.event("15550100526", "incomingcall").path("callId").asText();
        Thread.sleep(500); // nobody picks up
        assertThat(catapult.json("/calls/" + id).path("state").asText()).isEqualTo("started");

        catapult.done("/calls/" + id, "{\"state\":\"active\"}");

        assertThat(call.awaitAnswer()).isInstanceOf(Answer.Answered.class);
        assertThat(catapult.event("15550100526", "answer").path("callState").asText())
                .isEqualTo("active");
        catapult.done("/calls/" + id, "{\"state\":\"completed\"}");
        assertThat(call.awaitEnd().answered()).isTrue();
        assertThat(catapult.event("15550100526", "hangup").path("cause").asText())
                .isEqualTo("NORMAL_CLEARING");
    }

    @Test
    @DisplayName("B26: a call is rejected")
    void aCallIsRejected() throws Exception {
        String unused = number("15550100527", false);
        Call call = call("15550100527");
        String id = catapult.event("15550100527", "incomingcall").path("callId").asText();

        catapult.done("/calls/" + id, "{\"state\":\"rejected\"}");

        CallOutcome outcome = call.awaitEnd();
        assertThat(outcome.sipCode()).hasValue(603);
        JsonNode hangup = catapult.event("15550100527", "hangup");
        assertThat(hangup.path("cause").asText()).isEqualTo("CALL_REJECTED");
        assertThat(hangup.path("callState").asText()).isEqualTo("completed");
        assertThat(catapult.json("/calls/" + id).path("state").asText()).isEqualTo("rejected");
    }

    @Test
    @DisplayName("B27: who calls hears a file")
    void whoCallsHearsAFile(@TempDir Path recordings) throws Exception {
        String unused = number("15550100528", true);
        Call call = call("15550100528");
        Path heard = recordings.resolve("heard.wav");
        call.record(heard);
        String id = catapult.event("15550100528", "answer").path("callId").asText();

        catapult.done("/calls/" + id + "/audio", "{\"fileUrl\":\"" + catapult.sound("/short.wav") + "\"}");

        JsonNode done = catapult.event("15550100528", "playback", 2);
        assertThat(done.path("status").asText()).isEqualTo("done");
        catapult.done("/calls/" + id, "{\"state\":\"completed\"}");
        assertThat(call.awaitEnd().answered()).isTrue();
        Thread.sleep(500); // its recording is closed
        long millis = ToneProbe.hertz(CatapultBench.SHORT_HERTZ).tones(WavFile.read(heard)).stream()
                .mapToLong(tone -> tone.endMillis() - tone.startMillis())
                .sum();
        assertThat(millis).isBetween(850L, 1_150L);
    }

    @Test
    @DisplayName("B25: a caller that gives up is told of")
    void aCallerGivesUp() throws Exception {
        String unused = number("15550100529", false);
        Call call = call("15550100529");
        JsonNode incoming = catapult.event("15550100529", "incomingcall");
        assertThat(incoming.path("callId").asText()).startsWith("c-");

        call.hangUp();

        assertThat(catapult.event("15550100529", "hangup").path("cause").asText())
                .isEqualTo("ORIGINATOR_CANCEL");
        assertThat(catapult.types("15550100529")).containsExactly("incomingcall", "hangup");
    }
}
