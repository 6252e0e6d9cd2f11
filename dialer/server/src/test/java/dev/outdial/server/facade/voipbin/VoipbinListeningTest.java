package dev.outdial.server.facade.voipbin;

import static dev.outdial.server.facade.voipbin.VoipbinBench.answers;
import static dev.outdial.server.facade.voipbin.VoipbinBench.count;
import static dev.outdial.server.facade.voipbin.VoipbinBench.pause;
import static dev.outdial.server.facade.voipbin.VoipbinBench.persona;
import static dev.outdial.server.facade.voipbin.VoipbinBench.tone;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.facade.voipbin.VoipbinBench.Placed;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.probe.ToneProbe;
import dev.outdial.testbed.prompts.Prompt;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flows that record the far end, find out who it is, and ask others by HTTP. */
@Tag("slow")
@Timeout(90)
@Execution(ExecutionMode.CONCURRENT)
class VoipbinListeningTest {
    private static final DialPlan PLAN = DialPlan.standard()
            .with("+15551000640", persona(new Step.Answer(), pause(300), tone(1175, 600)))
            .with("+15551000641", persona(new Step.Answer(), tone(1175, 500), new Step.Press("#")))
            .with("+15551000642", persona(new Step.Answer(), tone(1175, 600)))
            .with("+15551000644", persona(new Step.Answer(), new Step.Say(Prompt.WELCOME_WAV)))
            .with("+15551000645", persona(new Step.Answer(), new Step.Say(Prompt.WELCOME_WAV)))
            .otherwise(answers());

    @TempDir
    static Path folder;

    private static VoipbinBench voipbin;
    private static final List<String> FETCHED = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void open() throws Exception {
        voipbin = VoipbinBench.open(folder, PLAN);
        voipbin.bench.web.on("/fetch", exchange -> {
            int length = exchange.request()
                    .header("Content-Length")
                    .map(Integer::parseInt)
                    .orElse(0);
            var body = new ByteArrayOutputStream();
            byte[] part = new byte[1024];
            while (body.size() < length) {
                int read = exchange.read(part);
                if (read < 0) break;
                body.write(part, 0, read);
            }
            FETCHED.add(body.toString(java.nio.charset.StandardCharsets.UTF_8));
            String actions = VoipbinBench.json("[{'type':'talk','option':{'text':'fetched words'}},{'type':'hangup'}]");
            exchange.send("HTTP/1.1 200 OK\nContent-Type: application/json\nContent-Length: " + actions.length()
                    + "\nConnection: close\n\n" + actions);
        });
    }

    @AfterAll
    static void close() {
        voipbin.close();
    }

    /** The samples of all channels of a call's only recording, one channel after the other. */
    private static List<short[]> recorded(JsonNode over) throws Exception {
        assertThat(over.path("recording_ids")).hasSize(1);
        String id = over.path("recording_ids").get(0).asText();
        JsonNode recording = voipbin.get("/recordings/" + id);
        assertThat(recording.path("status").asText()).isEqualTo("ended");
        assertThat(recording.path("reference_id")).isEqualTo(over.path("id"));
        HttpResponse<byte[]> file = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        voipbin.bench.url() + "/v1.0/recordingfiles/" + id + "?token=" + voipbin.token))
                                .build(),
                        BodyHandlers.ofByteArray());
        assertThat(file.statusCode()).isEqualTo(200);
        ByteBuffer wav = ByteBuffer.wrap(file.body()).order(ByteOrder.LITTLE_ENDIAN);
        int channels = wav.getShort(22);
        List<short[]> samples = Stream.generate(() -> new short[(wav.limit() - 44) / 2 / channels])
                .limit(channels)
                .toList();
        for (int i = 0; i < samples.getFirst().length; i++)
            for (int c = 0; c < channels; c++) samples.get(c)[i] = wav.getShort(44 + 2 * (i * channels + c));
        return samples;
    }

    private static long millisOf(int hertz, List<short[]> channels) {
        return channels.stream()
                .flatMap(pcm -> ToneProbe.hertz(hertz).tones(pcm).stream())
                .mapToLong(tone -> tone.endMillis() - tone.startMillis())
                .sum();
    }

    /** V40. */
    @Test
    void v40ARecordingHasBothSidesAndEndsWhereTheFlowSays() throws Exception {
        Placed call = voipbin.place("+15551000640", """
                [{'type':'recording_start'},{'type':'beep'},{'type':'sleep','option':{'duration':900}},
                 {'type':'recording_stop'},{'type':'talk','option':{'text':'thank you'}}]
                """);
        assertThat(call.phrases()).containsExactly("thank you");
        List<short[]> channels = recorded(call.over());
        assertThat(channels.getFirst().length / 8).isBetween(1100, 4000);
        assertThat(millisOf(1175, channels)).isBetween(350L, 700L);
        assertThat(millisOf(1000, channels)).isBetween(200L, 400L);
        assertThat(voipbin.events(call.id()))
                .extracting(event -> event.path("type").asText())
                .containsSubsequence("recording.started", "recording.done", "call.ended");
    }

    /** V41. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "+15551000641, 'end_of_key':'#', 3000, 100, 2500",
                "+15551000642, 'end_of_silence':2, 5000, 1900, 4500",
                "+15551000643, 'duration':3, 4500, 2850, 3200"
            })
    void v41ATriggerEndsTheRecordingAndTheCallGoesOn(String number, String option, int sleep, int shortest, int longest)
            throws Exception {
        Placed call = voipbin.place(
                number,
                "[{'type':'recording_start','option':{" + option + "}},{'type':'sleep','option':{'duration':" + sleep
                        + "}},{'type':'talk','option':{'text':'still here'}}]");
        assertThat(call.phrases()).containsExactly("still here");
        assertThat(recorded(call.over()).getFirst().length / 8).isBetween(shortest, longest);
    }

    /** V42. */
    @Test
    void v42AMachineIsHungUpOn() throws Exception {
        Placed call = voipbin.place("+15551000644", """
                [{'type':'amd','option':{'machine_handle':'hangup','greeting':1000}},
                 {'type':'talk','option':{'text':'never said'}}]
                """);
        assertThat(call.phrases()).isEmpty();
        assertThat(count(call.heard(), "> BYE")).isEqualTo(1);
        assertThat(call.over().path("hangup_reason").asText()).isEqualTo("amd");
    }

    /** V42. Who says a word and is silent for a moment is a person, where a moment is enough. */
    @Test
    void v42APersonIsSpokenWith() throws Exception {
        Placed call = voipbin.place("+15551000645", """
                [{'type':'amd','option':{'machine_handle':'hangup','after_greeting_silence':120}},
                 {'type':'talk','option':{'text':'you are a ${voipbin.call.amd}'}}]
                """);
        assertThat(call.phrases("you are a HUMAN")).containsExactly("you are a HUMAN");
        assertThat(call.over().path("hangup_reason").asText()).isEqualTo("normal");
    }

    /** V46. */
    @Test
    void v46ActionsThatAreFetchedAreCarriedOut() throws Exception {
        Placed call = voipbin.place(
                "+15551000646",
                "[{'type':'fetch','option':{'event_url':'" + voipbin.bench.web.uri("/fetch")
                        + "','event_method':'POST'}},{'type':'talk','option':{'text':'never said'}}]");
        assertThat(call.phrases("fetched words")).containsExactly("fetched words");
        JsonNode over = call.over();
        assertThat(FETCHED)
                .singleElement()
                .satisfies(body -> assertThat(body)
                        .contains(
                                "activeflow_id",
                                "reference_id",
                                over.path("activeflow_id").asText()));
    }

    /** V47. */
    @ParameterizedTest
    @CsvSource({"+15551000647, 200", "+15551000648, 500"})
    void v47WhatIsSentIsFilledInAndItsFailureEndsNothing(String number, int status) throws Exception {
        String path = "/told-" + status;
        Placed call = voipbin.place(
                number,
                "[{'type':'webhook_send','option':{'sync':true,'uri':'" + voipbin.bench.sink(path, status)
                        + "','method':'POST','data_type':'application/json','data':'to ${voipbin.call.destination.target}'}},"
                        + "{'type':'talk','option':{'text':'after all'}}]");
        assertThat(call.phrases()).containsExactly("after all");
        assertThat(voipbin.bench.told(path).getFirst().body()).isEqualTo("to " + number);
    }
}
