package dev.outdial.media;

import static dev.outdial.media.OutgoingEnd.clip;
import static dev.outdial.media.OutgoingEnd.counting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.outdial.media.MediaEvent.DigitsSent;
import dev.outdial.media.MediaEvent.Played;
import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.testbed.sound.Tones;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingClipsTest {
    private final OutgoingEnd end = new OutgoingEnd();

    private static short[] count(int from, int sampleCount) {
        var samples = new short[sampleCount];
        for (int i = 0; i < sampleCount; i++) samples[i] = (short) (from + i);
        return samples;
    }

    private static double rms(short[] samples) {
        return Math.sqrt(IntStream.range(0, samples.length)
                .mapToDouble(i -> samples[i] * samples[i])
                .average()
                .orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 30, 40})
    void clipsOfAnyLengthFollowOneAnotherWithoutALostOrAnAddedSample(int ptimeMillis) {
        end.agree(AudioCodec.L16, ptimeMillis);
        int from = 1;
        int[] lengths = {1, 159, 160, 161, 7, 3, 2, 320, 999, 80};
        for (int length : lengths) {
            end.stream.play(from, counting(from, length));
            from += length;
        }
        end.runFor(600);
        assertThat(Arrays.copyOf(end.sound(), from - 1)).isEqualTo(count(1, from - 1));
        assertThat(Arrays.copyOfRange(end.sound(), from - 1, 4800)).containsOnly(0);
        assertThat(end.events).hasSize(lengths.length).allMatch(e -> e instanceof Played p && p.whole());
        assertThat(end.sent()).allMatch(p -> p.payload().length == ptimeMillis * 16);
    }

    @Test
    void aClipIsPlayedAsOftenAsWasAskedAndBeginsAnewInTheSampleAfterItsLast() {
        end.stream.play(1, counting(1, 250), 3, 0);
        end.stream.play(2, counting(2000, 50));
        end.runFor(200);
        short[] sound = end.sound();
        for (int i = 0; i < 3; i++)
            assertThat(Arrays.copyOfRange(sound, 250 * i, 250 * (i + 1))).isEqualTo(count(1, 250));
        assertThat(Arrays.copyOfRange(sound, 750, 801))
                .startsWith(count(2000, 50))
                .endsWith((short) 0);
        assertThat(end.events).containsExactly(new Played(1, 94, true), new Played(2, 6, true));
    }

    @Test
    void aClipWithoutANumberOfTimesIsPlayedUntilItIsStopped() {
        end.stream.play(1, counting(1, 100), 0, 0);
        end.runFor(60_000);
        assertThat(end.events).isEmpty();
        end.stream.stopPlaying();
        assertThat(end.events).containsExactly(new Played(1, 60_000, false));
    }

    @Test
    void aClipShorterThanAPacketFillsItByPlayingOften() {
        end.stream.play(1, clip(AudioCodec.L16, (short) 7), 0, 0);
        end.runFor(100);
        assertThat(end.sound()).containsOnly(7).hasSize(800);
    }

    @Test
    void anEmptyClipIsOverAtOnceHoweverOftenItIsToBePlayed() {
        end.stream.play(1, clip(AudioCodec.L16), 0, 0);
        end.stream.playBeneath(2, clip(AudioCodec.L16), 0);
        end.stream.play(3, counting(1, 160));
        end.stream.play(4, clip(AudioCodec.L16), 5, 0);
        end.runFor(60);
        assertThat(end.line()).isEqualTo("MS..");
        assertThat(end.events)
                .containsExactlyInAnyOrder(
                        new Played(1, 0, true),
                        new Played(2, 0, true),
                        new Played(3, 20, true),
                        new Played(4, 0, true));
    }

    @Test
    void stoppingTakesEffectWithTheNextPacket() {
        end.stream.play(1, counting(1, 8000));
        end.runFor(60);
        end.stream.stopPlaying();
        end.runFor(40);
        assertThat(end.line()).isEqualTo("MSSS..");
        assertThat(end.events).containsExactly(new Played(1, 60, false));
    }

    @Test
    void stoppingOneClipHasTheNextBeginWithTheNextPacket() {
        end.stream.play(1, counting(1, 8000));
        end.stream.play(2, counting(9000, 160));
        end.stream.play(3, counting(500, 160));
        end.runFor(40);
        end.stream.stop(1);
        end.stream.stop(3);
        end.stream.stop(77);
        end.runFor(40);
        assertThat(Arrays.copyOfRange(end.sound(), 320, 480)).isEqualTo(count(9000, 160));
        assertThat(end.line()).isEqualTo("MSSS.");
        assertThat(end.events)
                .containsExactly(new Played(1, 40, false), new Played(3, 0, false), new Played(2, 20, true));
    }

    @Test
    void aClipWhoseLastSampleIsSentIsWholeThoughAllIsStopped() {
        end.stream.play(1, counting(1, 100));
        end.stream.play(2, counting(1, 300));
        end.runFor(20);
        end.stream.stopPlaying();
        assertThat(end.events).containsExactly(new Played(1, 13, true), new Played(2, 8, false));
    }

    @ParameterizedTest
    @CsvSource({
        "L16, 6",
        "L16, -6",
        "L16, -20.5",
        "PCMU, 6",
        "PCMU, -6",
        "PCMU, -20.5",
        "PCMA, 6",
        "PCMA, -6",
        "PCMA, -20.5"
    })
    void volumeIsWithinATenthOfADecibel(AudioCodec codec, double db) {
        short[] samples = new Tones(0.3, 1004).samples(1000);
        end.agree(codec, 20);
        end.stream.play(1, clip(codec, samples), 1, db);
        end.runFor(1000);
        assertThat(20 * Math.log10(rms(end.sound()) / rms(samples))).isEqualTo(db, within(0.1));
    }

    @ParameterizedTest
    @EnumSource(names = {"PCMU", "PCMA", "L16"})
    void whatIsTooLoudStaysAtTheLimitAndKeepsItsSign(AudioCodec codec) {
        end.agree(codec, 20);
        end.stream.play(1, clip(codec, (short) 20_000, (short) -20_000), 80, 24);
        end.runFor(20);
        assertThat(end.sound()[0]).isGreaterThan((short) 31_000);
        assertThat(end.sound()[1]).isLessThan((short) -31_000);
    }

    @Test
    void atNoGainEveryCodeIsTheClipsOwn() {
        var codes = new byte[256];
        for (int i = 0; i < 256; i++) codes[i] = (byte) i;
        end.agree(AudioCodec.PCMU, 20);
        end.stream.play(1, EncodedClip.of(AudioCodec.PCMU, 20, codes));
        end.runFor(20);
        assertThat(end.sent().getFirst().payload()).isEqualTo(Arrays.copyOf(codes, 160));
    }

    @Test
    void volumesAndTimesThatCannotBeAreRefused() {
        assertThatThrownBy(() -> end.stream.play(1, counting(1, 1), -1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> end.stream.play(1, counting(1, 1), 1, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> end.stream.playBeneath(1, counting(1, 1), 25))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aClipGoesOnToTheSampleWhereThePacketLengthIsAgreedAnew() {
        end.stream.play(1, counting(1, 1600));
        end.runFor(40);
        end.agree(AudioCodec.L16, 30);
        end.runFor(60);
        end.agree(AudioCodec.L16, 10);
        end.runFor(20);
        end.agree(AudioCodec.L16, 40);
        end.runFor(120);
        assertThat(Arrays.copyOf(end.sound(), 1600)).isEqualTo(count(1, 1600));
        assertThat(end.events).containsExactly(new Played(1, 200, true));
        assertThat(end.line().replace(".", "")).isEqualTo("M" + "S".repeat(8));
    }

    @Test
    void aClipEndsWhereAnotherCodecIsAgreedAndTheNextInThatCodecPlays() {
        end.stream.playBeneath(9, counting(1, 100), 0);
        end.stream.play(1, counting(1, 8000));
        end.stream.play(2, clip(AudioCodec.PCMA, count(5000, 160)));
        end.runFor(40);
        end.agree(AudioCodec.PCMA, 20);
        end.runFor(60);
        assertThat(end.events)
                .containsExactly(new Played(1, 40, false), new Played(9, 40, false), new Played(2, 20, true));
        assertThat(end.sent()).extracting(p -> p.payload().length).containsExactly(320, 320, 160, 160, 160);
    }

    @Test
    void aClipOfAnotherCodecThatComesAfterOneInMidPacketIsReportedAndNotSent() {
        end.stream.play(1, counting(1, 80));
        end.stream.play(2, clip(AudioCodec.PCMA, count(5000, 160)));
        end.runFor(60);
        assertThat(end.line()).isEqualTo("MS..");
        assertThat(end.events).containsExactly(new Played(1, 10, true), new Played(2, 0, false));
    }

    @Test
    void keysBetweenClipsWaitForTheLastSampleAndTheNextClipForTheLastPause() {
        end.stream.play(1, counting(1, 200));
        end.stream.sendDigits(2, "1", 60, 100);
        end.stream.play(3, counting(1000, 200));
        end.runFor(260);
        assertThat(end.line()).isEqualTo("MSS" + "MKKKKK" + "..." + "MSS" + ".");
        assertThat(Arrays.copyOfRange(end.sound(), 320 + 480, 1000)).isEqualTo(count(1000, 200));
        assertThat(end.events)
                .containsExactly(new Played(1, 25, true), new DigitsSent(2, "1"), new Played(3, 25, true));
    }

    @Test
    void aClipBeneathIsHeardAloneAndUnderOthersButNotUnderKeys() {
        end.stream.playBeneath(1, clip(AudioCodec.L16, (short) 1000, (short) 1002), -6.0206);
        end.runFor(20);
        end.stream.play(2, counting(1, 160));
        end.stream.sendDigits(3, "5", 40, 80);
        end.runFor(140);
        end.stream.stop(1);
        end.runFor(20);
        assertThat(end.line()).isEqualTo("MSS" + "MKKKK" + "MSS" + ".");
        short[] sound = end.sound();
        for (int i = 0; i < 160; i++) {
            int under = 500 + i % 2;
            assertThat(sound[i]).isEqualTo((short) under);
            assertThat(sound[160 + i]).isEqualTo((short) (i + 1 + under));
        }
        assertThat(end.events).contains(new Played(2, 20, true), new DigitsSent(3, "5"), new Played(1, 80, false));
    }

    @ParameterizedTest
    @EnumSource(names = {"PCMU", "PCMA", "L16"})
    void twoSoundsTogetherStayWithinTheLimit(AudioCodec codec) {
        end.agree(codec, 20);
        end.stream.playBeneath(1, clip(codec, (short) 30_000, (short) -30_000), 0);
        end.stream.play(2, clip(codec, (short) 30_000, (short) -30_000), 80, 0);
        end.runFor(20);
        assertThat(end.sound()[0]).isGreaterThan((short) 31_000);
        assertThat(end.sound()[1]).isLessThan((short) -31_000);
    }

    @Test
    void anotherClipBeneathTakesThePlaceOfTheFirstAndTheEndEndsIt() {
        end.stream.playBeneath(1, counting(1, 160), 0);
        end.runFor(20);
        end.stream.playBeneath(2, counting(1000, 160), 0);
        end.runFor(20);
        end.stream.finish();
        end.stream.playBeneath(3, counting(1, 160), 0);
        assertThat(end.events)
                .containsExactly(new Played(1, 20, false), new Played(2, 20, false), new Played(3, 0, false));
        assertThat(Arrays.copyOf(end.sound(), 160)).isEqualTo(count(1, 160));
        assertThat(Arrays.copyOfRange(end.sound(), 160, 320)).isEqualTo(count(1000, 160));
    }
}
