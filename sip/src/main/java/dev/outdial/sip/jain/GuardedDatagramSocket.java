package dev.outdial.sip.jain;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A datagram socket that shows everything to a {@link WireGuard} first. */
final class GuardedDatagramSocket extends DatagramSocket {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedDatagramSocket.class);
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final WireGuard guard;
    private final ReentrantLock receiving = new ReentrantLock();
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
        receiving.lock();
        try {
            receiveAdmitted(packet);
        } finally {
            receiving.unlock();
        }
    }

    private void receiveAdmitted(DatagramPacket packet) throws IOException {
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

    /** Also waits until the receiving thread has left: before that the kernel keeps the port. */
    @Override
    public void close() {
        super.close();
        if (receiving.isHeldByCurrentThread()) return;
        long deadlineNanos = System.nanoTime() + CLOSE_NANOS;
        boolean interrupted = false;
        boolean left = false;
        while (!left && System.nanoTime() < deadlineNanos) {
            try {
                left = receiving.tryLock(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (left) receiving.unlock();
        if (interrupted) Thread.currentThread().interrupt();
    }
}
