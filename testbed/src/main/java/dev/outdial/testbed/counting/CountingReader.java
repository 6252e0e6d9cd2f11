package dev.outdial.testbed.counting;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that reads all ports and takes the time of each packet: it looks at all of them ten thousand times a second. It does not
 * wait to be woken: on one machine, waking it would cost whoever sent the packet more than the sending. The streams are guarded by
 * their own lock, held for one turn of reading.
 */
final class CountingReader implements AutoCloseable {
    // Enough to empty a burst, few enough that the other ports' packets are not timed late.
    private static final int MOST_DATAGRAMS_A_TURN = 64;
    private static final long LOOK_EVERY_NANOS = 100_000;
    // Who has not looked for longer does not know when a packet came: to say 'now' would blame the sender.
    private static final long SURE_NANOS = 1_000_000;
    // As many datagrams as a receive buffer may hold.
    private static final int LAST_TURNS = 1000;
    private static final long CLOSE_MILLIS = 2000;

    private final List<CountingPort> ports;
    private final CountedStreams streams;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(2048);
    // Whoever takes the time must not be late itself: what it is counts against the sender.
    private final Thread thread = Thread.ofPlatform()
            .name("testbed-counting")
            .daemon()
            .priority(Thread.MAX_PRIORITY)
            .unstarted(this::run);
    private volatile boolean closed;
    private volatile long longestReadNanos;

    private CountingReader(List<CountingPort> ports, CountedStreams streams) {
        this.ports = List.copyOf(ports);
        this.streams = streams;
    }

    static CountingReader start(List<CountingPort> ports, CountedStreams streams) {
        var reader = new CountingReader(ports, streams);
        reader.thread.start();
        return reader;
    }

    /** The longest that it took to read what was there. */
    long longestReadNanos() {
        return longestReadNanos;
    }

    private void run() {
        long lookedBeforeNanos = System.nanoTime();
        while (!closed) {
            long lookedNanos = System.nanoTime();
            if (readAll(lookedBeforeNanos))
                longestReadNanos = Math.max(longestReadNanos, System.nanoTime() - lookedNanos);
            lookedBeforeNanos = lookedNanos;
            LockSupport.parkNanos(this, LOOK_EVERY_NANOS - (System.nanoTime() - lookedNanos));
        }
        // What was sent before the closing is there by now, on one machine. Those who go on sending must not hold this
        // up.
        int turn = 0;
        while (turn < LAST_TURNS && readAll(lookedBeforeNanos)) turn++;
    }

    private boolean readAll(long lookedBeforeNanos) {
        boolean any = false;
        for (var port : ports) {
            any |= read(port.rtp(), true, lookedBeforeNanos);
            any |= read(port.rtcp(), false, lookedBeforeNanos);
        }
        return any;
    }

    private boolean read(DatagramChannel channel, boolean isRtp, long lookedBeforeNanos) {
        boolean any = false;
        synchronized (streams) {
            try {
                for (int i = 0; i < MOST_DATAGRAMS_A_TURN; i++) {
                    buffer.clear();
                    var source = (InetSocketAddress) channel.receive(buffer);
                    if (source == null) return any;
                    any = true;
                    if (!isRtp) continue;
                    long nowNanos = System.nanoTime();
                    streams.hear(buffer.flip(), source.getPort(), nowNanos, nowNanos - lookedBeforeNanos <= SURE_NANOS);
                }
            } catch (IOException e) {
                // An ICMP error of something sent earlier: the next datagram may be good.
            }
        }
        return any;
    }

    /** Reads once more what is there, and stops. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
