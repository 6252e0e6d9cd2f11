package dev.outdial.media.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/**
 * One UDP port that never blocks. Unconnected, so that early media may come from where it wants and strangers can be counted,
 * until {@link #connect}. <b>Threading:</b> one owner.
 */
public final class MediaSocket {
    /** DSCP EF (RFC 3246) in the upper six bits, where the system allows it: for IPv4 and for IPv6. */
    private static final int EXPEDITED_FORWARDING = 0xB8;

    private static final InetSocketAddress NOBODY = new InetSocketAddress(0);

    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final @Nullable PacketTap tap;
    private InetSocketAddress sender = NOBODY;
    private long unsent;
    private long unreachable;
    private boolean toldUnreachable;

    /** @param tap sees what goes through; null, as it is where nobody looks, costs nothing */
    MediaSocket(DatagramChannel channel, InetSocketAddress local, @Nullable PacketTap tap) throws IOException {
        this.channel = channel;
        this.local = local;
        this.tap = tap;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.IP_TOS, EXPEDITED_FORWARDING);
    }

    /**
     * Exchanges datagrams with this address alone from now on, and hears from the system when nobody listens there. What
     * arrives in this moment is lost.
     *
     * @return false where the system has no way to that address; then nothing has changed
     */
    public boolean connect(InetSocketAddress far) {
        disconnect();
        try {
            channel.connect(far);
            return true;
        } catch (IOException | IllegalArgumentException | SecurityException e) {
            return false;
        }
    }

    /** Exchanges datagrams with anybody again. */
    public void disconnect() {
        try {
            if (channel.isConnected()) channel.disconnect();
        } catch (IOException e) {
            // Then what is sent to another address is not taken, and counted.
        }
    }

    /**
     * Sends what is between position and limit; false, and counted, where the system would not take it. While connected, to that
     * address only.
     */
    public boolean send(ByteBuffer datagram, InetSocketAddress target) {
        int offset = datagram.position();
        // That an earlier datagram met a closed port is told instead of sending this one: once more.
        if (isTaken(datagram, target) || toldUnreachable && isTaken(datagram, target)) {
            if (tap != null) tap.saw(local, target, true, datagram, offset, datagram.limit() - offset);
            return true;
        }
        unsent++;
        return false;
    }

    private boolean isTaken(ByteBuffer datagram, InetSocketAddress target) {
        toldUnreachable = false;
        try {
            return channel.send(datagram, target) > 0;
        } catch (PortUnreachableException e) {
            toldUnreachable = true;
            unreachable++;
            return false;
        } catch (IOException | IllegalArgumentException | IllegalStateException | SecurityException e) {
            // Filtered, no route: the next packet may fare better, and the far end's silence is seen elsewhere. An
            // address of another family or without a number is an IllegalArgumentException, another than the connected
            // one an IllegalStateException.
            return false;
        }
    }

    /** Datagrams that the system would not take. */
    public long unsent() {
        return unsent;
    }

    /** How often the system said that nobody listens at the connected address (ICMP). */
    public long unreachable() {
        return unreachable;
    }

    /** Reads one datagram into the cleared buffer and flips it; false where none is there. */
    public boolean receive(ByteBuffer target) {
        toldUnreachable = false;
        return isReceived(target) || toldUnreachable && isReceived(target);
    }

    private boolean isReceived(ByteBuffer target) {
        target.clear();
        try {
            SocketAddress from = channel.receive(target);
            if (!(from instanceof InetSocketAddress address)) return false;
            sender = address;
            target.flip();
            if (tap != null) tap.saw(local, address, false, target, 0, target.limit());
            return true;
        } catch (PortUnreachableException e) {
            toldUnreachable = true;
            unreachable++;
            return false;
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
