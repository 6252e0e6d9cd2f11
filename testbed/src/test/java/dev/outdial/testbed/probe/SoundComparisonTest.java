package dev.outdial.testbed.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.outdial.testbed.prompts.Prompt;
import dev.outdial.testbed.rtp.G711;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real speech with known damage. The reference is the spoken prompt; "sent" means through mu-law with silence around it. */
class SoundComparisonTest {
    private static final short[] REFERENCE = Prompt.WELCOME_MP3.reference();
    private static final int SECOND = 8000;

    private static short[] join(short[]... parts) {
        int length = Arrays.stream(parts).mapToInt(p -> p.length).sum();
        var all = new short[length];
        int at = 0;
        for (var part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static short[] silence(int samples) {
        return new short[samples];
    }

    private static short[] sent(short[] pcm) {
        var framed = join(silence(2 * SECOND + 77), pcm, silence(SECOND));
        return G711.MU_LAW.decode(G711.MU_LAW.encode(framed));
    }

    private static short[] scaled(short[] pcm, double gain) {
        var louder = new short[pcm.length];
        for (int i = 0; i < pcm.length; i++) louder[i] = (short) Math.round(pcm[i] * gain);
        return louder;
    }

    private static short[] cut(int from, int to) {
        return Arrays.copyOfRange(REFERENCE, from, to);
    }

    @ParameterizedTest
    @EnumSource(Prompt.class)
    void aPromptThroughG711IsWhole(Prompt prompt) {
        for (var law : G711.values()) {
            var heard = law.decode(law.encode(join(silence(4321), prompt.reference(), silence(800))));

            var comparison = SoundComparison.compare(heard, prompt.reference());

            assertThat(comparison.whole()).as(comparison.toString()).isTrue();
            assertThat(comparison.offsetSamples()).isEqualTo(4321);
            assertThat(comparison.gain()).isCloseTo(1, within(0.01));
            assertThat(comparison.snrDb()).isBetween(34.0, 42.0);
            assertThat(comparison.lengthMillis()).isEqualTo(comparison.referenceMillis());
            assertThat(comparison.foreignMillis()).isZero();
        }
    }

    @Test
    void anUnchangedMessageAmidSilenceHasNoNoise() {
        var comparison = SoundComparison.compare(join(silence(4321), REFERENCE, silence(999)), REFERENCE);

        assertThat(comparison.whole()).as(comparison.toString()).isTrue();
        assertThat(comparison.offsetSamples()).isEqualTo(4321);
        assertThat(comparison.gain()).isCloseTo(1, within(0.001));
        assertThat(comparison.snrDb()).isGreaterThan(90);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.5, 1.4})
    void anotherLevelIsFittedAndReported(double gain) {
        var comparison = SoundComparison.compare(sent(scaled(REFERENCE, gain)), REFERENCE);

        assertThat(comparison.gain()).isCloseTo(gain, within(0.02));
        assertThat(comparison.whole()).as(comparison.toString()).isTrue();
    }

    @Test
    void aDroppedFrameIsMissing() {
        // In the middle of a word.
        var heard = sent(join(cut(0, 3 * SECOND + 100), cut(3 * SECOND + 260, REFERENCE.length)));

        var comparison = SoundComparison.compare(heard, REFERENCE);

        assertThat(comparison.whole()).isFalse();
        assertThat(comparison.framesMissing()).isBetween(1, 2);
        assertThat(comparison.framesDoubled()).isZero();
        assertThat(comparison.lagShifts()).isEqualTo(1);
        assertThat(comparison.lengthMillis()).isEqualTo(comparison.referenceMillis() - 20);
    }

    @Test
    void aFrameDroppedInAPauseIsMissingToo() {
        // 1.55 s to 1.8 s is a pause between sentences.
        var heard = sent(join(cut(0, 13_000), cut(13_160, REFERENCE.length)));

        var comparison = SoundComparison.compare(heard, REFERENCE);

        assertThat(comparison.framesMissing()).isEqualTo(1);
        assertThat(comparison.lagShifts()).isEqualTo(1);
        assertThat(comparison.whole()).isFalse();
    }

    @Test
    void aFrameThatWasReplacedBySilenceIsMissing() {
        var heard = sent(join(cut(0, 4 * SECOND), silence(160), cut(4 * SECOND + 160, REFERENCE.length)));

        var comparison = SoundComparison.compare(heard, REFERENCE);

        assertThat(comparison.framesMissing()).isEqualTo(1);
        assertThat(comparison.lagShifts()).isZero();
        assertThat(comparison.whole()).isFalse();
    }

    @Test
    void aDoubledFrameIsDoubled() {
        var heard = sent(join(cut(0, 6 * SECOND + 1600), cut(6 * SECOND + 1440, REFERENCE.length)));

        var comparison = SoundComparison.compare(heard, REFERENCE);

        assertThat(comparison.framesDoubled()).isEqualTo(1);
        assertThat(comparison.whole()).isFalse();
        assertThat(comparison.lengthMillis()).isEqualTo(comparison.referenceMillis() + 20);
    }

    @Test
    void lostFirstAndLastWordsAreMeasured() {
        var late = SoundComparison.compare(
                G711.MU_LAW.decode(G711.MU_LAW.encode(cut(SECOND, REFERENCE.length))), REFERENCE);
        assertThat(late.offsetSamples()).isEqualTo(-SECOND);
        assertThat((double) late.lostAtStartMillis()).isCloseTo(1000, within(60.0));
        assertThat(late.whole()).isFalse();

        var early = SoundComparison.compare(sent(cut(0, 9 * SECOND)), REFERENCE);
        // The last word ends at 9.71 s.
        assertThat((double) early.lostAtEndMillis()).isCloseTo(710, within(60.0));
        assertThat(early.whole()).isFalse();
    }

    @Test
    void aMessageThatBeginsTwoFramesTooLateLacksThem() {
        // In the middle of a word.
        var reference = cut(3 * SECOND + 100, 7 * SECOND + 100);

        var comparison = SoundComparison.compare(cut(3 * SECOND + 420, 7 * SECOND + 100), reference);

        assertThat(comparison.offsetSamples()).isEqualTo(-320);
        assertThat(comparison.framesMissing()).isEqualTo(2);
        assertThat(comparison.lostAtStartMillis()).isEqualTo(40);
        assertThat(comparison.whole()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 28, 33})
    void addedNoiseIsMeasured(int snrDb) {
        double power = 0;
        for (short s : REFERENCE) power += (double) s * s / REFERENCE.length;
        double sigma = Math.sqrt(power / Math.pow(10, snrDb / 10.0));
        var random = new Random(snrDb);
        var noisy = REFERENCE.clone();
        for (int i = 0; i < noisy.length; i++) noisy[i] += (short) Math.round(sigma * random.nextGaussian());

        var comparison = SoundComparison.compare(join(silence(999), noisy), REFERENCE);

        assertThat(comparison.snrDb()).isCloseTo(snrDb, within(0.3));
        assertThat(comparison.whole()).isEqualTo(snrDb > 30);
    }

    @Test
    void soundJoinedToTheMessageMakesItLonger() {
        var noise = new short[800];
        var random = new Random(5);
        for (int i = 0; i < noise.length; i++) noise[i] = (short) (random.nextGaussian() * 3000);
        // The reference ends with silence; the noise stands where the last word ends.
        var heard = sent(join(cut(0, 77_760), noise));

        var comparison = SoundComparison.compare(heard, REFERENCE);

        assertThat(comparison.lengthMillis()).isGreaterThan(comparison.referenceMillis() + 40);
        assertThat(comparison.whole()).isFalse();
    }

    @Test
    void aClickApartFromTheMessageOrInItsPauseIsForeign() {
        var click = new short[160];
        for (int i = 0; i < click.length; i++) click[i] = (short) (i % 8 < 4 ? 800 : -800);
        // 1.55 s to 1.8 s is a pause between sentences.
        var inPause = REFERENCE.clone();
        System.arraycopy(click, 0, inPause, 13_000, click.length);

        for (var heard :
                new short[][] {join(click, silence(SECOND), REFERENCE), join(REFERENCE, silence(SECOND), click), inPause
                }) {
            var comparison = SoundComparison.compare(heard, REFERENCE);
            assertThat(comparison.foreignMillis()).as(comparison.toString()).isBetween(20L, 40L);
        }
    }

    @Test
    void silenceAndForeignSoundAreNotTheMessage() {
        var random = new Random(9);
        var noise = new short[REFERENCE.length];
        for (int i = 0; i < noise.length; i++) noise[i] = (short) (random.nextGaussian() * 3000);

        for (var heard : new short[][] {silence(0), silence(50_000), noise}) {
            var comparison = SoundComparison.compare(heard, REFERENCE);
            assertThat(comparison.whole()).isFalse();
            assertThat(comparison.framesMissing()).isGreaterThan(300);
        }
    }
}
