package dev.outdial.sip.jain;

import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.transport.WireMessage.Direction;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A datagram socket that shows everything to the {@link Wire} first. What it receives comes in an array of its own size, whatever room the
 * reader brings.
 */
final class GuardedDatagramSocket extends DatagramSocket {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedDatagramSocket.class);
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final byte[] KEEP_ALIVE = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Wire wire;
    private final ReentrantLock receiving = new ReentrantLock();
    // Guarded by receiving.
    private final byte[] room = new byte[SizeAndRateGuard.LARGEST_MESSAGE_BYTES];
    private final DatagramPacket received = new DatagramPacket(room, room.length);
    private final AtomicLong admitted = new AtomicLong();
    private volatile long workedOn;
    private volatile @Nullable Thread reader;

    GuardedDatagramSocket(InetSocketAddress local, Wire wire) throws SocketException {
        super(local);
        this.wire = wire;
        ServiceClass.mark(this);
    }

    @Override
    public void receive(DatagramPacket packet) throws IOException {
        if (reader != Thread.currentThread()) reader = Thread.currentThread();
        workedOn = admitted.get();
        receiving.lock();
        try {
            receiveAdmitted(packet);
        } finally {
            receiving.unlock();
        }
    }

    private void receiveAdmitted(DatagramPacket packet) throws IOException {
        while (true) {
            received.setLength(room.length);
            try {
                super.receive(received);
            } catch (IOException e) {
                if (isClosed()) throw e;
                // Such as an interface that went away: jain-sip would ask again at once, and again.
                LockSupport.parkNanos(PAUSE_NANOS);
                continue;
            }
            var source = (InetSocketAddress) received.getSocketAddress();
            if (wire.guard().admits(source, room, 0, received.getLength())) {
                packet.setData(Arrays.copyOf(room, received.getLength()));
                packet.setSocketAddress(source);
                saw(Direction.RECEIVED, source, packet);
                admitted.incrementAndGet();
                return;
            }
        }
    }

    private void saw(Direction direction, InetSocketAddress remote, DatagramPacket packet) {
        var local = (InetSocketAddress) getLocalSocketAddress();
        // Closed meanwhile.
        if (local == null) return;
        wire.watch()
                .saw(
                        direction,
                        TransportProtocol.UDP,
                        local,
                        remote,
                        packet.getData(),
                        packet.getOffset(),
                        packet.getLength());
    }

    @Override
    public void send(DatagramPacket packet) throws IOException {
        if (!wire.guard().releases(packet.getData(), packet.getOffset(), packet.getLength())) return;
        // Shown before it leaves: its answer must not be seen first.
        if (!CallIdScan.isKeepAlive(packet.getData(), packet.getOffset(), packet.getLength()))
            saw(Direction.SENT, (InetSocketAddress) packet.getSocketAddress(), packet);
        super.send(packet);
    }

    /** Sends what keeps a NAT's binding open: a datagram of CRLFCRLF. */
    void keepAlive(InetSocketAddress remote) throws IOException {
        super.send(new DatagramPacket(KEEP_ALIVE, KEEP_ALIVE.length, remote));
    }

    /** How many datagrams were handed over to be worked on. */
    long admitted() {
        return admitted.get();
    }

    /** Of how many its reader has come back for the next. */
    long workedOn() {
        return workedOn;
    }

    /** False where the thread that read from it is gone. */
    boolean isAttended() {
        Thread current = reader;
        return isClosed() || current == null || current.isAlive();
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
