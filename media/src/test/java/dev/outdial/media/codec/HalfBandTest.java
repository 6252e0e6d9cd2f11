package dev.outdial.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HalfBandTest {
    private static final double LEVEL_DB = 20 * Math.log10(16_000 / 32_768.0);

    private static short[] halved(short[] wide) {
        var narrow = new short[wide.length / 2];
        var filter = new HalfBand();
        for (int at = 0; at < wide.length; at += 320) filter.halve(wide, at, 320, narrow, at / 2);
        return narrow;
    }

    private static short[] doubled(short[] narrow) {
        var wide = new short[2 * narrow.length];
        var filter = new HalfBand();
        for (int at = 0; at < narrow.length; at += 160) filter.twice(narrow, at, 160, wide, 2 * at);
        return wide;
    }

    @ParameterizedTest
    @ValueSource(doubles = {50, 300, 1000, 2500, 3400, 3600})
    void whatTheTelephoneCarriesPassesBothWaysWithinATenthOfADecibel(double hertz) {
        short[] narrow = halved(Sounds.tone(hertz, 16_000, 16_000, 16_000));
        assertThat(Sounds.levelDb(narrow, 400, 8000)).isEqualTo(LEVEL_DB, within(0.1));
        short[] wide = doubled(Sounds.tone(hertz, 8000, 8000, 16_000));
        assertThat(Sounds.levelDb(wide, 800, 16_000)).isEqualTo(LEVEL_DB, within(0.1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {4400, 5000, 6000, 7500})
    void whatItDoesNotCarryIsGone(double hertz) {
        short[] narrow = halved(Sounds.tone(hertz, 16_000, 16_000, 16_000));
        assertThat(Sounds.levelDb(narrow, 400, 8000)).isLessThan(LEVEL_DB - 60);
    }

    @Test
    void atTwiceTheRateThereIsNothingAboveTheBand() {
        short[] wide = doubled(Sounds.tone(3400, 8000, 8000, 16_000));
        short[] tone = Sounds.tone(3400, 16_000, 16_000, 16_000);
        // Whatever the phase: what is left when the tone at its best delay is taken away are images and rounding.
        int delay = Sounds.delay(tone, wide, 100, 800, 15_000);
        assertThat(Sounds.snrDb(tone, wide, delay, 800, 15_000)).isGreaterThan(45);
    }
}
