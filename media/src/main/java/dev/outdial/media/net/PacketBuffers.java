package dev.outdial.media.net;

import java.nio.ByteBuffer;

/**
 * Packet buffers that all members of a loop share: what is in them lasts no longer than a call to the member. <b>Threading:</b>
 * they belong to the loop.
 *
 * @param outgoing for what is sent: the longest packet is 40 ms of L16 with an SRTP tag, 662 bytes
 * @param incoming for what is received: nothing that a far end may send is longer than an Ethernet frame
 */
public record PacketBuffers(ByteBuffer outgoing, ByteBuffer incoming) {
    private static final int OUTGOING_BYTES = 1024;
    private static final int INCOMING_BYTES = 2048;

    static PacketBuffers allocate() {
        return new PacketBuffers(ByteBuffer.allocateDirect(OUTGOING_BYTES), ByteBuffer.allocateDirect(INCOMING_BYTES));
    }
}
