package dev.outdial.media.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.outdial.media.rtp.RtpPacket;
import dev.outdial.media.rtp.RtpReceiver;
import dev.outdial.media.rtp.RtpSender;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtcpTest {
    private static final long MILLIS = 1_000_000;
    private final NtpClock clock = new NtpClock(1_800_000_000_250L, 0);

    /** One end with its stream to the other. */
    private final class End {
        private final RtpSender sender;
        private final RtpReceiver receiver = new RtpReceiver();
        private final RtcpReception reception;
        private final RtcpReporter reporter;

        End(long seed) {
            var random = new Random(seed);
            sender = new RtpSender(random);
            reception = new RtcpReception(sender.ssrc(), receiver, clock);
            reporter = new RtcpReporter(sender, receiver, reception, clock, random, "0123456789abcdef", 0);
        }

        void sendTo(End other, boolean lost, long nowNanos) {
            var packet = ByteBuffer.allocate(200);
            sender.writeHeader(packet, 0, false, sender.timestamp(), 160);
            packet.put(new byte[160]).flip();
            sender.advance(160);
            var view = new RtpPacket();
            if (!lost && view.parse(packet)) other.receiver.put(view, true, nowNanos);
        }

        /** The report that is sent at this time or soon after, as if it were sent now. */
        ByteBuffer report(long nowNanos) {
            var packet = ByteBuffer.allocate(RtcpReporter.MAX_BYTES);
            reporter.writeBye(packet, nowNanos);
            // Without the BYE at its end.
            return packet.flip().limit(packet.limit() - 8);
        }

        /** What is sent when the time has come, empty for nothing. */
        ByteBuffer due(long nowNanos) {
            var packet = ByteBuffer.allocate(RtcpReporter.MAX_BYTES);
            assertThat(reporter.writeReport(packet, nowNanos)).isEqualTo(packet.position() > 0);
            return packet.flip();
        }
    }

    private final End left = new End(1);
    private final End right = new End(2);

    @Test
    void theFarEndsReportTellsLossAndTheWayThereAndBack() {
        for (int i = 0; i < 100; i++) left.sendTo(right, i % 10 == 5, i * 20L * MILLIS);
        right.sendTo(left, true, 2000 * MILLIS);
        // 30 ms there, 500 ms until the answer, 40 ms back.
        assertThat(right.reception.put(left.report(2000 * MILLIS), 2030 * MILLIS))
                .isTrue();
        assertThat(left.reception.put(right.report(2530 * MILLIS), 2570 * MILLIS))
                .isTrue();

        assertThat(left.reception.remoteLost()).hasValue(10);
        assertThat(left.reception.roundTripMillis().orElseThrow()).isCloseTo(70, within(0.1));
        assertThat(left.reception.remoteJitterMillis().orElseThrow()).isLessThan(0.1);
        assertThat(left.reception.isBye()).isFalse();
        assertThat(right.reception.remoteLost()).isEmpty();
    }

    @Test
    void aReportIsACompoundPacketWithoutAnAddressInIt() {
        left.sendTo(right, false, 0);
        var packet = left.report(0);
        assertThat(packet.getShort(0) & 0xFFFF).isEqualTo(0x80C8);
        assertThat(packet.getInt(4)).isEqualTo(left.sender.ssrc());
        assertThat(packet.getInt(8) & 0xFFFFFFFFL).isEqualTo(1_800_000_000L + 2_208_988_800L);
        assertThat(packet.getInt(12) & 0xFFFFFFFFL).isEqualTo(1L << 30);
        assertThat(packet.getInt(20)).isEqualTo(1);
        assertThat(packet.getInt(24)).isEqualTo(160);
        assertThat(packet.getShort(28) & 0xFFFF).isEqualTo(0x81CA);
        assertThat(packet.remaining()).isEqualTo(28 + 4 + 4 * packet.getShort(30));
    }

    @Test
    void whoHasSentNothingForTwoIntervalsReportsAsAReceiver() {
        left.sendTo(right, false, 0);
        right.sendTo(left, false, 0);
        assertThat(right.report(0).getShort(0) & 0xFFFF).isEqualTo(0x81C8);
        left.sendTo(right, false, 0);
        assertThat(right.report(0).getShort(0) & 0xFFFF).isEqualTo(0x81C8);
        left.sendTo(right, false, 0);
        assertThat(right.report(0).getShort(0) & 0xFFFF).isEqualTo(0x81C9);
    }

    @Test
    void aSourceThatIsNotHeardAnyMoreIsNotReported() {
        left.sendTo(right, false, 0);
        right.sendTo(left, false, 0);
        assertThat(right.report(0).get(0)).isEqualTo((byte) 0x81);
        assertThat(right.report(0).get(0)).isEqualTo((byte) 0x80);
    }

    @Test
    void theTimestampOfAReportIsThatOfItsOwnMomentNotOfThePacketBeforeIt() {
        int first = left.sender.timestamp();
        for (int i = 0; i < 10; i++) {
            left.reporter.packetTime(1000 * MILLIS + i * 20 * MILLIS);
            left.sendTo(right, false, 0);
        }
        // The tenth packet left at 1180 ms.
        assertThat(left.report(1187 * MILLIS).getInt(16)).isEqualTo(first + 8 * 187);
        assertThat(left.report(1200 * MILLIS).getInt(16)).isEqualTo(first + 8 * 200);
    }

    @Test
    void duplicatesMakeTheCountOfLostPacketsNegative() {
        for (int i = 0; i < 4; i++) left.sendTo(right, false, 0);
        var again = ByteBuffer.allocate(12).putInt(0x80000000);
        var view = new RtpPacket();
        again.putShort(2, (short) right.receiver.extendedHighest()).putInt(8, left.sender.ssrc());
        assertThat(view.parse(again.position(12).flip())).isTrue();
        for (int i = 0; i < 3; i++) right.receiver.put(view, true, 0);
        right.sendTo(left, false, 0);

        var report = right.report(0);
        assertThat(report.getInt(32)).isEqualTo(-3 & 0xFFFFFF);
        left.reception.put(report, 0);
        assertThat(left.reception.remoteLost()).hasValue(0);
    }

    @Test
    void nothingIsSentBeforeAPacketWentEitherWay() {
        for (int i = 0; i < 100; i++)
            assertThat(left.due(left.reporter.nextDeadlineNanos()).hasRemaining())
                    .isFalse();
        assertThat(left.reporter.writeBye(ByteBuffer.allocate(200), 0)).isFalse();
        right.sendTo(left, false, 0);
        int reports = 0;
        for (int i = 0; i < 10; i++)
            if (left.due(left.reporter.nextDeadlineNanos()).hasRemaining()) reports++;
        assertThat(reports).isPositive();
        assertThat(left.reporter.writeBye(ByteBuffer.allocate(200), 0)).isTrue();
    }

    @Test
    void aReportIsNotWrittenBeforeItsTimeNorTwice() {
        left.sendTo(right, false, 0);
        assertThat(left.due(left.reporter.nextDeadlineNanos() - 1).hasRemaining())
                .isFalse();
        for (long now = 0; now < 60_000 * MILLIS; now += 100 * MILLIS)
            if (left.due(now).hasRemaining())
                assertThat(left.due(now).hasRemaining()).isFalse();
    }

    @Test
    void byeIsHeardAtTheEndOfACompoundPacket() {
        var packet = ByteBuffer.allocate(RtcpReporter.MAX_BYTES);
        right.sendTo(left, false, 0);
        left.sendTo(right, false, 0);
        left.reporter.writeBye(packet, 0);
        right.reception.put(packet.flip(), 0);
        assertThat(right.reception.isBye()).isTrue();
    }

    @Test
    void theByeOfAnotherSourceIsNotTheFarEnds() {
        left.sendTo(right, false, 0);
        right.reception.put(rtcp(0x81CB0001, 4711), 0);
        right.reception.put(rtcp(0x80CB0000), 0);
        assertThat(right.reception.isBye()).isFalse();
        right.reception.put(rtcp(0x82CB0002, 4711, left.sender.ssrc()), 0);
        assertThat(right.reception.isBye()).isTrue();
    }

    @Test
    void withoutRtpTheByeOfWhoReportsIsHeard() {
        right.reception.put(rtcp(0x81CB0001, 4711), 0);
        assertThat(right.reception.isBye()).isFalse();
        right.reception.put(rtcp(0x80C90001, 4711, 0x81CB0001, 4711), 0);
        assertThat(right.reception.isBye()).isTrue();
    }

    @Test
    void whatComesInOurOwnNameIsCountedAndNotBelieved() {
        left.sendTo(right, false, 0);
        right.sendTo(left, false, 0);
        var packet = ByteBuffer.allocate(RtcpReporter.MAX_BYTES);
        left.reporter.writeBye(packet, 0);
        left.reception.put(packet.flip(), 0);
        assertThat(left.reception.isBye()).isFalse();
        assertThat(left.reception.echoes()).isEqualTo(2);
        assertThat(left.reception.remoteLost()).isEmpty();
    }

    @Test
    void typesThatNobodyNeedsArePassedOver() {
        left.sendTo(right, false, 0);
        int us = left.sender.ssrc();
        // Feedback, an extended report, an application's packet, then what counts.
        assertThat(right.reception.put(rtcp(0x81CD0002, us, 1, 0x80CF0001, us, 0x80CC0002, us, 0, 0x81CB0001, us), 0))
                .isTrue();
        assertThat(right.reception.isBye()).isTrue();
    }

    @Test
    void lyingLengthsAndPaddingEndThePacketThere() {
        left.sendTo(right, false, 0);
        int us = left.sender.ssrc();
        assertThat(right.reception.put(rtcp(0x81CB0002, us), 0)).isFalse();
        assertThat(right.reception.put(rtcp(0xA1CB0001, us & ~0xFF), 0)).isFalse();
        assertThat(right.reception.put(rtcp(0xA1CB0002, us, 12), 0)).isFalse();
        assertThat(right.reception.put(rtcp(0xA1CB0002, us, 3), 0)).isFalse();
        assertThat(right.reception.isBye()).isFalse();
        // The name that the count promises lies in the padding.
        assertThat(right.reception.put(rtcp(0xA1CB0002, us, 8), 0)).isTrue();
        assertThat(right.reception.isBye()).isFalse();
        assertThat(right.reception.put(rtcp(0xA1CB0002, us, 4), 0)).isTrue();
        assertThat(right.reception.isBye()).isTrue();
    }

    @Test
    void anAnswerToAReportThatWasNeverSentTellsNoRoundTrip() {
        left.sendTo(right, false, 0);
        int now = NtpClock.middle(clock.at(0));
        left.reception.put(rtcp(0x81C90007, 4711, left.sender.ssrc(), 0, 0, 0, now - 65536, 0), 0);
        assertThat(left.reception.remoteLost()).hasValue(0);
        assertThat(left.reception.roundTripMillis()).isEmpty();
    }

    @Test
    void rtcpOnTheRtpPortIsToldApart() {
        assertThat(RtcpReception.isRtcp(rtcp(0x80C90001, 1))).isTrue();
        assertThat(RtcpReception.isRtcp(rtcp(0x80DF0001, 1))).isTrue();
        // The marker and payload types 0, 13 and 101; STUN; too short.
        for (int head : new int[] {0x80800000, 0x808D0000, 0x80E50000, 0x80000000, 0x00010001})
            assertThat(RtcpReception.isRtcp(rtcp(head, 1))).isFalse();
        assertThat(RtcpReception.isRtcp(rtcp(0x80C90000))).isFalse();
    }

    private static ByteBuffer rtcp(int... words) {
        var packet = ByteBuffer.allocate(4 * words.length);
        for (int word : words) packet.putInt(word);
        return packet.flip();
    }

    @Test
    void reportsComeAboutEveryFiveSecondsAndNotAllAtOnce() {
        left.sendTo(right, false, 0);
        long last = 0;
        int reports = 0;
        while (reports < 2000) {
            long due = left.reporter.nextDeadlineNanos();
            if (!left.due(due).hasRemaining()) continue;
            // Half to one and a half times 5 s, or for the first 2.5 s, and 1.21828 times less.
            long shortest = (long) ((reports == 0 ? 1250 : 2500) / 1.21828 * MILLIS);
            assertThat(due - last).isBetween(shortest - 1, 3 * shortest + 3);
            last = due;
            reports++;
        }
        // What the compensation is for.
        assertThat(last / (2000.0 * MILLIS)).isCloseTo(5000, within(250.0));
    }

    @Test
    void aSetWallClockDoesNotMoveNtpTime() {
        assertThat(clock.at(750 * MILLIS) - clock.at(0)).isEqualTo((1L << 32) * 3 / 4);
        assertThat(clock.at(-500 * MILLIS) >>> 32).isEqualTo(clock.epochMillis() / 1000 + 2_208_988_800L - 1);
    }

    @Test
    void anyBytesAreJudgedWithoutAnException() {
        var random = new Random(9);
        left.sendTo(right, false, 0);
        right.sendTo(left, false, 0);
        byte[] whole = new byte[RtcpReporter.MAX_BYTES];
        var packet = ByteBuffer.wrap(whole);
        right.reporter.writeBye(packet, 0);
        int refused = 0;
        for (int round = 0; round < 100_000; round++) {
            byte[] mutated = whole.clone();
            for (int i = 0; i <= round % 4; i++)
                mutated[random.nextInt(packet.position())] = (byte) random.nextInt(256);
            var datagram = ByteBuffer.wrap(mutated, 0, random.nextInt(packet.position() + 1));
            if (!left.reception.put(datagram, random.nextLong())) refused++;
        }
        assertThat(refused).isBetween(1000, 90_000);
    }
}
