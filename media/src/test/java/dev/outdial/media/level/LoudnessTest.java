package dev.outdial.media.level;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoudnessTest {
    /** Tables 1 and 2 of ITU-R BS.1770-4. */
    @Test
    void theFiltersAreThoseOfTheRecommendationAt48kHz() {
        var head =
                new Biquad(1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585);
        var highPass = new Biquad(1, -2, 1, -1.99004745483398, 0.99007225036621);
        Biquad ourHead = Loudness.head(48_000);
        Biquad ourHighPass = Loudness.highPass(48_000);
        for (int n = 0; n < 2000; n++) {
            double impulse = n == 0 ? 1 : 0;
            assertThat(ourHead.filter(impulse)).isCloseTo(head.filter(impulse), within(1e-9));
            assertThat(ourHighPass.filter(impulse)).isCloseTo(highPass.filter(impulse), within(1e-9));
        }
    }

    /** The Recommendation's own check: 997 Hz at 0 dBFS in one channel is -3.01 LKFS. */
    @ParameterizedTest
    @CsvSource({"8000, 1, -3.01", "8000, 0.1, -23.01", "16000, 0.5, -9.03", "44100, 1, -3.01", "48000, 1, -3.01"})
    void aSineIsAsLoudAsTheRecommendationSays(int rate, double amplitude, double lufs) throws Exception {
        assertThat(loudness(ComputedSource.tone(rate, 5, 997, amplitude))).isCloseTo(lufs, within(0.1));
    }

    /** EBU Tech 3341, cases 3 to 5 with one channel: soft parts beside loud ones do not count. */
    @ParameterizedTest
    @CsvSource({"-36, -23", "-72, -23"})
    void whatIsMuchSofterThanTheRestDoesNotCount(double softDb, double loudDb) throws Exception {
        double soft = Math.pow(10, softDb / 20);
        double loud = Math.pow(10, loudDb / 20);
        var source = ComputedSource.of(
                8000, 80, i -> (i < 80_000 || i >= 560_000 ? soft : loud) * Math.sin(2 * Math.PI * 997 * i / 8000));
        assertThat(loudness(source)).isCloseTo(loudDb - 3.01, within(0.1));
    }

    @Test
    void aSoftPartWithinTenUnitsCounts() throws Exception {
        // A minute at 0.1 and a minute at 0.05, 6 dB softer: the mean of 1 and 1/4 of the power.
        var source =
                ComputedSource.of(8000, 120, i -> (i < 480_000 ? 0.1 : 0.05) * Math.sin(2 * Math.PI * 997 * i / 8000));
        assertThat(loudness(source)).isCloseTo(-23.01 + 10 * Math.log10(0.625), within(0.1));
    }

    @Test
    void whatIsShorterThanABlockIsOneBlock() throws Exception {
        assertThat(loudness(ComputedSource.tone(8000, 0.25, 997, 0.1))).isCloseTo(-23.01, within(0.3));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 2})
    void silenceIsNothing(double seconds) throws Exception {
        assertThat(loudness(ComputedSource.of(8000, seconds, i -> 0))).isEqualTo(Loudness.NOTHING_LUFS);
    }

    static double loudness(ComputedSource source) throws Exception {
        var loudness = new Loudness(source.sampleRate());
        float[] all = ComputedSource.all(source);
        loudness.add(all, all.length);
        return loudness.lufs();
    }
}
