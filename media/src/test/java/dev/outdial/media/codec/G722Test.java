package dev.outdial.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class G722Test {
    private static final int RATE = 16_000;

    static byte[] encoded(short... samples) {
        var codes = new byte[samples.length / 2];
        new G722().encode(samples, 0, samples.length, codes, 0);
        return codes;
    }

    static short[] decoded(byte... codes) {
        var samples = new short[2 * codes.length];
        var decoder = new G722();
        for (int i = 0; i < codes.length; i++) decoder.decode(codes[i], samples, 2 * i);
        return samples;
    }

    private static short[] thereAndBack(short[] sound) {
        return decoded(encoded(sound));
    }

    @ParameterizedTest
    @CsvSource({"200,55", "500,50", "1000,44", "2000,44", "3000,38", "5000,20", "6000,24"})
    void aToneComesBackClean(double hertz, double leastSnrDb) {
        short[] sound = Sounds.tone(hertz, RATE, RATE, 8000);
        double snr = Sounds.snrDb(sound, thereAndBack(sound), G722.DELAY_SAMPLES, 2000, RATE - 100);
        assertThat(snr).isGreaterThan(leastSnrDb);
    }

    @Test
    void speechComesBackAsLateAsTheTwoFiltersMakeIt() {
        short[] sound = Sounds.speech(RATE, 3 * RATE, 5, 600);
        short[] heard = thereAndBack(sound);
        assertThat(Sounds.delay(sound, heard, 60, 0, 3 * RATE - 100)).isEqualTo(G722.DELAY_SAMPLES);
        double snr = Sounds.snrDb(sound, heard, G722.DELAY_SAMPLES, 0, 3 * RATE - 100);
        assertThat(snr).isGreaterThan(20);
    }

    @Test
    void theFilterPassesEachBandAndNothingOfTheOther() {
        // Only the upper band sounds: what the lower band's codes would add is left out.
        short[] heard = thereAndBack(Sounds.tone(5500, RATE, RATE, 8000));
        double folded = power(heard, 8000 - 5500);
        assertThat(power(heard, 5500) / folded).isGreaterThan(1e4);
    }

    private static double power(short[] samples, double hertz) {
        double real = 0;
        double imaginary = 0;
        for (int i = 2000; i < samples.length; i++) {
            double angle = 2 * Math.PI * hertz * i / RATE;
            real += samples[i] * Math.cos(angle);
            imaginary += samples[i] * Math.sin(angle);
        }
        return real * real + imaginary * imaginary;
    }

    @Test
    void silenceStaysSilence() {
        for (short sample : decoded(encoded(new short[2 * RATE])))
            assertThat(Math.abs(sample)).isLessThanOrEqualTo((short) 8);
    }

    @Test
    void aDecoderThatBeganElsewhereSoonHearsTheSame() {
        byte[] codes = encoded(Sounds.speech(RATE, 2 * RATE, 7, 600));
        short[] whole = decoded(codes);
        short[] late = decoded(Arrays.copyOfRange(codes, 4000, codes.length));
        assertThat(Sounds.snrDb(late, whole, 8000, 8000, late.length)).isGreaterThan(50);
    }

    @Test
    void whatIsTooLoudAndWhatIsNoiseStaysWithinTheSamples() {
        var random = new Random(3);
        var square = new short[RATE];
        for (int i = 0; i < RATE; i++) square[i] = i / 40 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
        assertThat(Sounds.correlation(square, thereAndBack(square), G722.DELAY_SAMPLES, 2000, RATE - 100))
                .isGreaterThan(0.95);
        var garbage = new byte[8000];
        random.nextBytes(garbage);
        assertThat(decoded(garbage)).hasSize(16_000);
    }

    @Test
    void theSameSamplesMakeTheSameCodesInPiecesOfAnySize() {
        short[] sound = Sounds.speech(RATE, RATE, 9, 600);
        var encoder = new G722();
        var pieces = new byte[RATE / 2];
        int at = 0;
        for (int size = 2; at < RATE; size = size % 700 + 2) {
            int count = Math.min(size, RATE - at);
            encoder.encode(sound, at, count, pieces, at / 2);
            at += count;
        }
        assertThat(pieces).isEqualTo(encoded(sound));
        encoder.reset();
        encoder.encode(sound, 0, RATE, pieces, 0);
        assertThat(pieces).isEqualTo(encoded(sound));
    }
}
