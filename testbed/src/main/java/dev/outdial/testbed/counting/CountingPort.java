package dev.outdial.testbed.counting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * An even RTP port that many callees share, and the RTCP port above it. <b>Threading:</b> one thread receives, another may send.
 */
final class CountingPort implements AutoCloseable {
    private static final int TRIES_FOR_A_PAIR = 200;

    // The system grants what it allows, often 208 KiB: then the number of ports is what holds a burst.
    private static final int BUFFER_BYTES = 4 << 20;

    private final DatagramChannel rtp;
    private final DatagramChannel rtcp;
    private final int port;

    private CountingPort(DatagramChannel rtp, DatagramChannel rtcp, int port) {
        this.rtp = rtp;
        this.rtcp = rtcp;
        this.port = port;
    }

    /** Opens that many; where one fails, none stays open. */
    static List<CountingPort> open(int count, Supplier<CountingPort> opener) {
        List<CountingPort> ports = new ArrayList<>();
        try {
            while (ports.size() < count) ports.add(opener.get());
            return ports;
        } catch (RuntimeException e) {
            ports.forEach(CountingPort::close);
            throw e;
        }
    }

    static CountingPort open(InetAddress address) {
        try {
            for (int i = 0; i < TRIES_FOR_A_PAIR; i++) {
                var rtp = bound(address, 0);
                int port = ((InetSocketAddress) rtp.getLocalAddress()).getPort();
                if (port % 2 == 0) {
                    try {
                        return new CountingPort(rtp, bound(address, port + 1), port);
                    } catch (IOException e) {
                        // Somebody else has the port above: the next pair may be free.
                    }
                }
                rtp.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open an RTP port: " + e.getMessage(), e);
        }
        throw new UncheckedIOException(new IOException("no pair of free ports on " + address));
    }

    private static DatagramChannel bound(InetAddress address, int port) throws IOException {
        var channel = DatagramChannel.open();
        try {
            channel.bind(new InetSocketAddress(address, port));
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
            channel.configureBlocking(false);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    DatagramChannel rtp() {
        return rtp;
    }

    DatagramChannel rtcp() {
        return rtcp;
    }

    /** Sends from the RTP port; false where the system did not take it. */
    boolean send(ByteBuffer datagram, InetSocketAddress to) {
        try {
            return rtp.send(datagram, to) > 0;
        } catch (IOException e) {
            // Nobody listens there any more; a telephone would not notice either.
            return false;
        }
    }

    @Override
    public void close() {
        try {
            rtp.close();
            rtcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
