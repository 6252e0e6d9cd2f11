package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.outdial.dialer.trunk.Codec;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.dialer.trunk.WireOptions;
import dev.outdial.testbed.probe.SpectralDistance;
import dev.outdial.testbed.prompts.Prompt;
import dev.outdial.testbed.sound.WavFile;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the far end recorded, beside what another tool decodes from the same file. */
@Tag("slow")
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class FarEndSpectrumTest {
    private static final Duration RING = Duration.ofSeconds(10);
    private static final double MOST_DISTANCE_DB = 1.5;
    private static final long LONGEST_GAP_MILLIS = 20;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({"WELCOME_MP3, PCMU", "WELCOME_WAV, PCMA", "WELCOME_OGG, PCMU"})
    void theFarEndRecordsTheSourcesSpectrumWithoutAGap(Prompt prompt, Codec codec) throws Exception {
        short[] heard = heard(AudioClip.of(prompt.copyTo(folder)), codec);
        SpectralDistance distance = SpectralDistance.between(heard, prompt.reference());
        assertThat(distance.meanDb()).as(distance.toString()).isLessThan(MOST_DISTANCE_DB);
        assertThat(distance.longestGapMillis()).as(distance.toString()).isLessThanOrEqualTo(LONGEST_GAP_MILLIS);
    }

    @Test
    void aLevelledClipIsHeardAtItsLevel() throws Exception {
        Path source = folder.resolve("soft.wav");
        short[] words = Prompt.WELCOME_WAV.reference();
        for (int i = 0; i < words.length; i++) words[i] /= 8;
        WavFile.write(source, words);
        assertThat(AudioCheck.of(source).loudnessLufs()).isLessThan(-30);
        Path recording = folder.resolve("recording.wav");
        WavFile.write(recording, heard(AudioClip.of(source).levelled(), Codec.PCMU));
        assertThat(AudioCheck.of(recording).loudnessLufs()).isCloseTo(-19, within(0.6));
    }

    private static short[] heard(AudioClip clip, Codec codec) throws Exception {
        try (LoopbackTrunk trunk = LoopbackTrunk.builder().start();
                Dialer dialer = Dialer.start(DialerConfig.of(Trunk.of("carrier", "sip:alice@127.0.0.1:" + trunk.port())
                        .withoutRegistration()
                        .withWire(WireOptions.DEFAULT.offering(codec))))) {
            Call call = dialer.dial("carrier", "1001", RING);
            dialer.load(clip);
            call.play(clip);
            call.hangUp();
            call.awaitEnd();
            return trunk.awaitEnd(call.id(), RING)
                    .orElseThrow()
                    .media()
                    .orElseThrow()
                    .pcm();
        }
    }
}
