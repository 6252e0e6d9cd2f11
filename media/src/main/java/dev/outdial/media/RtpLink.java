package dev.outdial.media;

import dev.outdial.media.net.MediaSocket;
import dev.outdial.media.net.PacketBuffers;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** The RTP half of a session: moves packets between its streams and the even port. <b>Threading:</b> belongs to the media loop. */
final class RtpLink {
    private static final int MAX_PACKETS_A_TICK = 50;

    private final MediaSocket socket;
    private long sent;

    RtpLink(MediaSocket socket) {
        this.socket = socket;
    }

    /** Sends a packet that was written into the buffer; false where the system would not take it. */
    boolean send(ByteBuffer packet, InetSocketAddress target) {
        boolean taken = socket.send(packet.flip(), target);
        if (taken) sent++;
        return taken;
    }

    /** Reads what has arrived. */
    void read(IncomingStream incoming, PacketBuffers buffers, long nowNanos) {
        ByteBuffer datagram = buffers.incoming();
        for (int i = 0; i < MAX_PACKETS_A_TICK && socket.receive(datagram); i++)
            incoming.put(datagram, socket.sender(), nowNanos);
    }

    /** Packets that left. */
    long sent() {
        return sent;
    }

    /** Packets that the system would not take. */
    long unsent() {
        return socket.unsent();
    }
}
