package dev.outdial.media.net;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * Hands out port pairs of a range, each again only after all others have had their turn: late packets of an ended call do not
 * reach the next one. <b>Threading:</b> any; giving back never waits, though looking for a free pair takes its time where other
 * programs have many.
 */
public final class RtpPorts {
    private final int firstPort;
    private final int lastPort;
    private final @Nullable PacketTap tap;
    private final int firstEven;
    private final int pairCount;
    /** 1 for a pair in use: set by who opens, one at a time. */
    private final AtomicIntegerArray taken;

    private final AtomicInteger inUse = new AtomicInteger();
    private int next;

    /** Both inclusive; there must be room for one pair. */
    public RtpPorts(int firstPort, int lastPort) {
        this(firstPort, lastPort, Optional.empty());
    }

    /** The same, with somebody who sees what goes through the ports. */
    public RtpPorts(int firstPort, int lastPort, Optional<PacketTap> tap) {
        this.firstPort = firstPort;
        this.lastPort = lastPort;
        this.tap = tap.orElse(null);
        this.firstEven = firstPort + (firstPort & 1);
        this.pairCount = (lastPort - firstEven + 1) / 2;
        if (firstPort < 1 || lastPort > 65535 || pairCount < 1)
            throw new IllegalArgumentException("RTP ports " + firstPort + "-" + lastPort);
        this.taken = new AtomicIntegerArray(pairCount);
    }

    /**
     * Binds a pair.
     *
     * @throws RtpPortsExhaustedException when no pair is free, or the system opens no more sockets
     * @throws IllegalArgumentException when the address is not one of this machine, or stands for all of them
     */
    public synchronized MediaPorts open(InetAddress local) throws RtpPortsExhaustedException {
        if (local.isAnyLocalAddress())
            throw new IllegalArgumentException(
                    local.getHostAddress() + ": expected one address, it is named in the offer");
        boolean isLocal = false;
        for (int i = 0; i < pairCount; i++) {
            int pair = (next + i) % pairCount;
            if (taken.get(pair) != 0) continue;
            Optional<MediaPorts> ports = bind(local, pair);
            if (ports.isPresent()) {
                taken.set(pair, 1);
                inUse.incrementAndGet();
                next = (pair + 1) % pairCount;
                return ports.get();
            }
            if (!isLocal) requireLocal(local);
            isLocal = true;
        }
        throw new RtpPortsExhaustedException(firstPort, lastPort, inUse.get(), pairCount);
    }

    /** Pairs that are in use. */
    public int inUse() {
        return inUse.get();
    }

    /** By a media loop, which must not wait for who looks for a free pair. */
    private void release(int pair) {
        taken.set(pair, 0);
        inUse.decrementAndGet();
    }

    private Optional<MediaPorts> bind(InetAddress local, int pair) throws RtpPortsExhaustedException {
        int port = firstEven + 2 * pair;
        Optional<MediaSocket> rtp = bindPort(local, port);
        if (rtp.isEmpty()) return Optional.empty();
        Optional<MediaSocket> rtcp = Optional.empty();
        try {
            rtcp = bindPort(local, port + 1);
        } finally {
            if (rtcp.isEmpty()) rtp.get().close();
        }
        return rtcp.map(odd -> new MediaPorts(new InetSocketAddress(local, port), rtp.get(), odd, () -> release(pair)));
    }

    /** Empty where another program has the port. */
    private Optional<MediaSocket> bindPort(InetAddress local, int port) throws RtpPortsExhaustedException {
        try {
            DatagramChannel channel = DatagramChannel.open(
                    local instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
            boolean done = false;
            try {
                var address = new InetSocketAddress(local, port);
                channel.bind(address);
                var socket = new MediaSocket(channel, address, tap);
                done = true;
                return Optional.of(socket);
            } finally {
                if (!done) channel.close();
            }
        } catch (BindException e) {
            return Optional.empty();
        } catch (IOException e) {
            // No file descriptors left: the other ports would fare no better.
            throw new RtpPortsExhaustedException(firstPort, lastPort, inUse.get(), e);
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
