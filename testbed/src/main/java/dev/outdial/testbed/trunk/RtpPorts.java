package dev.outdial.testbed.trunk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/** An even RTP port and the RTCP port above it. Belongs to the loop. */
final class RtpPorts implements AutoCloseable {
    private static final int TRIES_FOR_A_PAIR = 200;
    private static final int MOST_DATAGRAMS_A_TURN = 50;
    private static final int RTP_BUFFER_BYTES = 256 << 10;

    /** Takes what arrives on one of the two ports. */
    interface Receiver {
        void receive(byte[] datagram, long nowNanos);
    }

    private final DatagramChannel rtp;
    private final DatagramChannel rtcp;
    private final InetSocketAddress local;
    private final WireTap tap;
    private final ByteBuffer buffer = ByteBuffer.allocate(2048);

    private RtpPorts(DatagramChannel rtp, DatagramChannel rtcp, WireTap tap) throws IOException {
        this.rtp = rtp;
        this.rtcp = rtcp;
        this.tap = tap;
        local = (InetSocketAddress) rtp.getLocalAddress();
    }

    static RtpPorts open(InetAddress address, WireTap tap) {
        try {
            for (int i = 0; i < TRIES_FOR_A_PAIR; i++) {
                var rtp = DatagramChannel.open().bind(new InetSocketAddress(address, 0));
                int port = ((InetSocketAddress) rtp.getLocalAddress()).getPort();
                if (port % 2 == 0) {
                    var rtcp = DatagramChannel.open();
                    try {
                        rtcp.bind(new InetSocketAddress(address, port + 1));
                        rtp.setOption(StandardSocketOptions.SO_RCVBUF, RTP_BUFFER_BYTES);
                        return new RtpPorts(rtp, rtcp, tap);
                    } catch (IOException e) {
                        rtcp.close();
                    }
                }
                rtp.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open an RTP port: " + e.getMessage(), e);
        }
        throw new UncheckedIOException(new IOException("no pair of free ports on " + address));
    }

    void receive(TrunkLoop loop, Receiver toRtp, Receiver toRtcp) {
        loop.watch(rtp, SelectionKey.OP_READ, () -> read(rtp, 0, toRtp));
        loop.watch(rtcp, SelectionKey.OP_READ, () -> read(rtcp, 1, toRtcp));
    }

    private void read(DatagramChannel channel, int portOffset, Receiver to) {
        try {
            for (int i = 0; i < MOST_DATAGRAMS_A_TURN; i++) {
                if (!channel.isOpen()) return;
                buffer.clear();
                var source = (InetSocketAddress) channel.receive(buffer);
                if (source == null) return;
                long now = System.nanoTime();
                var bytes = new byte[buffer.flip().remaining()];
                buffer.get(bytes);
                tap.note(now, source, new InetSocketAddress(local.getAddress(), local.getPort() + portOffset), bytes);
                to.receive(bytes, now);
            }
        } catch (IOException e) {
            // An ICMP error of something sent earlier: the next datagram may be good.
        }
    }

    void sendRtp(byte[] bytes, InetSocketAddress to) {
        send(rtp, local, bytes, to);
    }

    void sendRtcp(byte[] bytes, InetSocketAddress to) {
        var from = new InetSocketAddress(local.getAddress(), local.getPort() + 1);
        send(rtcp, from, bytes, new InetSocketAddress(to.getAddress(), to.getPort() + 1));
    }

    private void send(DatagramChannel channel, InetSocketAddress from, byte[] bytes, InetSocketAddress to) {
        tap.note(System.nanoTime(), from, to, bytes);
        try {
            channel.send(ByteBuffer.wrap(bytes), to);
        } catch (IOException e) {
            // Nobody listens there any more; a telephone would not notice either.
        }
    }

    int port() {
        return local.getPort();
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
