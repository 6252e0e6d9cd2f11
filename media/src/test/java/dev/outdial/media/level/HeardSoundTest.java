package dev.outdial.media.level;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.outdial.media.file.PcmSource;
import dev.outdial.testbed.prompts.Prompt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeardSoundTest {
    private static final float PEAK_LIMIT = (float) Math.pow(10, HeardSound.PEAK_LIMIT_DB / 20);

    @ParameterizedTest
    @CsvSource({"8000, 0.1", "44100, -0.3", "8000, 0.004", "48000, 0.01"})
    void aConstantOffsetIsGoneFromTheFirstSampleOn(int rate, double offset) throws Exception {
        float[] heard = heard(ComputedSource.of(rate, 3, i -> offset + 0.3 * Math.sin(2 * Math.PI * 440 * i / rate)));
        float[] without = heard(ComputedSource.tone(rate, 3, 440, 0.3));
        assertThat(heard).hasSize(24_000);
        // Not at the very ends, where the resampler takes silence to be beyond the file.
        for (int n = 100; n < heard.length - 100; n++)
            assertThat(heard[n]).as("sample %d", n).isCloseTo(without[n], within(0.0015f));
    }

    @ParameterizedTest
    @ValueSource(doubles = {200, 300, 1000, 3400})
    void fromTwoHundredHertzOnLevelsStay(double hertz) throws Exception {
        float[] heard = heard(ComputedSource.of(8000, 3, i -> 0.2 + 0.5 * Math.sin(2 * Math.PI * hertz * i / 8000)));
        double product = 0;
        double energy = 0;
        for (int n = 0; n < heard.length; n++) {
            double sine = Math.sin(2 * Math.PI * hertz * n / 8000);
            product += heard[n] * sine;
            energy += sine * sine;
        }
        assertThat(20 * Math.log10(product / energy / 0.5)).isCloseTo(0, within(0.02));
    }

    @ParameterizedTest
    @EnumSource
    void speechWithoutAnOffsetPassesToTheBit(Prompt prompt) throws Exception {
        short[] words = prompt.reference();
        short[] heard = linear(heard(source(words, 1)));
        assertThat(Arrays.equals(heard, words))
                .as("%d samples as they were", words.length)
                .isTrue();
    }

    @Test
    void anOffsetThatBeginsLaterGoesToo() throws Exception {
        float[] heard = heard(ComputedSource.of(8000, 6, i -> i < 24_000 ? 0 : 0.1));
        for (int n = 33_000; n < heard.length; n++) assertThat(heard[n]).isCloseTo(0, within(0.0001f));
        for (int n = 0; n < 16_000; n++) assertThat(heard[n]).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 200, 4096, 7999, 8000, 8001, 16_001, 16_002, 23_456})
    void nothingIsLostOrAdded(int count) throws Exception {
        var samples = new float[count];
        for (int i = 0; i < count; i++) samples[i] = i % 2 == 0 ? 0.25f : -0.25f;
        assertThat(heard(new ComputedSource(8000, samples))).isEqualTo(samples);
        assertThat(levelled(() -> new ComputedSource(8000, samples))).hasSize(count);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.1, 0.5, 1})
    void promptsOfAllLevelsBecomeEquallyLoud(double factor) throws Exception {
        short[] words = Prompt.WELCOME_WAV.reference();
        float[] levelled = levelled(() -> source(words, factor));
        assertThat(levelled).hasSize(words.length);
        assertThat(loudness(levelled)).isCloseTo(HeardSound.TARGET_LUFS, within(0.5));
        assertThat(largest(levelled)).isLessThanOrEqualTo(PEAK_LIMIT);
    }

    @Test
    void whatNeedsNoLimitIsMultipliedAndNothingElse() throws Exception {
        float[] levelled = levelled(() -> ComputedSource.tone(8000, 2, 997, 0.05));
        float[] before = heard(ComputedSource.tone(8000, 2, 997, 0.05));
        double factor = Math.pow(10, (HeardSound.TARGET_LUFS - loudness(before)) / 20);
        for (int n = 0; n < before.length; n++)
            assertThat(levelled[n]).isCloseTo((float) (before[n] * factor), within(1e-6f));
    }

    @Test
    void aLonePeakGivesWayToTheWordsAroundIt() throws Exception {
        // Soft sound with one click at full scale: the gain that the sound needs would bring the click to 10.
        PcmSource clicking = ComputedSource.of(
                8000, 4, i -> 0.01 * Math.sin(2 * Math.PI * 997 * i / 8000) + (i == 16_000 ? 0.98 : 0));
        float[] all = ComputedSource.all(clicking);
        float[] levelled = levelled(() -> new ComputedSource(8000, all));
        assertThat(largest(levelled)).isBetween(PEAK_LIMIT * 0.99f, PEAK_LIMIT);
        // Half a second later the gain is back.
        double factor = levelled[24_002] / all[24_002];
        assertThat(20 * Math.log10(factor)).isGreaterThan(15);
        for (int n = 20_000; n < 32_000; n++)
            assertThat(levelled[n]).isCloseTo((float) (all[n] * factor), within(0.005f));
    }

    @Test
    void aPeakAtTheVeryStartOrEndIsHeldToo() throws Exception {
        for (int at : new int[] {0, 1, 38, 39, 40, 41, 7998, 7999}) {
            float[] levelled = levelled(() ->
                    ComputedSource.of(8000, 1, i -> i == at ? 1 : 0.05 * Math.sin(2 * Math.PI * 600 * i / 8000)));
            assertThat(largest(levelled)).as("at %d", at).isLessThanOrEqualTo(PEAK_LIMIT);
        }
    }

    @Test
    void silenceStaysSilenceAndFaintSoundIsNotBlownUp() throws Exception {
        assertThat(levelled(() -> ComputedSource.of(8000, 1, i -> 0))).containsOnly(0f);
        float[] faint = levelled(() -> ComputedSource.tone(8000, 1, 997, 0.0005));
        assertThat(largest(faint)).isLessThan(0.0005f * 32);
    }

    @Test
    void bothReadingsAreClosed() throws Exception {
        List<ComputedSource> opened = new ArrayList<>();
        PcmSource levelled = HeardSound.levelled(() -> {
            opened.add(ComputedSource.tone(16_000, 1, 997, 0.1));
            return opened.getLast();
        });
        assertThat(opened).extracting(ComputedSource::closed).containsExactly(true, false);
        levelled.close();
        assertThat(opened).extracting(ComputedSource::closed).containsExactly(true, true);
    }

    @Test
    void whatCannotBeReadIsToldAndClosed() {
        var source = ComputedSource.tone(8000, 1, 997, 0.1);
        assertThatThrownBy(() -> HeardSound.levelled(() -> new Damaged(source))).hasMessage("damaged");
        assertThat(source.closed()).isTrue();
    }

    private record Damaged(PcmSource source) implements PcmSource {
        @Override
        public String format() {
            return source.format();
        }

        @Override
        public int sampleRate() {
            return source.sampleRate();
        }

        @Override
        public int channels() {
            return source.channels();
        }

        @Override
        public int read(float[] target, int offset, int count) throws IOException {
            throw new IOException("damaged");
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }

    private static ComputedSource source(short[] samples, double factor) {
        return ComputedSource.of(8000, samples.length / 8000.0, i -> samples[i] / 32768.0 * factor);
    }

    private static float[] heard(PcmSource source) throws IOException {
        return ComputedSource.all(HeardSound.of(source));
    }

    private static float[] levelled(HeardSound.Opener opener) throws IOException {
        return ComputedSource.all(HeardSound.levelled(opener));
    }

    private static short[] linear(float[] samples) {
        var linear = new short[samples.length];
        for (int i = 0; i < linear.length; i++) linear[i] = HeardSound.linear(samples[i]);
        return linear;
    }

    private static double loudness(float[] samples) {
        var loudness = new Loudness(8000);
        loudness.add(samples, samples.length);
        return loudness.lufs();
    }

    private static float largest(float[] samples) {
        float largest = 0;
        for (float sample : samples) largest = Math.max(largest, Math.abs(sample));
        return largest;
    }
}
