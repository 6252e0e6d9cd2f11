package dev.outdial.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The judge of the recordings must itself tell a whole one from a broken one. */
class AlignmentTest {
    private static final int FRAME_SAMPLES = 160;

    private final short[] sound = sound(7);

    @Test
    void aSoundAmidSilenceIsFoundToTheSample() {
        var alignment = Alignment.of(sound, concat(new short[4_321], sound, new short[999]));

        assertThat(alignment.offsetSamples()).isEqualTo(4_321);
        assertThat(alignment.gain()).isBetween(0.999, 1.001);
        assertThat(alignment.snrDecibels()).isGreaterThan(90);
        assertThat(alignment.lengthDifferenceMillis()).isZero();
        assertThat(alignment.damagedFrames()).isEmpty();
    }

    @Test
    void aQuieterCopyIsTheSameSound() {
        var quieter = sound.clone();
        for (int i = 0; i < quieter.length; i++) quieter[i] /= 2;

        var alignment = Alignment.of(sound, quieter);

        assertThat(alignment.gain()).isBetween(0.49, 0.51);
        assertThat(alignment.snrDecibels()).isGreaterThan(50);
    }

    @Test
    void aMissingFrameIsNoticedByLengthAndByPlace() {
        var alignment = Alignment.of(sound, without(100));

        assertThat(alignment.lengthDifferenceMillis()).isEqualTo(-20);
        assertThat(alignment.snrDecibels()).isLessThan(10);
        assertThat(alignment.damagedFrames()).isNotEmpty();
    }

    @Test
    void aDoubledFrameIsNoticedByLengthAndByPlace() {
        int end = 101 * FRAME_SAMPLES;
        var doubled = concat(Arrays.copyOf(sound, end), Arrays.copyOfRange(sound, end - FRAME_SAMPLES, end), rest(end));

        var alignment = Alignment.of(sound, doubled);

        assertThat(alignment.lengthDifferenceMillis()).isEqualTo(20);
        assertThat(alignment.damagedFrames()).isNotEmpty();
    }

    @Test
    void aFrameReplacedBySilenceIsNamed() {
        var silenced = sound.clone();
        Arrays.fill(silenced, 100 * FRAME_SAMPLES, 101 * FRAME_SAMPLES, (short) 0);

        assertThat(Alignment.of(sound, silenced).damagedFrames()).containsExactly(100);
    }

    @Test
    void aRecordingThatBeginsTooLateIsDamagedAtTheBeginning() {
        var alignment = Alignment.of(sound, rest(2 * FRAME_SAMPLES));

        assertThat(alignment.offsetSamples()).isEqualTo(-2 * FRAME_SAMPLES);
        assertThat(alignment.damagedFrames()).containsExactly(0, 1);
    }

    private short[] without(int frame) {
        return concat(Arrays.copyOf(sound, frame * FRAME_SAMPLES), rest((frame + 1) * FRAME_SAMPLES));
    }

    private short[] rest(int from) {
        return Arrays.copyOfRange(sound, from, sound.length);
    }

    /** Four seconds of noise that swells and fades as speech does. */
    private static short[] sound(long seed) {
        var random = new Random(seed);
        var sound = new short[32_000];
        for (int i = 0; i < sound.length; i++) {
            double loudness = 6_000 * (1.2 + Math.sin(2 * Math.PI * i / 3_000));
            sound[i] = (short) Math.max(-32_768, Math.min(32_767, random.nextGaussian() * loudness / 3));
        }
        sound[0] = 1_000;
        sound[sound.length - 1] = 1_000;
        return sound;
    }

    private static short[] concat(short[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        var whole = new short[length];
        int at = 0;
        for (var part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }
}
