package dev.outdial.media.net;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Sees every datagram of every session as it is on the wire, RTP and RTCP, encrypted where it is. <b>Threading:</b> called on the
 * media loops, each for its own sessions: it copies what it keeps, and returns at once.
 */
public interface PacketTap {
    /**
     * A datagram was handed to the system, or came from it.
     *
     * @param local our end
     * @param far the other end
     * @param sent whether it went from us to there
     * @param buffer has the datagram; to be read by place, its position and limit left alone
     * @param offset where it begins
     * @param byteLength how long it is
     */
    void saw(
            InetSocketAddress local,
            InetSocketAddress far,
            boolean sent,
            ByteBuffer buffer,
            int offset,
            int byteLength);

    /** Both see it, this one first. */
    default PacketTap and(PacketTap other) {
        return (local, far, sent, buffer, offset, byteLength) -> {
            saw(local, far, sent, buffer, offset, byteLength);
            other.saw(local, far, sent, buffer, offset, byteLength);
        };
    }
}
