package dev.outdial.sip.jain;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A datagram socket that shows everything to a {@link WireGuard} first. */
final class GuardedDatagramSocket extends DatagramSocket {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedDatagramSocket.class);

    private final WireGuard guard;
    private final CountDownLatch read = new CountDownLatch(1);

    GuardedDatagramSocket(InetSocketAddress local, WireGuard guard) throws SocketException {
        super(local);
        this.guard = guard;
    }

    /** Waits that long for somebody to read from it. */
    void awaitReader(long nanos) throws InterruptedException {
        if (!read.await(nanos, TimeUnit.NANOSECONDS)) LOG.debug("nobody reads from {}", getLocalSocketAddress());
    }

    @Override
    public void receive(DatagramPacket packet) throws IOException {
        read.countDown();
        int capacity = packet.getLength();
        while (true) {
            packet.setLength(capacity);
            super.receive(packet);
            var source = (InetSocketAddress) packet.getSocketAddress();
            if (guard.admits(source, packet.getData(), packet.getOffset(), packet.getLength())) return;
        }
    }

    @Override
    public void send(DatagramPacket packet) throws IOException {
        if (guard.releases(packet.getData(), packet.getOffset(), packet.getLength())) super.send(packet);
    }
}
