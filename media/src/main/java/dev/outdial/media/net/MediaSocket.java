package dev.outdial.media.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * One UDP port that never blocks. Left unconnected, so that early media may come from where it wants and strangers can be
 * counted. <b>Threading:</b> one owner.
 */
public final class MediaSocket {
    /** DSCP EF (RFC 3246), where the system allows it. */
    private static final int EXPEDITED_FORWARDING = 0xB8;

    private static final InetSocketAddress NOBODY = new InetSocketAddress(0);

    private final DatagramChannel channel;
    private InetSocketAddress sender = NOBODY;

    MediaSocket(DatagramChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.IP_TOS, EXPEDITED_FORWARDING);
    }

    /** Sends what is between position and limit; false where the system would not take it. */
    public boolean send(ByteBuffer datagram, InetSocketAddress target) {
        try {
            return channel.send(datagram, target) > 0;
        } catch (IOException e) {
            // Unreachable, filtered, no route: the next packet may fare better, and the far end's silence is seen
            // elsewhere.
            return false;
        }
    }

    /** Reads one datagram into the cleared buffer and flips it; false where none is there. */
    public boolean receive(ByteBuffer target) {
        target.clear();
        try {
            SocketAddress from = channel.receive(target);
            if (!(from instanceof InetSocketAddress address)) return false;
            sender = address;
            target.flip();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Who sent the datagram last received. */
    public InetSocketAddress sender() {
        return sender;
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Closing a datagram socket has nothing to flush; the port is free either way.
        }
    }
}
