package dev.outdial.media.srtp;

import java.nio.ByteBuffer;
import org.jitsi.utils.ByteArrayBuffer;

/** The one array in which a session's packets are encrypted and decrypted: the library works on nothing else. */
final class PacketBytes implements ByteArrayBuffer {
    /** No datagram that is read here is longer. */
    static final int MAX_BYTES = 2048;

    /** Room for an index and the longest tag behind the longest packet. */
    private final byte[] bytes = new byte[MAX_BYTES + 16];

    private int length;

    /** Copies what is between the buffer's position and limit. */
    void load(ByteBuffer packet) {
        length = packet.remaining();
        packet.get(packet.position(), bytes, 0, length);
    }

    /** Copies back to the buffer's position and sets its limit. */
    void store(ByteBuffer packet) {
        packet.limit(packet.position() + length);
        packet.put(packet.position(), bytes, 0, length);
    }

    int sequenceNumber() {
        return (bytes[2] & 0xFF) << 8 | bytes[3] & 0xFF;
    }

    @Override
    public byte[] getBuffer() {
        return bytes;
    }

    @Override
    public int getOffset() {
        return 0;
    }

    @Override
    public int getLength() {
        return length;
    }

    @Override
    public void setLength(int length) {
        this.length = length;
    }

    @Override
    public void setOffset(int offset) {
        if (offset != 0) throw new UnsupportedOperationException("offset " + offset);
    }

    @Override
    public boolean isInvalid() {
        return false;
    }

    @Override
    public void readRegionToBuff(int offset, int count, byte[] target) {
        System.arraycopy(bytes, offset, target, 0, count);
    }

    @Override
    public void grow(int count) {
        // There is always room.
    }

    @Override
    public void append(byte[] data, int count) {
        System.arraycopy(data, 0, bytes, length, count);
        length += count;
    }

    @Override
    public void shrink(int count) {
        length -= count;
    }
}
