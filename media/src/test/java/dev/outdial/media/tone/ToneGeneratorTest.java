package dev.outdial.media.tone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.outdial.testbed.probe.ToneProbe;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToneGeneratorTest {
    private final ToneGenerator generator = new ToneGenerator();

    private short[] samples(Tone tone, int count) {
        generator.start(tone, count);
        var all = new short[count];
        assertThat(generator.fill(all, 0, count)).isEqualTo(count);
        return all;
    }

    @ParameterizedTest
    @CsvSource({"1, 697, 1209", "5, 770, 1336", "9, 852, 1477", "0, 941, 1336", "D, 941, 1633", "*, 941, 1209"})
    void aKeyIsItsTwoFrequenciesTheHigherTwoDecibelsLouder(char digit, int low, int high) {
        var tones = ToneProbe.keys().tones(samples(DtmfTones.of(digit), 1600));
        assertThat(tones).extracting(ToneProbe.Tone::hertz).containsExactly(low, high);
        // A full-scale sine has +3.14 dBm0 and -3.01 dBov.
        assertThat(tones.get(0).levelDbov()).isEqualTo(-8 - 6.15, within(1.0));
        assertThat(tones.get(1).levelDbov()).isEqualTo(-6 - 6.15, within(1.0));
    }

    @Test
    void piecesOfAnySizeAreTheSameToneAsOne() {
        short[] whole = samples(DtmfTones.of('7'), 1000);
        generator.start(DtmfTones.of('7'), 1000);
        var pieces = new short[1200];
        int at = 0;
        for (int size = 1; generator.isSounding(); size += 13) at += generator.fill(pieces, at, size);
        assertThat(at).isEqualTo(1000);
        assertThat(Arrays.copyOf(pieces, 1000)).isEqualTo(whole);
        assertThat(generator.fill(pieces, 0, 10)).isZero();
    }

    @Test
    void itSwellsAndFadesWithoutAClick() {
        short[] samples = samples(Tone.of(440, -10), 800);
        int largest = 0;
        for (int i = 0; i < samples.length; i++)
            largest = Math.max(largest, Math.abs(samples[i] - (i == 0 ? 0 : samples[i - 1])));
        assertThat(Math.abs(samples[0])).isLessThan((short) 50);
        assertThat(Math.abs(samples[799])).isLessThan((short) 50);
        // A sine's own steepest step.
        double amplitude = Math.pow(10, (-10 - Tone.FULL_SCALE_DBM0) / 20) * Short.MAX_VALUE;
        assertThat((double) largest).isLessThan(amplitude * 2 * Math.PI * 440 / 8000 * 1.02);
    }

    @Test
    void anHourLongToneIsTheSineThatItBeganAs() {
        int last = 8000 * 3600;
        generator.start(Tone.of(1000, -3), last + 8000);
        var second = new short[8000];
        for (int i = 0; i < 3600; i++) generator.fill(second, 0, 8000);
        generator.fill(second, 0, 4000);
        double amplitude = Math.pow(10, (-3 - Tone.FULL_SCALE_DBM0) / 20) * Short.MAX_VALUE;
        for (int i = 0; i < 4000; i++)
            assertThat((double) second[i]).isEqualTo(amplitude * Math.sin(Math.PI * i / 4), within(1.0));
    }

    @Test
    void theTimeAfterATonesEndIsTheCallersOwn() {
        generator.start(Tone.pair(440, 480, -13), 100);
        var frame = new short[160];
        Arrays.fill(frame, (short) 77);
        assertThat(generator.fill(frame, 0, 160)).isEqualTo(100);
        assertThat(frame[100]).isEqualTo((short) 77);
    }

    @Test
    void tonesThatCannotBeAreRefused() {
        assertThatThrownBy(() -> Tone.of(0, -10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tone.of(4000, -10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tone.pair(440, 480, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tone.of(440, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DtmfTones.of('x')).isInstanceOf(IllegalArgumentException.class);
    }
}
