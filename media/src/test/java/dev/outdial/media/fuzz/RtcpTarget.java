package dev.outdial.media.fuzz;

import static dev.outdial.media.fuzz.Datagrams.require;

import dev.outdial.media.rtcp.NtpClock;
import dev.outdial.media.rtcp.RtcpReception;
import dev.outdial.media.rtcp.RtcpReporter;
import dev.outdial.media.rtp.RtpPacket;
import dev.outdial.media.rtp.RtpReceiver;
import dev.outdial.media.rtp.RtpSender;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;

/** Anything on the RTCP port, of a far end that is heard: what is believed stays in its bounds, and our own reports whole. */
public final class RtcpTarget {
    private static final NtpClock CLOCK = new NtpClock(1_800_000_000_000L, 0);

    private final RtpSender sender = new RtpSender(new Random(1));
    private final RtpReceiver receiver = new RtpReceiver();
    private final RtcpReception reception = new RtcpReception(sender.ssrc(), receiver, CLOCK);
    private final RtcpReporter reporter =
            new RtcpReporter(sender, receiver, reception, CLOCK, new Random(2), "0123456789abcdef", 0);

    private RtcpTarget() {
        var packet = new RtpPacket();
        if (packet.parse(ByteBuffer.wrap(Packets.sound().getFirst()))) receiver.put(packet, true, 0);
        sender.writeHeader(ByteBuffer.allocate(12), 0, true, sender.timestamp(), 0);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        var target = new RtcpTarget();
        Datagrams.each(input, target::take);
    }

    private void take(ByteBuffer datagram, long nowNanos) {
        int start = datagram.position();
        int end = datagram.limit();
        boolean taken = reception.put(datagram, nowNanos);
        require(!taken || RtcpReception.isRtcp(datagram) || end - start < 8, "RTCP by its first bytes");
        require(datagram.position() == start && datagram.limit() == end, "the datagram left as it is");
        require(reception.roundTripMillis().orElse(0) >= 0, "no negative round trip");
        require(reception.roundTripMillis().orElse(0) <= 60_000, "no round trip over a minute");
        require(reception.remoteLost().orElse(0) >= 0, "no negative loss");
        require(reception.remoteJitterMillis().orElse(0) >= 0, "no negative jitter");

        var report = ByteBuffer.allocate(RtcpReporter.MAX_BYTES);
        if (reporter.writeReport(report, nowNanos))
            require(report.position() % 4 == 0 && RtcpReception.isRtcp(report.flip()), "a report in whole words");
    }

    /** With an answer to the report that the input's own sender wrote. */
    static List<byte[]> seeds() {
        return List.of(Datagrams.input(Packets.reports()), Datagrams.input(List.of(answer())));
    }

    private static byte[] answer() {
        int ourSsrc = new RtpSender(new Random(1)).ssrc();
        return ByteBuffer.allocate(40)
                .putInt(0x81C90007)
                .putInt(Packets.SSRC)
                .putInt(ourSsrc)
                .putInt(0x10000002)
                .putInt(0x00010003)
                .putInt(16)
                .putInt(0x12345678)
                .putInt(0x00010000)
                .putInt(0x80CB0000)
                .array();
    }
}
