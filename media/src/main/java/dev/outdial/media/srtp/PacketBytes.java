package dev.outdial.media.srtp;

import java.nio.ByteBuffer;

/**
 * The one array in which a session's packets are encrypted and decrypted: the JDK's ciphers and digests make garbage of direct
 * buffers, and a datagram that turns out to be nothing has to stay as it came.
 */
final class PacketBytes {
    static final int RTP_HEADER_BYTES = 12;
    static final int RTCP_HEADER_BYTES = 8;
    /** No datagram that is read here is longer. */
    static final int MAX_BYTES = 2048;

    private static final int EXTENSION_HEADER_BYTES = 4;

    private final ByteBuffer view = ByteBuffer.allocate(MAX_BYTES);
    private int length;

    /** Copies what is between the buffer's position and limit: {@link #MAX_BYTES} at most. */
    void load(ByteBuffer packet) {
        length = packet.remaining();
        packet.get(packet.position(), view.array(), 0, length);
    }

    /** Copies back to the buffer's position and sets its limit. */
    void store(ByteBuffer packet) {
        packet.limit(packet.position() + length);
        packet.put(packet.position(), view.array(), 0, length);
    }

    byte[] array() {
        return view.array();
    }

    int length() {
        return length;
    }

    void cut(int length) {
        this.length = length;
    }

    void append(byte[] data, int count) {
        view.put(length, data, 0, count);
        length += count;
    }

    void append(int word) {
        view.putInt(length, word);
        length += Integer.BYTES;
    }

    int word(int at) {
        return view.getInt(at);
    }

    /** Whose RTP packet it is. */
    int rtpSsrc() {
        return view.getInt(8);
    }

    /** Whose report the compound RTCP packet begins with. */
    int rtcpSsrc() {
        return view.getInt(4);
    }

    int sequenceNumber() {
        return view.getShort(2) & 0xFFFF;
    }

    /** Bytes of the RTP header with its sources and its extension; more than the packet has where it lies. */
    int rtpHeaderBytes() {
        int flags = view.get(0);
        int fixed = RTP_HEADER_BYTES + (flags & 0x0F) * Integer.BYTES;
        if ((flags & 0x10) == 0) return fixed;
        // Behind a packet too short to say it, any length of the extension makes the header too long.
        int extensionWords = view.getShort(fixed + 2) & 0xFFFF;
        return fixed + EXTENSION_HEADER_BYTES + extensionWords * Integer.BYTES;
    }
}
