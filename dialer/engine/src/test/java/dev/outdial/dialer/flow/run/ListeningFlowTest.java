package dev.outdial.dialer.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.flow.machine.FlowEnd;
import dev.outdial.dialer.flow.machine.FlowHappening;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.probe.ToneProbe;
import dev.outdial.testbed.prompts.Prompt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Flows that record the far end, and find out who it is, over the wire. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class ListeningFlowTest {
    private static final DialPlan PLAN = DialPlan.standard()
            .with(
                    "2001",
                    Persona.of(
                            "talks for a while",
                            new Step.Answer(),
                            new Step.Wait(Duration.ofMillis(300)),
                            new Step.SayTone(1175, Duration.ofMillis(600))))
            .with(
                    "2002",
                    Persona.of(
                            "talks and presses a key",
                            new Step.Answer(),
                            new Step.SayTone(1175, Duration.ofMillis(500)),
                            new Step.Press("#")))
            .with("2003", Persona.of("speaks on and on", new Step.Answer(), new Step.Say(Prompt.WELCOME_WAV)));

    private FlowBench bench;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        bench = new FlowBench(folder, PLAN);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /** The samples of all channels of the only recording, one channel after the other. */
    private List<short[]> recorded() throws IOException {
        try (Stream<Path> files = Files.walk(bench.recordings)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).hasSize(1);
            ByteBuffer wav = ByteBuffer.wrap(Files.readAllBytes(all.getFirst())).order(ByteOrder.LITTLE_ENDIAN);
            int channels = wav.getShort(22);
            var samples = Stream.generate(() -> new short[(wav.limit() - 44) / 2 / channels])
                    .limit(channels)
                    .toList();
            for (int i = 0; i < samples.getFirst().length; i++)
                for (int c = 0; c < channels; c++) samples.get(c)[i] = wav.getShort(44 + 2 * (i * channels + c));
            return samples;
        } catch (UncheckedIOException e) {
            throw new IOException(e);
        }
    }

    private static long millisOf(int hertz, List<short[]> channels) {
        return channels.stream()
                .flatMap(pcm -> ToneProbe.hertz(hertz).tones(pcm).stream())
                .mapToLong(tone -> tone.endMillis() - tone.startMillis())
                .sum();
    }

    /** V40. */
    @Test
    void aRecordingHasBothSidesAndEndsWhereTheFlowSays() throws Exception {
        FlowBench.Run run = bench.dial("2001", """
                [{"type": "recording_start"},
                 {"type": "beep"},
                 {"type": "sleep", "option": {"duration": 900}},
                 {"type": "recording_stop"},
                 {"type": "talk", "option": {"text": "thank you"}},
                 {"type": "webhook_send", "option": {"uri": "http://127.0.0.1:1/", "method": "POST",
                    "data": "${voipbin.recording.id}"}}]
                """);
        CalleeNotes notes = run.notes();
        assertThat(notes.millisOf(1000)).isBetween(260L, 340L);
        assertThat(notes.phrases()).containsExactly("thank you");
        List<short[]> channels = recorded();
        assertThat(channels.getFirst().length / 8).isBetween(1100, 1600);
        assertThat(millisOf(1175, channels)).isBetween(400L, 700L);
        assertThat(millisOf(1000, channels)).isBetween(200L, 400L);
        assertThat(run.ended().end()).isEqualTo(FlowEnd.COMPLETED);
    }

    /** V41. */
    @Test
    void aKeyEndsARecordingAndTheCallGoesOn() throws Exception {
        FlowBench.Run run = bench.dial("2002", """
                [{"type": "recording_start", "option": {"end_of_key": "#"}},
                 {"type": "sleep", "option": {"duration": 1500}},
                 {"type": "talk", "option": {"text": "still here"}}]
                """);
        assertThat(run.notes().phrases()).containsExactly("still here");
        // It begins when the flow does and ends with the key: before what is said afterwards.
        assertThat(recorded().getFirst().length / 8).isBetween(100, 1100);
    }

    /** V41 with shorter times. */
    @Test
    void silenceAndTimeEndARecordingAndTheCallGoesOn() throws Exception {
        FlowBench.Run run = bench.dial("1001", """
                [{"type": "recording_start", "option": {"duration": 1}},
                 {"type": "sleep", "option": {"duration": 1500}},
                 {"type": "talk", "option": {"text": "still here"}}]
                """);
        assertThat(run.notes().phrases()).containsExactly("still here");
        assertThat(recorded().getFirst().length / 8).isBetween(900, 1150);
    }

    /** V42. */
    @Test
    void aMachineIsHungUpOn() throws Exception {
        FlowBench.Run run = bench.dial("2003", """
                [{"type": "amd", "option": {"machine_handle": "hangup", "greeting": 1000}},
                 {"type": "talk", "option": {"text": "never said"}}]
                """);
        assertThat(run.ended().end()).isEqualTo(FlowEnd.HUNG_UP);
        assertThat(run.notes().phrases()).isEmpty();
        assertThat(run.notes().countOf("> BYE")).isEqualTo(1);
        assertThat(run.flowCall().call().awaitEnd().reason()).contains("machine");
        assertThat(run.all()).contains(new FlowHappening.Detected("MACHINE"));
    }

    /** V42. Who says hello and is silent for a moment is a person, where a moment is enough. */
    @Test
    void aPersonIsSpokenWith() throws Exception {
        FlowBench.Run run = bench.dial("2003", """
                [{"type": "amd", "option": {"machine_handle": "hangup", "after_greeting_silence": 120}},
                 {"type": "talk", "option": {"text": "you are a ${voipbin.call.amd}"}}]
                """);
        assertThat(run.notes().knowing("you are a HUMAN").phrases()).containsExactly("you are a HUMAN");
        assertThat(run.all()).contains(new FlowHappening.Detected("HUMAN"));
    }
}
