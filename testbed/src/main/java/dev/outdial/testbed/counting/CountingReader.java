package dev.outdial.testbed.counting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;

/**
 * The thread that reads all ports and takes the time of each packet: it sleeps in a selector and wakes for every packet that finds it
 * asleep. The streams are guarded by their own lock, held for one turn of reading.
 */
final class CountingReader implements AutoCloseable {
    // Enough to empty a burst, few enough that the other ports' packets are not timed late.
    private static final int MOST_DATAGRAMS_A_TURN = 64;
    private static final long CLOSE_MILLIS = 2000;

    private final Selector selector;
    private final CountedStreams streams;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(2048);
    private final Thread thread =
            Thread.ofPlatform().name("testbed-counting").daemon().unstarted(this::run);
    private volatile boolean closed;
    private volatile long longestReadNanos;

    private CountingReader(Selector selector, CountedStreams streams) {
        this.selector = selector;
        this.streams = streams;
    }

    static CountingReader start(List<CountingPort> ports, CountedStreams streams) {
        try {
            var reader = new CountingReader(Selector.open(), streams);
            for (var port : ports) {
                port.rtp().register(reader.selector, SelectionKey.OP_READ, Boolean.TRUE);
                port.rtcp().register(reader.selector, SelectionKey.OP_READ, Boolean.FALSE);
            }
            reader.thread.start();
            return reader;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The longest that it took to read what was there. */
    long longestReadNanos() {
        return longestReadNanos;
    }

    private void run() {
        while (!closed) {
            try {
                long[] wokenNanos = {0};
                selector.select(key -> {
                    if (wokenNanos[0] == 0) wokenNanos[0] = System.nanoTime();
                    read(key);
                });
                if (wokenNanos[0] != 0)
                    longestReadNanos = Math.max(longestReadNanos, System.nanoTime() - wokenNanos[0]);
            } catch (IOException e) {
                // An ICMP error of something sent earlier: what comes next may be good.
            } catch (ClosedSelectorException e) {
                return;
            }
        }
    }

    private void read(SelectionKey key) {
        boolean isRtp = Boolean.TRUE.equals(key.attachment());
        if (!(key.channel() instanceof DatagramChannel channel)) return;
        synchronized (streams) {
            try {
                for (int i = 0; i < MOST_DATAGRAMS_A_TURN; i++) {
                    buffer.clear();
                    var source = (InetSocketAddress) channel.receive(buffer);
                    if (source == null) return;
                    if (isRtp) streams.hear(buffer.flip(), source.getPort(), System.nanoTime());
                }
            } catch (IOException e) {
                // An ICMP error of something sent earlier: the next datagram may be good.
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(CLOSE_MILLIS);
            selector.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
