package dev.outdial.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.outdial.media.rtp.RtpReceiver.Verdict;
import dev.outdial.testbed.link.ImpairedLink;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RtpReceiverTest {
    private static final long MILLIS = 1_000_000;
    private final RtpReceiver receiver = new RtpReceiver();
    private final RtpPacket view = new RtpPacket();

    private Verdict put(int sequence, int timestamp, int ssrc, long nowNanos) {
        return put(sequence, timestamp, ssrc, 8000, nowNanos);
    }

    private Verdict put(int sequence, int timestamp, int ssrc, int clockRate, long nowNanos) {
        var packet = ByteBuffer.allocate(172);
        packet.putShort((short) 0x8000)
                .putShort((short) sequence)
                .putInt(timestamp)
                .putInt(ssrc)
                .rewind();
        assertThat(view.parse(packet)).isTrue();
        return receiver.put(view, clockRate, nowNanos);
    }

    private List<Verdict> putAll(int... sequences) {
        var verdicts = new ArrayList<Verdict>();
        for (int sequence : sequences) verdicts.add(put(sequence, sequence * 160, 1, sequence * 20L * MILLIS));
        return verdicts;
    }

    @Test
    void lossIsCountedAcrossTheWrapOfSequenceNumbers() {
        putAll(65533, 65534, 0, 1, 4);
        assertThat(receiver.received()).isEqualTo(5);
        assertThat(receiver.lost()).isEqualTo(3);
        assertThat(receiver.extendedHighest()).isEqualTo(65536 + 4);
    }

    @Test
    void duplicatesAndStragglersAreToldApart() {
        assertThat(putAll(10, 12, 12, 11, 11, 10, 13))
                .containsExactly(
                        Verdict.RESTARTED,
                        Verdict.NEW,
                        Verdict.DUPLICATE,
                        Verdict.LATE,
                        Verdict.DUPLICATE,
                        Verdict.DUPLICATE,
                        Verdict.NEW);
        assertThat(receiver.lost()).isZero();
        assertThat(receiver.duplicated()).isEqualTo(3);
        assertThat(receiver.outOfOrder()).isEqualTo(1);
    }

    @Test
    void whatWasSeenIsRememberedThroughLargeSteps() {
        assertThat(putAll(100, 163, 164, 199, 100, 163, 164, 199, 162, 228, 199, 100 + 99))
                .endsWith(
                        Verdict.DUPLICATE,
                        Verdict.DUPLICATE,
                        Verdict.DUPLICATE,
                        Verdict.DUPLICATE,
                        Verdict.LATE,
                        Verdict.NEW,
                        Verdict.DUPLICATE,
                        Verdict.DUPLICATE);
    }

    @Test
    void packetsBeforeTheFirstAreNotANegativeLoss() {
        putAll(5, 4, 3, 6);
        assertThat(receiver.received()).isEqualTo(4);
        assertThat(receiver.lost()).isZero();
    }

    @Test
    void aSingleStrayIsIgnoredAndTwoInARowAreARestart() {
        assertThat(putAll(1, 2, 30_000, 3, 40_000, 40_001, 40_002))
                .containsExactly(
                        Verdict.RESTARTED,
                        Verdict.NEW,
                        Verdict.STRAY,
                        Verdict.NEW,
                        Verdict.STRAY,
                        Verdict.RESTARTED,
                        Verdict.NEW);
        assertThat(receiver.lost()).isZero();
    }

    @Test
    void aNewSourceIsFollowedFromItsFirstPacketOnAndKeepsTheLossOfTheOld() {
        put(1, 160, 1, 0);
        put(3, 480, 1, 40 * MILLIS);
        assertThat(put(50_000, 9, 2, 60 * MILLIS)).isEqualTo(Verdict.STRAY);
        assertThat(put(50_002, 329, 2, 100 * MILLIS)).isEqualTo(Verdict.RESTARTED);
        assertThat(receiver.restartedWithStray()).isTrue();
        assertThat(receiver.lost()).isEqualTo(2);
        assertThat(receiver.sourceLost()).isEqualTo(1);
        assertThat(receiver.received()).isEqualTo(4);
        assertThat(receiver.strays()).isZero();
        assertThat(receiver.sourceChanges()).isEqualTo(1);
    }

    @Test
    void aNewSourceIsFollowedAtOnceWhereTheOldWasSilent() {
        put(1, 160, 1, 0);
        assertThat(put(50_000, 9, 2, 200 * MILLIS)).isEqualTo(Verdict.RESTARTED);
        assertThat(receiver.restartedWithStray()).isFalse();
        assertThat(receiver.ssrc()).isEqualTo(2);
    }

    @Test
    void aForgedSourceThatMixesInTakesNothingFromTheOneThatGoesOn() {
        putAll(1, 2);
        for (int i = 0; i < 100; i++) {
            assertThat(put(900 + i, 0, 2, (60 + 20 * i) * MILLIS)).isEqualTo(Verdict.STRAY);
            assertThat(put(3 + i, (3 + i) * 160, 1, (60 + 20 * i) * MILLIS)).isEqualTo(Verdict.NEW);
        }
        assertThat(receiver.ssrc()).isEqualTo(1);
        assertThat(receiver.lost()).isZero();
        assertThat(receiver.received()).isEqualTo(102);
        assertThat(receiver.strays()).isEqualTo(100);
        assertThat(receiver.sourceChanges()).isZero();
    }

    @Test
    void stragglersOfTheOldSourceDoNotKeepTheNewOneOut() {
        putAll(1, 3);
        put(900, 0, 2, 80 * MILLIS);
        assertThat(put(2, 320, 1, 81 * MILLIS)).isEqualTo(Verdict.LATE);
        assertThat(put(901, 160, 2, 100 * MILLIS)).isEqualTo(Verdict.RESTARTED);
    }

    @Test
    void strangersOutOfOrderAreNotFollowed() {
        putAll(1);
        assertThat(put(500, 0, 2, 30 * MILLIS)).isEqualTo(Verdict.STRAY);
        assertThat(put(500, 0, 2, 30 * MILLIS)).isEqualTo(Verdict.STRAY);
        assertThat(put(499, 0, 2, 40 * MILLIS)).isEqualTo(Verdict.STRAY);
        assertThat(put(9000, 0, 2, 50 * MILLIS)).isEqualTo(Verdict.STRAY);
        assertThat(put(9001, 0, 3, 60 * MILLIS)).isEqualTo(Verdict.STRAY);
        assertThat(receiver.ssrc()).isEqualTo(1);
    }

    @Test
    void aTimestampThatJumpsIsNoJitter() {
        for (int i = 0; i < 100; i++) put(i, 160 * i + (i < 50 ? 0 : 1_000_000), 1, i * 20L * MILLIS);
        assertThat(receiver.jitter()).isLessThan(0.01);
    }

    @Test
    void anEvenStreamHasNoJitterEvenAcrossTheTimestampsWrap() {
        for (int i = 0; i < 500; i++) put(i, -8000 + 160 * i, 1, i * 20L * MILLIS);
        assertThat(receiver.jitter()).isLessThan(0.01);
    }

    @Test
    void jitterApproachesTheMeanDifferenceOfTransitTimes() {
        // Every other packet is 5 ms late: transit differs by 5 ms, 40 units, each time.
        for (int i = 0; i < 500; i++) put(i, 160 * i, 1, (i * 20 + i % 2 * 5) * MILLIS);
        assertThat(receiver.jitter()).isCloseTo(40, within(0.5));
    }

    @Test
    void jitterCountsInTheUnitsOfTheTimestampsAndKeepsItsMeaningWhereTheClockChanges() {
        for (int i = 0; i < 500; i++) put(i, -9600 + 960 * i, 1, 48_000, (i * 20 + i % 2 * 5) * MILLIS);
        assertThat(receiver.jitter()).isCloseTo(240, within(3.0));
        assertThat(receiver.jitterMillis()).isCloseTo(5, within(0.1));
        put(500, 7, 1, 8000, 500 * 20 * MILLIS);
        assertThat(receiver.jitter()).isCloseTo(40, within(0.5));
        assertThat(receiver.jitterMillis()).isCloseTo(5, within(0.1));
    }

    @Test
    void theLongestGapIsSeen() {
        put(1, 0, 1, 0);
        put(2, 160, 1, 20 * MILLIS);
        put(3, 320, 1, 240 * MILLIS);
        assertThat(receiver.longestGapNanos()).isEqualTo(220 * MILLIS);
    }

    @Test
    void theCountsAgreeWithABadLinksOwn() {
        var link = ImpairedLink.<Integer>seed(11)
                .delay(Duration.ofMillis(30))
                .jitter(Duration.ofMillis(15))
                .losing(0.1)
                .duplicating(0.05)
                .reordering(0.05, Duration.ofMillis(50));
        for (int i = 0; i < 20_000; i++) {
            link.send(i, i * 20L * MILLIS);
            for (int arrived : link.take(i * 20L * MILLIS)) put(arrived, arrived * 160, 1, i * 20L * MILLIS);
        }
        for (int arrived : link.take(Long.MAX_VALUE / 2)) put(arrived, arrived * 160, 1, 20_010 * 20 * MILLIS);

        assertThat(receiver.lost()).as("%s", link).isCloseTo(link.lostCount(), within(2L));
        assertThat(receiver.received() + receiver.duplicated()).isEqualTo(link.deliveredCount());
        assertThat(receiver.outOfOrder()).isBetween(700L, 1100L);
    }

    @Test
    void theFractionLostIsThatOfTheLastInterval() {
        putAll(1, 2, 4);
        assertThat(receiver.takeFractionLost()).isEqualTo(64);
        putAll(5, 6);
        assertThat(receiver.takeFractionLost()).isZero();
    }
}
