package dev.outdial.media.net;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.BitSet;
import java.util.Optional;

/**
 * Hands out port pairs of a range, each again only after all others have had their turn: late packets of an ended call do not
 * reach the next one. <b>Threading:</b> any.
 */
public final class RtpPorts {
    private final int firstPort;
    private final int lastPort;
    private final int firstEven;
    private final int pairCount;
    private final BitSet taken = new BitSet();
    private int next;

    /** Both inclusive; there must be room for one pair. */
    public RtpPorts(int firstPort, int lastPort) {
        this.firstPort = firstPort;
        this.lastPort = lastPort;
        this.firstEven = firstPort + (firstPort & 1);
        this.pairCount = (lastPort - firstEven + 1) / 2;
        if (firstPort < 1 || lastPort > 65535 || pairCount < 1)
            throw new IllegalArgumentException("RTP ports " + firstPort + "-" + lastPort);
    }

    /**
     * Binds a pair.
     *
     * @throws RtpPortsExhaustedException when no pair is free
     * @throws IllegalArgumentException when the address is not one of this machine, or stands for all of them
     */
    public synchronized MediaPorts open(InetAddress local) throws RtpPortsExhaustedException {
        if (local.isAnyLocalAddress())
            throw new IllegalArgumentException(
                    local.getHostAddress() + ": expected one address, it is named in the offer");
        for (int i = 0; i < pairCount; i++) {
            int pair = (next + i) % pairCount;
            if (taken.get(pair)) continue;
            Optional<MediaPorts> ports = bind(local, pair);
            if (ports.isPresent()) {
                taken.set(pair);
                next = (pair + 1) % pairCount;
                return ports.get();
            }
            requireLocal(local);
        }
        throw new RtpPortsExhaustedException(firstPort, lastPort, taken.cardinality());
    }

    /** Pairs that are in use. */
    public synchronized int inUse() {
        return taken.cardinality();
    }

    private synchronized void release(int pair) {
        taken.clear(pair);
    }

    private Optional<MediaPorts> bind(InetAddress local, int pair) {
        int port = firstEven + 2 * pair;
        Optional<MediaSocket> rtp = bindPort(local, port);
        if (rtp.isEmpty()) return Optional.empty();
        Optional<MediaSocket> rtcp = bindPort(local, port + 1);
        if (rtcp.isEmpty()) {
            rtp.get().close();
            return Optional.empty();
        }
        return Optional.of(
                new MediaPorts(new InetSocketAddress(local, port), rtp.get(), rtcp.get(), () -> release(pair)));
    }

    /** Empty where another program has the port. */
    private static Optional<MediaSocket> bindPort(InetAddress local, int port) {
        DatagramChannel channel = null;
        try {
            channel = DatagramChannel.open(
                    local instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
            channel.bind(new InetSocketAddress(local, port));
            return Optional.of(new MediaSocket(channel));
        } catch (IOException e) {
            closeQuietly(channel);
            return Optional.empty();
        }
    }

    private static void closeQuietly(@org.jspecify.annotations.Nullable DatagramChannel channel) {
        try {
            if (channel != null) channel.close();
        } catch (IOException e) {
            // Nothing was sent on it.
        }
    }

    /** A bind fails in the same way for a port in use and for an address that is not ours. */
    private static void requireLocal(InetAddress local) {
        try {
            if (!local.isLoopbackAddress() && NetworkInterface.getByInetAddress(local) == null)
                throw new IllegalArgumentException(local.getHostAddress() + " is not an address of this machine");
        } catch (IOException e) {
            throw new IllegalArgumentException(local.getHostAddress() + ": " + e.getMessage(), e);
        }
    }
}
