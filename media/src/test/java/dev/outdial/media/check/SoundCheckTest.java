package dev.outdial.media.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.outdial.media.file.AudioFiles;
import dev.outdial.media.file.PcmSource;
import dev.outdial.media.level.ComputedSource;
import dev.outdial.media.level.Loudness;
import dev.outdial.testbed.prompts.Prompt;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoundCheckTest {
    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(ints = {8000, 11025, 16000, 44100, 48000})
    void aSineIsWhatItIs(int rate) throws Exception {
        SoundReport report = SoundCheck.of(ComputedSource.tone(rate, 2, 997, 0.5));
        assertThat(report.format()).isEqualTo("computed");
        assertThat(report.durationMillis()).isEqualTo(2000);
        assertThat(report.sampleRate()).isEqualTo(rate);
        assertThat(report.channels()).isEqualTo(1);
        assertThat(report.levelDb()).isCloseTo(-9.03, within(0.05));
        assertThat(report.loudnessLufs()).isCloseTo(-9.03, within(0.1));
        assertThat(report.peakDb()).isCloseTo(-6.02, within(0.1));
        assertThat(report.silenceAtStartMillis()).isZero();
        assertThat(report.silenceAtEndMillis()).isZero();
        assertThat(report.clippedSamples()).isZero();
        assertThat(report.dcOffset()).isCloseTo(0, within(1e-4));
        assertThat(report.bandwidthHz()).isCloseTo(997, within(130));
    }

    @Test
    void silenceBeforeAndAfterIsToldAndDoesNotLowerTheLevel() throws Exception {
        var source = ComputedSource.of(
                16_000, 4, i -> i >= 12_000 && i < 44_800 ? 0.5 * Math.sin(2 * Math.PI * 500 * i / 16_000) : 0);
        SoundReport report = SoundCheck.of(source);
        // The resampler rings a little to both sides of a hard edge.
        assertThat(report.silenceAtStartMillis()).isCloseTo(750, within(10L));
        assertThat(report.silenceAtEndMillis()).isCloseTo(1200, within(10L));
        assertThat(report.levelDb()).isCloseTo(-9.03, within(0.1));
    }

    @Test
    void aPauseBetweenWordsIsNoSilenceAtTheEnds() throws Exception {
        var source = ComputedSource.of(
                8000, 3, i -> i < 8000 || i >= 16_000 ? 0.5 * Math.sin(2 * Math.PI * 500 * i / 8000) : 0);
        SoundReport report = SoundCheck.of(source);
        assertThat(report.silenceAtStartMillis()).isZero();
        assertThat(report.silenceAtEndMillis()).isZero();
        assertThat(report.levelDb()).isCloseTo(-9.03 + 10 * Math.log10(2 / 3.0), within(0.05));
    }

    @Test
    void nothingButSilenceIsSilentFromBothEnds() throws Exception {
        SoundReport report = SoundCheck.of(ComputedSource.of(8000, 1.5, i -> 0));
        assertThat(report.silenceAtStartMillis()).isEqualTo(1500);
        assertThat(report.silenceAtEndMillis()).isEqualTo(1500);
        assertThat(report.levelDb()).isEqualTo(SoundReport.SILENT_DB);
        assertThat(report.peakDb()).isEqualTo(SoundReport.SILENT_DB);
        assertThat(report.loudnessLufs()).isEqualTo(Loudness.NOTHING_LUFS);
        assertThat(report.bandwidthHz()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0", "0.0001", "0.01"})
    void aFileWithoutMuchInItIsStillReported(double seconds) throws Exception {
        SoundReport report = SoundCheck.of(ComputedSource.tone(8000, seconds, 1000, 0.5));
        assertThat(report.durationMillis()).isEqualTo(Math.round(Math.round(seconds * 8000) / 8.0));
        assertThat(report.levelDb()).isBetween(SoundReport.SILENT_DB, 0.0);
        assertThat(report.bandwidthHz()).isBetween(0, 4000);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, -0.1})
    void anOffsetIsToldAndNotHeard(double offset) throws Exception {
        SoundReport report =
                SoundCheck.of(ComputedSource.of(8000, 3, i -> offset + 0.1 * Math.sin(2 * Math.PI * 1000 * i / 8000)));
        assertThat(report.dcOffset()).isCloseTo(offset, within(1e-4));
        assertThat(report.levelDb()).isCloseTo(-23.01, within(0.05));
    }

    @Test
    void anOffsetAloneIsSilence() throws Exception {
        SoundReport report = SoundCheck.of(ComputedSource.of(8000, 3, i -> 0.1));
        assertThat(report.silenceAtStartMillis()).isEqualTo(3000);
        assertThat(report.bandwidthHz()).isZero();
    }

    @Test
    void whatWasCutAtFullScaleIsCounted() throws Exception {
        int cut = 0;
        for (int i = 0; i < 16_000; i++) if (Math.abs(1.2 * Math.sin(2 * Math.PI * 400 * i / 8000)) >= 1) cut++;
        SoundReport report = SoundCheck.of(ComputedSource.of(
                8000, 2, i -> Math.clamp(1.2 * Math.sin(2 * Math.PI * 400 * i / 8000), -1, 32767 / 32768.0)));
        assertThat(report.clippedSamples()).isEqualTo(cut).isGreaterThan(1000);
    }

    @ParameterizedTest
    @CsvSource({
        "0.5 0.99999 0.5 -1 0.5, 0",
        "0.5 1 1 0.5, 2",
        "0.5 1 1 1 0.5 -1 -1, 5",
        "1 -1 1, 3",
        "0.5 1.1 0.5, 1",
        "1 1.1 1 0.5, 3",
        "1.1 1 0.5 1.1, 3"
    })
    void oneSampleAtFullScaleIsNotCutTwoInARowAre(String samples, int clipped) {
        var clipping = new Clipping();
        for (String sample : samples.split(" ")) clipping.take(Float.parseFloat(sample));
        assertThat(clipping.count()).isEqualTo(clipped);
    }

    @Test
    void anMp3ThatOvershootsIsCutAndLouderThanFullScale() throws Exception {
        SoundReport report = SoundCheck.of(ComputedSource.tone(8000, 1, 1000, 1.5));
        assertThat(report.peakDb()).isCloseTo(3.52, within(0.05));
        assertThat(report.clippedSamples()).isGreaterThan(3000);
    }

    /** Noise that is band-limited by its making: many sines up to the edge. */
    @ParameterizedTest
    @CsvSource({"8000, 3400", "44100, 3400", "44100, 11000", "48000, 20000", "16000, 7900", "96000, 8000"})
    void bandwidthIsWhereTheSoundEnds(int rate, int edge) throws Exception {
        int seed = 5;
        var random = new Random(seed);
        var samples = new float[rate];
        for (double hertz = 100; hertz <= edge; hertz += 37) {
            double phase = 7 * random.nextDouble();
            for (int i = 0; i < samples.length; i++)
                samples[i] += (float) (0.005 * Math.sin(2 * Math.PI * hertz * i / rate + phase));
        }
        SoundReport report = SoundCheck.of(new ComputedSource(rate, samples));
        assertThat((double) report.bandwidthHz()).isCloseTo(edge, within(150.0));
    }

    @Test
    void whatIsHeardIsWhatTheTelephoneLetsThrough() throws Exception {
        // 6 kHz is in the file, and no callee hears it.
        SoundReport report = SoundCheck.of(ComputedSource.tone(44_100, 2, 6000, 0.5));
        assertThat(report.bandwidthHz()).isCloseTo(6000, within(150));
        assertThat(report.levelDb()).isLessThan(-60);
    }

    @ParameterizedTest
    @EnumSource
    void thePromptsAreSpeechWithoutFault(Prompt prompt) throws Exception {
        try (PcmSource source = AudioFiles.open(prompt.copyTo(folder))) {
            SoundReport report = SoundCheck.of(source);
            assertThat(report.durationMillis()).isCloseTo(prompt.reference().length / 8, within(30L));
            assertThat(report.levelDb()).isBetween(-30.0, -10.0);
            assertThat(report.loudnessLufs()).isBetween(-30.0, -10.0);
            assertThat(report.clippedSamples()).isZero();
            assertThat(report.bandwidthHz()).isBetween(5000, 22_050);
            assertThat(report.silenceAtStartMillis()).isLessThan(1000);
        }
    }
}
