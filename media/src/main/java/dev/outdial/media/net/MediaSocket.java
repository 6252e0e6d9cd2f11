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
    private long unsent;

    MediaSocket(DatagramChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.IP_TOS, EXPEDITED_FORWARDING);
    }

    /** Sends what is between position and limit; false, and counted, where the system would not take it. */
    public boolean send(ByteBuffer datagram, InetSocketAddress target) {
        if (isTaken(datagram, target)) return true;
        unsent++;
        return false;
    }

    private boolean isTaken(ByteBuffer datagram, InetSocketAddress target) {
        try {
            return channel.send(datagram, target) > 0;
        } catch (IOException | IllegalArgumentException | SecurityException e) {
            // Unreachable, filtered, no route: the next packet may fare better, and the far end's silence is seen
            // elsewhere. An address of another family or without a number is an IllegalArgumentException.
            return false;
        }
    }

    /** Datagrams that the system would not take. */
    public long unsent() {
        return unsent;
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
