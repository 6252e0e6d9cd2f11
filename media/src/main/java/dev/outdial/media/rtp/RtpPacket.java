package dev.outdial.media.rtp;

import java.nio.ByteBuffer;

/**
 * A view of one RTP packet (RFC 3550 section 5.1) in somebody else's buffer: reused for every packet, valid until that
 * buffer changes. <b>Threading:</b> one owner.
 */
public final class RtpPacket {
    /** Bytes of a header without contributing sources and extension. */
    public static final int HEADER_BYTES = 12;

    private int first;
    private int second;
    private int sequenceNumber;
    private int timestamp;
    private int ssrc;
    private int payloadOffset;
    private int payloadLength;

    /**
     * Looks at the datagram between the buffer's position and limit; both stay.
     *
     * @return whether it is an RTP packet, by the checks of RFC 3550 appendix A.1; if not, the view is not to be used
     */
    public boolean parse(ByteBuffer datagram) {
        int start = datagram.position();
        int end = datagram.limit();
        if (end - start < HEADER_BYTES) return false;
        first = datagram.get(start);
        second = datagram.get(start + 1);
        if ((first >> 6 & 3) != 2) return false;
        // 72 to 76 are what RTCP's 200 to 204 look like here (RFC 5761 section 4).
        int type = second & 0x7F;
        if (type >= 72 && type <= 76) return false;
        sequenceNumber = datagram.getShort(start + 2) & 0xFFFF;
        timestamp = datagram.getInt(start + 4);
        ssrc = datagram.getInt(start + 8);
        int offset = start + HEADER_BYTES + 4 * (first & 15);
        if ((first & 0x10) != 0) {
            if (offset + 4 > end) return false;
            offset += 4 + 4 * (datagram.getShort(offset + 2) & 0xFFFF);
        }
        if (offset > end) return false;
        int padding = 0;
        if ((first & 0x20) != 0) {
            padding = datagram.get(end - 1) & 0xFF;
            if (padding == 0 || offset + padding > end) return false;
        }
        payloadOffset = offset;
        payloadLength = end - padding - offset;
        return true;
    }

    /** Whether the marker bit is set. */
    public boolean marker() {
        return (second & 0x80) != 0;
    }

    /** 0 to 127. */
    public int payloadType() {
        return second & 0x7F;
    }

    /** 0 to 65535. */
    public int sequenceNumber() {
        return sequenceNumber;
    }

    /** All 32 bits of it, to be compared only through {@link SequenceUnwrapper}. */
    public int timestamp() {
        return timestamp;
    }

    /** The synchronization source. */
    public int ssrc() {
        return ssrc;
    }

    /** Where the payload begins in the buffer. */
    public int payloadOffset() {
        return payloadOffset;
    }

    /** Bytes of payload, without padding. */
    public int payloadLength() {
        return payloadLength;
    }
}
