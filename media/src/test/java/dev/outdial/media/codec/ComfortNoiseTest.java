package dev.outdial.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComfortNoiseTest {
    private static short[] noise(int level) {
        var noise = new ComfortNoise();
        noise.level(level);
        var samples = new short[40_000];
        noise.fill(samples, 0, samples.length);
        return samples;
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 30, 50, 65})
    void itIsAsLoudAsThePacketSaysWithoutAnOffset(int level) {
        double squares = 0;
        double sum = 0;
        for (short sample : noise(level)) {
            squares += sample * sample;
            sum += sample;
        }
        double dbov = 10 * Math.log10(squares / 40_000 / 32768 / 32768);
        assertThat(dbov).isCloseTo(-level, within(0.5));
        assertThat(sum / 40_000).isCloseTo(0, within(Math.pow(10, -level / 20.0) * 400 + 1));
    }

    @Test
    void theQuietestIsNothingAndTheLoudestDoesNotOverflow() {
        assertThat(noise(127)).containsOnly(0);
        assertThat(noise(255)).containsOnly(0);
        double squares = 0;
        for (short sample : noise(0)) squares += sample * sample;
        assertThat(Math.sqrt(squares / 40_000)).isGreaterThan(18_000);
    }

    @Test
    void theSameCallsGiveTheSameSamples() {
        assertThat(noise(40)).isEqualTo(noise(40));
    }
}
