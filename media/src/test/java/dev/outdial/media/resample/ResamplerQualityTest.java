package dev.outdial.media.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the resampler does to sines, measured by a least squares fit: the band that a telephone has, and all that must not come into it. */
class ResamplerQualityTest {
    private static final int OUT = Resampler.OUTPUT_RATE;
    /** Left out at both ends, where silence begins and the filter answers to that. */
    private static final int EDGE = 200;

    private static final double PASS_BAND_HZ = 3400;
    /** From here on nothing comes through; what lies between falls above 3850 Hz. */
    private static final double STOP_BAND_HZ = 4150;

    /**
     * How a tone came out.
     *
     * @param gainDb its level against that at which it went in
     * @param restDb all else that came out, against the same
     */
    private record Response(double gainDb, double restDb) {}

    @ParameterizedTest
    @ValueSource(ints = {8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000})
    void thePassBandIsFlatWithinATenthOfADecibelAndWithoutImages(int rate) {
        for (double hertz = 40; hertz <= PASS_BAND_HZ; hertz += 40) {
            Response response = response(rate, hertz);
            assertThat(response.gainDb).as("%s Hz at %s", hertz, rate).isCloseTo(0, within(0.1));
            assertThat(response.restDb).as("beside %s Hz at %s", hertz, rate).isLessThan(-80);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16000, 44100})
    void whatIsAboveTheBandLeavesNoAlias(int rate) {
        assertNoAlias(rate);
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {11025, 22050, 24000, 32000, 48000})
    void whatIsAboveTheBandLeavesNoAliasAtAnyRate(int rate) {
        assertNoAlias(rate);
    }

    private static void assertNoAlias(int rate) {
        for (double hertz = STOP_BAND_HZ; hertz < rate / 2.0 - 10; hertz += 61) {
            float[] out = resample(rate, hertz);
            assertThat(decibels(power(out, 0, 0, 0)))
                    .as("%s Hz at %s", hertz, rate)
                    .isLessThan(-80);
        }
    }

    /** Below 8 kHz there is nothing to fall back into the band, but the sound's own mirror image to be kept out. */
    @ParameterizedTest
    @ValueSource(ints = {4000, 5512, 6000})
    void aSlowerFileHasNoMirrorImage(int rate) {
        for (double hertz = 40; hertz <= 0.425 * rate; hertz += 40) {
            Response response = response(rate, hertz);
            assertThat(response.gainDb).as("%s Hz at %s", hertz, rate).isCloseTo(0, within(0.1));
            assertThat(response.restDb).as("beside %s Hz at %s", hertz, rate).isLessThan(-80);
        }
    }

    private static Response response(int rate, double hertz) {
        float[] out = resample(rate, hertz);
        double sine = 0;
        double cosine = 0;
        // Sine and cosine are as good as orthogonal over a window of von Hann, whatever the frequency.
        double weights = 0;
        for (int n = EDGE; n < out.length - EDGE; n++) {
            double weight = weight(n, out.length);
            double angle = 2 * Math.PI * hertz * n / OUT;
            sine += weight * out[n] * Math.sin(angle);
            cosine += weight * out[n] * Math.cos(angle);
            weights += weight;
        }
        double a = 2 * sine / weights;
        double b = 2 * cosine / weights;
        return new Response(decibels((a * a + b * b) / 2), decibels(power(out, hertz, a, b)));
    }

    /** The power of what is left without the tone. */
    private static double power(float[] out, double hertz, double a, double b) {
        double sum = 0;
        double weights = 0;
        for (int n = EDGE; n < out.length - EDGE; n++) {
            double angle = 2 * Math.PI * hertz * n / OUT;
            double rest = out[n] - a * Math.sin(angle) - b * Math.cos(angle);
            sum += weight(n, out.length) * rest * rest;
            weights += weight(n, out.length);
        }
        return sum / weights;
    }

    private static double weight(int n, int length) {
        return 1 - Math.cos(2 * Math.PI * (n - EDGE) / (length - 2 * EDGE));
    }

    /** Against a sine of amplitude one half, which goes in. */
    private static double decibels(double power) {
        return 10 * Math.log10(power / 0.125);
    }

    private static float[] resample(int rate, double hertz) {
        var in = new float[rate / 2];
        for (int i = 0; i < in.length; i++) in[i] = (float) (0.5 * Math.sin(2 * Math.PI * hertz * i / rate));
        var resampler = new Resampler(rate);
        var out = new float[resampler.outputLimit(in.length)];
        int length = resampler.process(in, in.length, out);
        var last = new float[resampler.outputLimit(0)];
        int more = resampler.finish(last);
        float[] all = Arrays.copyOf(out, length + more);
        System.arraycopy(last, 0, all, length, more);
        return all;
    }
}
