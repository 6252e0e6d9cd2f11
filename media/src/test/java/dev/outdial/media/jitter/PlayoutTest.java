package dev.outdial.media.jitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.rtp.RtpReceiver.Verdict;
import dev.outdial.media.tone.DtmfDetector;
import dev.outdial.testbed.link.ImpairedLink;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlayoutTest {
    private static final double LOUDNESS = 8000;
    /** A steady tone of 200 Hz: its steepest step is 1257. */
    private static final PlayoutRig.Sound TONE = at -> LOUDNESS * Math.sin(2 * Math.PI * 200 * at / 8000);

    private static final List<AudioCodec> CODECS = List.of(AudioCodec.PCMU, AudioCodec.PCMA, AudioCodec.L16);
    private static final List<Verdict> USABLE = List.of(Verdict.NEW, Verdict.LATE, Verdict.RESTARTED);

    private static final int STEEPEST = 1257;

    /** Half a second each: 200 ms of a tone of 300 to 1,500 Hz, 300 ms of silence. */
    private static final PlayoutRig.Sound WORDS = at -> {
        long inWord = at % 4000;
        return inWord < 1600 ? LOUDNESS * Math.sin(2 * Math.PI * 100 * word(at / 4000) * inWord / 8000) : 0;
    };

    /** No piece of it is like another. */
    private static final PlayoutRig.Sound NOISE = at -> ((at * 2_654_435_761L) >>> 7) % 16_001 - 8000;

    private static int word(long number) {
        return 3 + (int) (number * 5 % 13);
    }

    private static List<Integer> words(int count) {
        var words = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) words.add(word(i));
        return words;
    }

    /** A word with a hole, made up or silent, may sound off by a little. */
    private static void assertWords(int count, List<Integer> heard) {
        assertThat(heard).hasSize(count);
        for (int i = 0; i < count; i++) assertThat(heard.get(i)).isCloseTo(word(i), within(1));
    }

    private static ImpairedLink<byte[]> perfect() {
        return ImpairedLink.seed(1);
    }

    /** So many packets from this number on, the first sent being 0. */
    private static Predicate<byte[]> numbers(int from, int count) {
        int[] next = {0};
        return packet -> {
            int number = next[0]++;
            return number >= from && number < from + count;
        };
    }

    @Test
    void beforeTheFirstPacketThereIsSilence() {
        var rig = new PlayoutRig(perfect(), TONE).pauseFor(1000);
        assertThat(rig.played()).hasSize(8000).containsOnly(0);
        assertThat(rig.playout.concealedMillis()).isZero();
        assertThat(rig.delayMillis()).isZero();
    }

    @Test
    void overAPerfectLinkSoundIsPlayedToTheSampleOnePacketLate() {
        var rig = new PlayoutRig(perfect(), TONE).speakFor(15_000);
        assertThat(Judge.find(rig.played(10_000, 15_000), TONE, 7, 39_000)).isNotNegative();
        assertThat(rig.playout.concealedMillis()).isZero();
        assertThat(rig.delayMillis()).isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource({"10,20", "20,10", "30,20", "20,30", "40,20", "60,20", "10,40", "60,10", "20,40"})
    void packetsOfAnotherLengthThanOursArePlayedWhole(int packetMillis, int frameMillis) {
        var rig = new PlayoutRig(perfect(), TONE)
                .packets(packetMillis)
                .frames(frameMillis)
                .speakFor(14_400);
        assertThat(rig.playout.concealedMillis()).isZero();
        assertThat(Judge.largestStep(rig.played())).isLessThan(STEEPEST + 50);
        assertThat(Judge.find(rig.played(10_000, 14_400), TONE, 0, 34_800)).isNotNegative();
        assertThat(rig.delayMillis()).isLessThanOrEqualTo(packetMillis + frameMillis + 20);
    }

    @Test
    void aLostPacketIsMadeUpFromThePitchBeforeIt() {
        var rig = new PlayoutRig(perfect().dropping(numbers(250, 1)), TONE).speakFor(8000);
        assertThat(rig.playout.concealedMillis()).isEqualTo(20);
        assertThat(Judge.largestStep(rig.played())).isLessThan(STEEPEST + 50);
        assertThat(Judge.silentMillis(rig.played(100, 8000))).isZero();
    }

    @Test
    void aLongLossFadesToSilenceAndComesBackWithoutAClick() {
        var rig = new PlayoutRig(perfect().dropping(numbers(250, 15)), TONE).speakFor(8000);
        assertThat(rig.playout.concealedMillis()).isEqualTo(300);
        assertThat(Judge.silentMillis(rig.played(100, 8000))).isBetween(235, 260);
        assertThat(Judge.largestStep(rig.played())).isLessThan(2 * STEEPEST);
    }

    @Test
    void aPacketThatComesTwiceIsPlayedOnce() {
        var rig = new PlayoutRig(perfect().doubling(packet -> true), WORDS).speakFor(20_000);
        assertThat(Judge.words(rig.played())).isEqualTo(words(40));
        assertThat(rig.playout.concealedMillis()).isZero();
    }

    @Test
    void packetsThatOvertakeEachOtherArePlayedInTheirOrder() {
        var link = ImpairedLink.<byte[]>seed(3).reordering(0.2, Duration.ofMillis(45));
        var rig = new PlayoutRig(link, TONE).speakFor(20_000);
        assertThat(rig.receiver.outOfOrder()).isGreaterThan(100);
        assertThat(rig.playout.concealedMillis()).isLessThan(300);
        assertThat(Judge.find(rig.played(10_000, 20_000), TONE, 0, 40_000)).isNotNegative();
        assertThat(rig.delayMillis()).isBetween(40, 90);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void underLossAndJitterEachWordIsHeardOnce(long seed) {
        var link = ImpairedLink.<byte[]>seed(seed)
                .delay(Duration.ofMillis(50))
                .jitter(Duration.ofMillis(40))
                .losing(0.05)
                .duplicating(0.05);
        var rig = new PlayoutRig(link, WORDS).speakFor(60_000).pauseFor(500);
        assertWords(120, Judge.words(rig.played()));
        long lostMillis = rig.receiver.lost() * 20;
        assertThat(rig.playout.concealedMillis()).isBetween(lostMillis - 20, lostMillis + 600);
    }

    @Test
    void theDelayFollowsTheJitterUpAndDown() {
        boolean[] bad = {false};
        int[] packet = {0};
        var link = ImpairedLink.<byte[]>seed(1).delaying(any -> bad[0] && packet[0]++ % 4 == 0, Duration.ofMillis(60));
        var rig = new PlayoutRig(link, WORDS).speakFor(10_000);
        assertThat(rig.delayMillis()).isBetween(15, 25);
        bad[0] = true;
        rig.speakFor(10_000);
        assertThat(rig.delayMillis()).isBetween(60, 90);
        bad[0] = false;
        rig.speakFor(30_000);
        assertThat(rig.delayMillis()).isBetween(15, 25);
        assertThat(Judge.words(rig.played())).hasSize(100);
    }

    @Test
    void whatWasHeldUpByAStallOfTheNetworkIsPlayedWholeAndTheDelayFallsAgain() {
        // What is sent from 5.04 s on, within a word, arrives at 5.14 s.
        var link = ImpairedLink.<byte[]>seed(1);
        for (int i = 0; i < 5; i++) link.delaying(numbers(252 + i, 1), Duration.ofMillis(100 - 20L * i));
        var rig = new PlayoutRig(link, WORDS).speakFor(15_000);
        assertWords(30, Judge.words(rig.played()));
        int loudMillis = 15_000 - Judge.silentMillis(rig.played());
        assertThat(loudMillis).isBetween(30 * 195, 30 * 200 + 60);
        assertThat(rig.delayMillis()).isLessThan(60);
    }

    @Test
    void whatComesTooLateIsStillPlayedWhereNothingAfterItWas() {
        // What is sent from 5.04 s on arrives at 5.16 s, when it should have been played up to 5.14 s.
        var link = ImpairedLink.<byte[]>seed(1);
        for (int i = 0; i < 6; i++) link.delaying(numbers(252 + i, 1), Duration.ofMillis(120 - 20L * i));
        var rig = new PlayoutRig(link, NOISE).speakFor(6000);
        assertThat(Judge.find(rig.played(5100, 6000), NOISE, 5085 * 8, 40 * 8)).isNotNegative();
    }

    @Test
    void aPauseInWhichNothingIsSentIsNoLoss() {
        var rig = new PlayoutRig(perfect(), WORDS).speakFor(5200);
        for (int i = 0; i < 10; i++) rig.pauseFor(300).speakFor(200);
        rig.pauseFor(500);
        assertThat(rig.playout.concealedMillis()).isZero();
        assertThat(rig.receiver.lost()).isZero();
        assertThat(Judge.words(rig.played())).isEqualTo(words(21));
    }

    @Test
    void aTimestampThatStandsStillInPausesLosesNoWord() {
        var rig = new PlayoutRig(perfect(), WORDS).speakFor(5200);
        for (int i = 0; i < 10; i++) {
            int timestamp = rig.timestamp;
            rig.pauseFor(800);
            rig.timestamp = timestamp;
            rig.speakFor(200);
        }
        rig.pauseFor(500);
        assertThat(Judge.words(rig.played())).hasSize(21);
        assertThat(rig.delayMillis()).isLessThan(60);
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000_000, -100_000_000, 8000, -8000, 2400, -2400, 1 << 31})
    void aTimestampThatJumpsLosesNoWord(int jump) {
        var rig = new PlayoutRig(perfect(), WORDS).speakFor(5200);
        rig.timestamp += jump;
        rig.speakFor(5000);
        rig.timestamp += jump;
        rig.speakFor(4800).pauseFor(500);
        assertThat(Judge.words(rig.played())).isEqualTo(words(30));
        assertThat(rig.playout.concealedMillis()).isLessThanOrEqualTo(40);
        assertThat(rig.delayMillis()).isLessThan(80);
    }

    @Test
    void sequenceNumbersThatJumpLoseAtMostOnePacketOfSound() {
        var rig = new PlayoutRig(perfect(), WORDS).speakFor(5200);
        rig.sequence += 20_000;
        rig.speakFor(4800).pauseFor(500);
        assertThat(Judge.words(rig.played())).isEqualTo(words(20));
        assertThat(rig.receiver.sourceChanges()).isEqualTo(1);
    }

    @Test
    void aNewSourceAndTheTailOfTheOldAreBothHeard() {
        var rig = new PlayoutRig(perfect(), WORDS).speakFor(5200);
        rig.ssrc = 2;
        rig.timestamp = 99;
        rig.speakFor(4800).pauseFor(500);
        assertThat(Judge.words(rig.played())).isEqualTo(words(20));
        assertThat(rig.receiver.sourceChanges()).isEqualTo(1);
        assertThat(rig.delayMillis()).isLessThan(80);
    }

    @Test
    void comfortNoiseIsHeardAtItsLevelAndIsNoLoss() {
        var rig = new PlayoutRig(perfect(), TONE).speakFor(1000);
        rig.send(PlayoutRig.NOISE_TYPE, 40);
        rig.pauseFor(2000);
        // -40 dBov: a hundredth of 32,768.
        assertThat(Judge.rms(rig.played(1200, 3000))).isCloseTo(327.68, within(20.0));
        rig.speakFor(1000);
        assertThat(rig.playout.concealedMillis()).isZero();
        assertThat(Judge.silentMillis(rig.played(3200, 4000))).isZero();
    }

    @Test
    void aKeyTakesItsTimeWithoutSoundAndIsNoLoss() {
        var rig = new PlayoutRig(perfect(), TONE).speakFor(1000);
        for (int i = 1; i <= 10; i++) {
            rig.send(PlayoutRig.EVENT_TYPE, 5, 10, (i * 160) >> 8, (i * 160) & 0xFF);
            rig.pauseFor(20);
        }
        rig.speakFor(1000);
        assertThat(rig.playout.concealedMillis()).isZero();
        assertThat(Judge.silentMillis(rig.played(500, 2000))).isBetween(195, 205);
    }

    @Test
    void whenOurLoopStoodStillTheDelayIsMadeUpForAndNoWordAfterItIsLost() {
        var rig = new PlayoutRig(perfect(), WORDS)
                .speakFor(5250)
                .standStillFor(150)
                .speakFor(9600);
        assertThat(Judge.words(rig.played())).hasSize(30);
        assertThat(rig.delayMillis()).isLessThan(40);
        rig.standStillFor(5000).speakFor(3000);
        assertThat(rig.delayMillis()).isLessThan(40);
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(doubles = {300, 100, -100})
    void aCallOfHalfAnHourWithMoreClocksNeitherDriftsNorBreaks(double ppm) {
        assertHalfAnHour(ppm);
    }

    @Test
    void aCallOfHalfAnHourWithAnotherClockNeitherDriftsNorBreaks() {
        assertHalfAnHour(-300);
    }

    private static void assertHalfAnHour(double ppm) {
        var link = ImpairedLink.<byte[]>seed(9).delay(Duration.ofMillis(30)).jitter(Duration.ofMillis(8));
        var rig = new PlayoutRig(link, TONE).slowerBy(ppm).speakFor(10_000);
        int delayAtTheStart = rig.delayMillis();
        rig.speakFor(1_790_000);
        assertThat(rig.delayMillis()).isCloseTo(delayAtTheStart, within(20));
        assertThat(rig.receiver.lost()).isZero();
        assertThat(rig.playout.concealedMillis()).isLessThan(100);
        assertThat(Judge.silentMillis(rig.played(200, 1_800_000))).isZero();
        assertThat(Judge.largestStep(rig.played())).isLessThan(STEEPEST + 100);
        // So much sound had to be left out or doubled, one pitch period of 5 to 15 ms at a time, and little more.
        assertThat(rig.playout.stretches()).isLessThan(2 * (long) (Math.abs(ppm) * 1800 / 5000) + 50);
    }

    @Test
    void whatIsTooShortOrTooLongForAPacketIsNotPlayed() {
        var rig = new PlayoutRig(perfect(), TONE).packets(200).speakFor(2000);
        assertThat(Judge.rms(rig.played())).isZero();
    }

    @Test
    void nothingIsAllocatedForAPacketOrAFrame() {
        var playout = new Playout();
        var packet = ByteBuffer.allocateDirect(172);
        var frame = new short[160];
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int i = 0; i < 60_000; i++) {
            if (i == 50_000) before = threads.getCurrentThreadAllocatedBytes();
            long now = i * 20_000_000L;
            if (i % 20 != 7) playout.put(AudioCodec.PCMU, i & 0xFFFF, i * 160, Verdict.NEW, packet, 12, 160, now);
            playout.take(frame, 160, now);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
        assertThat(playout.concealedMillis()).isEqualTo(3000 * 20);
    }

    @Test
    void anyPacketsArePlayedWithoutAnException() {
        var random = new Random(3);
        var playout = new Playout();
        var packet = ByteBuffer.allocate(3000);
        random.nextBytes(packet.array());
        var frame = new short[320];
        long now = 0;
        int timestamp = 0;
        for (int i = 0; i < 300_000; i++) {
            now += random.nextInt(50) == 0 ? random.nextLong(2_000_000_000L) : random.nextLong(20_000_000);
            timestamp += random.nextInt(20) == 0 ? random.nextInt() : random.nextInt(-400, 800);
            var verdict = USABLE.get(random.nextInt(3));
            switch (random.nextInt(12)) {
                case 0 -> playout.putNoise(random.nextInt(65_536), verdict, random.nextInt(128));
                case 1 -> playout.putEvent(random.nextInt(65_536), verdict);
                case 2, 3, 4 -> playout.take(frame, 80 * random.nextInt(1, 5), now);
                default -> {
                    var codec = CODECS.get(random.nextInt(3));
                    int length = random.nextInt(10) == 0 ? random.nextInt(2500) : 160;
                    playout.put(codec, i & 0xFFFF, timestamp, verdict, packet, random.nextInt(500), length, now);
                }
            }
        }
        assertThat(playout.concealedMillis()).isNotNegative();
    }

    @Test
    void aLongPauseWhoseEndWasLostCountsAsTheLossOnly() {
        var rig = new PlayoutRig(perfect().dropping(numbers(260, 1)), WORDS)
                .speakFor(5200)
                .pauseFor(60_000)
                .speakFor(5000);
        assertThat(rig.receiver.lost()).isEqualTo(1);
        assertThat(rig.playout.concealedMillis()).isBetween(20L, 40L);
    }

    @ParameterizedTest
    @ValueSource(ints = {PlayoutRig.NOISE_TYPE, PlayoutRig.EVENT_TYPE})
    void aLongPauseThatEndsInAKeyOrInNoiseIsNoLoss(int type) {
        var rig = new PlayoutRig(perfect(), WORDS).speakFor(5200).pauseFor(60_000);
        rig.send(type, 5, 10, 0, 160);
        rig.pauseFor(20).speakFor(5000);
        assertThat(rig.playout.concealedMillis()).isLessThanOrEqualTo(20);
    }

    @Test
    void anOutageCountsAsLongAsItWas() {
        var rig = new PlayoutRig(perfect().dropping(numbers(260, 250)), WORDS).speakFor(15_000);
        assertThat(rig.receiver.lost()).isEqualTo(250);
        assertThat(rig.playout.concealedMillis()).isBetween(4980L, 5020L);
    }

    /** The key 5 for 40 ms, again and again with 40 ms between; nothing in the first ten seconds. */
    private static final PlayoutRig.Sound KEYS = at -> at < 80_000 || at % 640 >= 320
            ? 0
            : 4000 * (Math.sin(2 * Math.PI * 770 * at / 8000) + Math.sin(2 * Math.PI * 1336 * at / 8000));

    private static String keys(short[] sound) {
        var keys = new StringBuilder();
        var detector = new DtmfDetector((digit, millis) -> keys.append(digit));
        detector.put(sound, sound.length);
        detector.finish();
        return keys.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 100, 140})
    void equalKeysInTheSoundAreAllHeardWhileTheDelayFalls(int jitterMillis) {
        boolean[] bad = {true};
        int[] packet = {0};
        var link = ImpairedLink.<byte[]>seed(1)
                .delaying(any -> bad[0] && packet[0]++ % 4 == 0, Duration.ofMillis(jitterMillis));
        var rig = new PlayoutRig(link, KEYS).speakFor(9900);
        assertThat(rig.delayMillis()).isGreaterThanOrEqualTo(jitterMillis);
        bad[0] = false;
        rig.speakFor(60_100).pauseFor(500);
        assertThat(keys(rig.played())).isEqualTo("5".repeat(750));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void equalKeysInTheSoundAreAllHeardUnderJitter(long seed) {
        var link = ImpairedLink.<byte[]>seed(seed).delay(Duration.ofMillis(30)).jitter(Duration.ofMillis(30));
        var rig = new PlayoutRig(link, KEYS).slowerBy(100).speakFor(70_000).pauseFor(500);
        assertThat(keys(rig.played())).isEqualTo("5".repeat(750));
    }
}
