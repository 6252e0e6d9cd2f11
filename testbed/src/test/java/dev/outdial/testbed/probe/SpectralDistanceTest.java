package dev.outdial.testbed.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.outdial.testbed.prompts.Prompt;
import dev.outdial.testbed.rtp.G711;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SpectralDistanceTest {
    private static final short[] WORDS = Prompt.WELCOME_WAV.reference();

    private static short[] delayed(short[] words, int by) {
        var delayed = new short[words.length + by];
        System.arraycopy(words, 0, delayed, by, words.length);
        return delayed;
    }

    @Test
    void theSameSoundLaterHasNoDistance() {
        assertThat(SpectralDistance.between(delayed(WORDS, 1234), WORDS)).isEqualTo(new SpectralDistance(0, 0, 0));
    }

    @ParameterizedTest
    @EnumSource
    void g711AloneIsLessThanADecibelAway(G711 law) {
        SpectralDistance distance = SpectralDistance.between(law.decode(law.encode(WORDS)), WORDS);
        assertThat(distance.meanDb()).isBetween(0.1, 1.0);
        assertThat(distance.longestGapMillis()).isLessThanOrEqualTo(5);
    }

    @Test
    void whatIsHalfAsLoudIsSixDecibelsAwayAlsoWhereItsSpectrumIsDeep() {
        var soft = new short[WORDS.length];
        for (int i = 0; i < soft.length; i++) soft[i] = (short) (WORDS[i] / 2);
        // Less than 6 where the spectrum comes to the end of its range.
        assertThat(SpectralDistance.between(soft, WORDS).meanDb()).isBetween(4.0, 6.1);
    }

    /** A mean of two neighbours: by theory a tilt of 20 log10 cos(w / 2), whose root mean square over the band is known. */
    @Test
    void aFilterIsAsFarAwayAsItsResponse() {
        var noise = new short[80_000];
        var random = new Random(3);
        for (int i = 0; i < noise.length; i++) noise[i] = (short) (2000 * random.nextGaussian());
        var filtered = new short[noise.length];
        for (int i = 1; i < noise.length; i++) filtered[i] = (short) ((noise[i] + noise[i - 1]) / 2);
        double squares = 0;
        int bins = 0;
        for (int k = 10; k <= 108; k++, bins++) {
            double response = 20 * Math.log10(Math.cos(Math.PI * k / 256));
            squares += response * response;
        }
        assertThat(SpectralDistance.between(filtered, noise).meanDb())
                .isCloseTo(Math.sqrt(squares / bins), within(0.5));
    }

    @ParameterizedTest
    @CsvSource({"160, 20", "400, 50", "4000, 500"})
    void aGapIsAsLongAsItIs(int samples, long leastMillis) {
        short[] broken = WORDS.clone();
        // From 1.8 to 2.6 s the words make no pause.
        Arrays.fill(broken, 15_000, 15_000 + samples, (short) 0);
        assertThat(SpectralDistance.between(broken, WORDS).longestGapMillis())
                .isBetween(leastMillis - 10, samples / 8 + 5L);
    }

    @Test
    void nothingHeardIsFarAway() {
        SpectralDistance distance = SpectralDistance.between(new short[80_000], WORDS);
        assertThat(distance.meanDb()).isGreaterThan(10);
        assertThat(distance.longestGapMillis()).isGreaterThan(200);
    }
}
