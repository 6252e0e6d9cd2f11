package dev.outdial.media.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {
    @ParameterizedTest
    @ValueSource(ints = {8000, 11025, 16000, 22050, 24000, 32000, 44100, 44101, 48000, 96000})
    void aToneInThePassBandComesOutFlatAndInPlace(int rate) {
        for (double hertz : new double[] {100, 300, 1000, 2000, 3000, 3300}) {
            float[] out = resample(rate, tone(rate, hertz, rate / 2), 777);
            // Away from the ends, where silence begins, the output is the same tone sampled at 8 kHz.
            double error = 0;
            for (int n = 400; n < out.length - 400; n++) {
                double expected = 0.5 * Math.sin(2 * Math.PI * hertz * n / 8000);
                error = Math.max(error, Math.abs(out[n] - expected));
            }
            assertThat(error).as("%s Hz at %s", hertz, rate).isLessThan(0.5 * (Math.pow(10, 0.1 / 20) - 1));
        }
    }

    @ParameterizedTest
    @CsvSource({"16000,6000", "16000,4200", "44100,6000", "44100,15000", "48000,5000", "44101,6000", "11025,5000"})
    void aToneAboveThePassBandIsGone(int rate, double hertz) {
        float[] out = resample(rate, tone(rate, hertz, rate / 2), 1000);
        double power = 0;
        for (int n = 400; n < out.length - 400; n++) power += out[n] * out[n];
        double decibels = 10 * Math.log10(power / (out.length - 800) / 0.125);
        assertThat(decibels).isLessThan(-80);
    }

    @ParameterizedTest
    @ValueSource(ints = {4000, 8000, 11025, 16000, 22050, 44100, 44101, 48000, 192000})
    void theOutputIsAsLongAsTheInput(int rate) {
        for (int count : new int[] {0, 1, 2, 7, 100, 4095, rate, rate + 1})
            assertThat(resample(rate, new float[count], 500)).hasSize((int) Math.round(count * 8000.0 / rate));
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000, 44100, 44101})
    void itDoesNotMatterInWhichPiecesTheInputComes(int rate) {
        var random = new Random(1);
        float[] input = new float[20_000];
        for (int i = 0; i < input.length; i++) input[i] = random.nextFloat() - 0.5f;
        assertThat(resample(rate, input, 1)).isEqualTo(resample(rate, input, 20_000));
        assertThat(resample(rate, input, 313)).isEqualTo(resample(rate, input, 20_000));
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000, 44100, 48000})
    void aConstantStaysWhatItIs(int rate) {
        float[] input = new float[rate];
        Arrays.fill(input, 0.25f);
        float[] out = resample(rate, input, 1000);
        for (int n = 400; n < out.length - 400; n++) assertThat(out[n]).isCloseTo(0.25f, within(1e-5f));
    }

    private static float[] tone(int rate, double hertz, int count) {
        float[] samples = new float[count];
        for (int i = 0; i < count; i++) samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * hertz * i / rate));
        return samples;
    }

    private static float[] resample(int rate, float[] input, int piece) {
        var resampler = new Resampler(rate);
        float[] out = new float[resampler.outputLimit(input.length) + resampler.outputLimit(0)];
        float[] some = new float[resampler.outputLimit(piece)];
        int length = 0;
        for (int at = 0; at < input.length; at += piece) {
            int count = Math.min(piece, input.length - at);
            int n = resampler.process(Arrays.copyOfRange(input, at, at + count), count, some);
            System.arraycopy(some, 0, out, length, n);
            length += n;
        }
        int n = resampler.finish(some);
        System.arraycopy(some, 0, out, length, n);
        return Arrays.copyOf(out, length + n);
    }
}
