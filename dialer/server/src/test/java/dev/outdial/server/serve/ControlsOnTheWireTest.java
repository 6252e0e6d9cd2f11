package dev.outdial.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.trunk.TrunkCall;
import dev.outdial.testbed.trunk.TrunkMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is done with calls that are up, asked for over HTTP and judged by what the far end heard. */
@Tag("slow")
@Timeout(90)
class ControlsOnTheWireTest {
    private static final DialPlan PLAN =
            DialPlan.standard().with("2000", Persona.of("answers", new Step.Ring(), new Step.Answer()));

    @TempDir
    private Path folder;

    private final LoopbackTrunk trunk =
            LoopbackTrunk.builder().dialPlan(PLAN).keepSoundSeconds(20).start();
    private WireBench bench;

    @BeforeEach
    void start() throws IOException {
        bench = WireBench.start(folder, trunk.port(), Map.of());
    }

    @AfterEach
    void close() {
        bench.close();
        trunk.close();
    }

    private String answered() throws Exception {
        String call = bench.create("/calls", "{\"to\":\"2000\"}");
        bench.await(call, "progressing");
        return call;
    }

    /** Ends it. @return as the trunk saw it */
    private TrunkCall over(String call) throws Exception {
        bench.hangUp(call);
        JsonNode over = bench.await(call, "hangup");
        assertThat(over.path("outcome").asText()).isEqualTo("completed");
        return trunk.awaitEnd(over.path("sip_call_id").asText(), Duration.ofSeconds(5))
                .orElseThrow();
    }

    /** How long something was heard. */
    private static long loudMillis(TrunkCall call) {
        short[] pcm = call.media().orElseThrow().pcm();
        int loud = 0;
        for (short sample : pcm) if (Math.abs(sample) > 500) loud++;
        return loud / 8;
    }

    private static byte[] tone(Duration length) throws IOException {
        byte[] samples = new byte[(int) (length.toMillis() * 16)];
        for (int i = 0; i < samples.length / 2; i++) {
            int value = i % 16 < 8 ? 8000 : -8000; // 500 Hz
            samples[2 * i] = (byte) value;
            samples[2 * i + 1] = (byte) (value >> 8);
        }
        var sound = new AudioInputStream(
                new ByteArrayInputStream(samples), new AudioFormat(8000, 16, 1, true, false), samples.length / 2);
        var file = new ByteArrayOutputStream();
        int unused = AudioSystem.write(sound, AudioFileFormat.Type.WAVE, file);
        return file.toByteArray();
    }

    @Test
    void aFileIsPlayedAndWordsAreSaid() throws Exception {
        bench.upload("tone.wav", tone(Duration.ofMillis(400)));
        String call = answered();

        bench.control(call, "play", "{\"urls\":[\"media:tone.wav\"]}");
        bench.event(
                call,
                "media.done",
                data -> data.path("kind").asText().equals("file")
                        && data.path("reason").asText().equals("end"));
        bench.control(call, "say", "{\"text\":\"Hello.\"}");
        JsonNode said = bench.event(
                call, "media.done", data -> data.path("kind").asText().equals("speech"));
        assertThat(said.path("data").path("reason").asText()).isEqualTo("end");

        assertThat(loudMillis(over(call))).isGreaterThan(450);
    }

    @Test
    void whatPlaysForEverIsStopped() throws Exception {
        bench.upload("tone.wav", tone(Duration.ofMillis(200)));
        String call = answered();

        bench.control(call, "play", "{\"urls\":[\"media:tone.wav\"],\"loop\":true}");
        bench.event(call, "media.started", data -> true);
        bench.control(call, "stop-media", "{}");
        assertThat(bench.event(call, "media.done", data -> true)
                        .path("data")
                        .path("reason")
                        .asText())
                .isEqualTo("stopped");
        assertThat(bench.types(call)).containsOnlyOnce("media.done");
        TrunkCall unused = over(call);
    }

    @Test
    void whoIsMutedIsNotHeardAndKeysAre() throws Exception {
        bench.upload("tone.wav", tone(Duration.ofMillis(400)));
        String call = answered();

        bench.control(call, "mute", "{\"direction\":\"out\"}");
        bench.event(call, "call.updated", data -> data.path("muted").asText().equals("out"));
        bench.control(call, "play", "{\"urls\":[\"media:tone.wav\"]}");
        bench.event(call, "media.done", data -> true);
        bench.control(call, "dtmf", "{\"digits\":\"12#\",\"duration\":60,\"interval\":60}");
        bench.event(call, "dtmf.sent", data -> data.path("digits").asText().equals("12#"));
        bench.control(call, "unmute", "{\"direction\":\"out\"}");
        bench.event(call, "call.updated", data -> data.path("unmuted").asText().equals("out"));

        TrunkCall heard = over(call);
        assertThat(loudMillis(heard)).isZero();
        assertThat(heard.media().orElseThrow().digitsReceived()).isEqualTo("12#");
    }

    @Test
    void whoIsHeldIsToldSoAndTakenBack() throws Exception {
        String call = answered();

        bench.control(call, "hold", "{}");
        bench.event(call, "call.updated", data -> data.path("held").asBoolean(false));
        bench.control(call, "unhold", "{}");
        bench.event(
                call,
                "call.updated",
                data -> data.has("held") && !data.path("held").asBoolean(true));

        assertThat(over(call).messages().stream()
                        .filter(TrunkMessage::fromCaller)
                        .map(TrunkMessage::message)
                        .filter(message ->
                                message.isRequest() && message.method().equals("INVITE"))
                        .map(message -> message.body().contains("a=sendonly")))
                .containsExactly(false, true, false);
    }

    @Test
    void aBridgedTransferHasBothTalk() throws Exception {
        String call = answered();

        bench.control(call, "transfer", "{\"to\":\"1001\",\"mode\":\"bridge\"}");
        JsonNode told = bench.event(call, "call.updated", data -> data.has("transferred"));
        assertThat(told.path("data").path("transferred").asBoolean()).isTrue();
        String third = bench.call(call).path("chained_call_ids").path(0).asText();
        assertThat(bench.call(third).path("master_call_id").asText()).isEqualTo(call);
        assertThat(bench.call(third).path("status").asText()).isEqualTo("progressing");

        TrunkCall unused = over(call);
        assertThat(bench.await(third, "hangup").path("hangup_by").asText()).isEqualTo("local");
    }

    @Test
    void whatIsAskedAgainUnderAKeyIsAnsweredAsAtFirst() throws Exception {
        String body = "{\"to\":\"2000\",\"say\":\"Bye.\",\"variables\":{\"a\":\"1\"}}";
        HttpResponse<String> first = bench.send("POST", "/api/v1/calls", body, "Idempotency-Key", "k1");
        String call = bench.create("/calls", body);
        String id = first.headers().firstValue("Location").orElseThrow().replace("/api/v1/calls/", "");
        bench.await(id, "hangup");
        bench.await(call, "hangup");

        HttpResponse<String> again = bench.send("POST", "/api/v1/calls", body, "Idempotency-Key", "k1");

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(again.body()).isEqualTo(first.body()).contains("\"status\":\"queued\"");
        assertThat(bench.send("DELETE", "/api/v1/calls/" + id, "").statusCode()).isEqualTo(204);
        assertThat(bench.send("POST", "/api/v1/calls", body, "Idempotency-Key", "k1")
                        .body())
                .isEqualTo(first.body());
        HttpResponse<String> other = bench.send("POST", "/api/v1/calls", "{\"to\":\"2001\"}", "Idempotency-Key", "k1");
        assertThat(other.statusCode()).isEqualTo(409);
    }
}
