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
     * @param from who sent it
     * @param to who it is for
     * @param buffer has the datagram; to be read by place, its position and limit left alone
     * @param offset where it begins
     * @param byteLength how long it is
     */
    void saw(InetSocketAddress from, InetSocketAddress to, ByteBuffer buffer, int offset, int byteLength);
}
