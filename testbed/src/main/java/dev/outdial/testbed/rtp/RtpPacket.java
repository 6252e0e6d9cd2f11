package dev.outdial.testbed.rtp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** One RTP packet (RFC 3550 5.1), contributing sources and extension left out. Immutable. */
public final class RtpPacket {
    private static final int HEADER_BYTES = 12;

    private final int payloadType;
    private final boolean marker;
    private final int sequence;
    private final long timestamp;
    private final long ssrc;
    private final byte[] payload;

    /**
     * Makes a packet.
     *
     * @param payloadType 0 to 127
     * @param sequence taken modulo 2^16
     * @param timestamp taken modulo 2^32
     * @param ssrc taken modulo 2^32
     */
    public RtpPacket(int payloadType, boolean marker, int sequence, long timestamp, long ssrc, byte[] payload) {
        if (payloadType < 0 || payloadType > 127) throw new IllegalArgumentException("payload type " + payloadType);
        this.payloadType = payloadType;
        this.marker = marker;
        this.sequence = sequence & 0xFFFF;
        this.timestamp = timestamp & 0xFFFF_FFFFL;
        this.ssrc = ssrc & 0xFFFF_FFFFL;
        this.payload = payload.clone();
    }

    /** Reads a datagram; empty when it is not RTP version 2 or shorter than its own header and padding say. */
    public static Optional<RtpPacket> parse(byte[] bytes) {
        if (bytes.length < HEADER_BYTES || (bytes[0] & 0xC0) != 0x80) return Optional.empty();
        var in = ByteBuffer.wrap(bytes);
        int start = HEADER_BYTES + 4 * (bytes[0] & 0x0F);
        if ((bytes[0] & 0x10) != 0) {
            if (start + 4 > bytes.length) return Optional.empty();
            start += 4 + 4 * (in.getShort(start + 2) & 0xFFFF);
        }
        int end = bytes.length;
        if ((bytes[0] & 0x20) != 0) {
            int padding = bytes[end - 1] & 0xFF;
            if (padding == 0) return Optional.empty();
            end -= padding;
        }
        if (start > end) return Optional.empty();
        return Optional.of(new RtpPacket(
                bytes[1] & 0x7F,
                bytes[1] < 0,
                in.getShort(2),
                in.getInt(4),
                in.getInt(8),
                Arrays.copyOfRange(bytes, start, end)));
    }

    /** The packet as a datagram. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(HEADER_BYTES + payload.length)
                .put((byte) 0x80)
                .put((byte) (payloadType | (marker ? 0x80 : 0)))
                .putShort((short) sequence)
                .putInt((int) timestamp)
                .putInt((int) ssrc)
                .put(payload)
                .array();
    }

    /** The payload type. */
    public int payloadType() {
        return payloadType;
    }

    /** The marker bit. */
    public boolean marker() {
        return marker;
    }

    /** The sequence number, 0 to 65535. */
    public int sequence() {
        return sequence;
    }

    /** The timestamp, 0 to 2^32 - 1. */
    public long timestamp() {
        return timestamp;
    }

    /** The synchronisation source, 0 to 2^32 - 1. */
    public long ssrc() {
        return ssrc;
    }

    /** The payload. */
    public byte[] payload() {
        return payload.clone();
    }

    /** How many bytes the payload has. */
    public int payloadByteLength() {
        return payload.length;
    }

    @Override
    public String toString() {
        return "RTP pt=" + payloadType + (marker ? " M" : "") + " seq=" + sequence + " ts=" + timestamp + " ssrc="
                + Long.toHexString(ssrc) + " bytes=" + payload.length;
    }
}
