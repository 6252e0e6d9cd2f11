package dev.outdial.media.fuzz;

import static dev.outdial.media.fuzz.Datagrams.require;

import dev.outdial.media.rtp.RtpPacket;
import dev.outdial.media.rtp.RtpReceiver;
import java.nio.ByteBuffer;
import java.util.List;

/** Anything on the RTP port: whatever it is, no payload lies outside of its datagram and no packet is counted twice. */
public final class RtpTarget {
    private final RtpPacket packet = new RtpPacket();
    private final RtpReceiver receiver = new RtpReceiver();
    private long parsed;

    private RtpTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var target = new RtpTarget();
        Datagrams.each(input, target::take);
    }

    private void take(ByteBuffer datagram, long nowNanos) {
        int start = datagram.position();
        int end = datagram.limit();
        if (packet.parse(datagram)) {
            parsed++;
            require(packet.payloadOffset() >= start + RtpPacket.HEADER_BYTES, "the payload behind the header");
            require(packet.payloadLength() >= 0, "no negative payload");
            require(packet.payloadOffset() + packet.payloadLength() <= end, "the payload in the datagram");
            receiver.put(packet, packet.payloadType() != 101, nowNanos);
            require(receiver.received() + receiver.duplicated() + receiver.strays() == parsed, "each counted once");
            require(receiver.lost() >= 0, "no negative loss");
            require(receiver.takeFractionLost() >>> 8 == 0, "a fraction in 256ths");
            require(receiver.jitter() >= 0, "no negative jitter");
        }
        require(datagram.position() == start && datagram.limit() == end, "the datagram left as it is");
    }

    static List<byte[]> seeds() {
        return List.of(
                Datagrams.input(Packets.sound()), Datagrams.input(Packets.keys()), Datagrams.input(Packets.odd()));
    }
}
