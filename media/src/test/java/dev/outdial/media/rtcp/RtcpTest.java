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
            reception = new RtcpReception(sender.ssrc(), clock);
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

        ByteBuffer report(long nowNanos) {
            var packet = ByteBuffer.allocate(RtcpReporter.MAX_BYTES);
            reporter.writeReport(packet, nowNanos);
            return packet.flip();
        }
    }

    private final End left = new End(1);
    private final End right = new End(2);

    @Test
    void theFarEndsReportTellsLossAndTheWayThereAndBack() {
        for (int i = 0; i < 100; i++) left.sendTo(right, i % 10 == 5, i * 20L * MILLIS);
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
    void whoHasSentNothingReportsAsAReceiver() {
        assertThat(right.report(0).getShort(0) & 0xFFFF).isEqualTo(0x80C9);
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
    void reportsComeAboutEveryFiveSecondsAndNotAllAtOnce() {
        long last = 0;
        for (int i = 0; i < 1000; i++) {
            long due = left.reporter.nextDeadlineNanos();
            assertThat(due - last).isBetween((i == 0 ? 1250 : 2500) * MILLIS, (i == 0 ? 3750 : 7500) * MILLIS);
            left.report(due);
            last = due;
        }
        assertThat(last / (1000.0 * MILLIS)).isCloseTo(5000, within(200.0));
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
