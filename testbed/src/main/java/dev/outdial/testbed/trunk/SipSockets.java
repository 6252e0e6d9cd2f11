package dev.outdial.testbed.trunk;

import dev.outdial.testbed.message.MessageStream;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.peer.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/** The SIP ports of a trunk, UDP and TCP under one number. Everything but {@link #address} belongs to the loop. */
final class SipSockets {
    private static final int TRIES_FOR_A_PAIR = 50;
    private static final int UDP_BUFFER_BYTES = 4 << 20;
    private static final int MOST_DATAGRAMS_A_TURN = 50;

    /** Takes what arrives. */
    interface Receiver {
        void receive(SipMessage message, Hop from, long nowNanos);
    }

    private final class Connection {
        private final SocketChannel channel;
        private final InetSocketAddress remote;
        private final InetSocketAddress local;
        private final MessageStream stream = new MessageStream();
        private final ArrayDeque<ByteBuffer> unsent = new ArrayDeque<>();
        private final SelectionKey key;

        private Connection(SocketChannel channel) throws IOException {
            this.channel = channel;
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            remote = (InetSocketAddress) channel.getRemoteAddress();
            local = (InetSocketAddress) channel.getLocalAddress();
            key = loop.watch(channel, SelectionKey.OP_READ, this::ready);
        }

        private void ready() {
            try {
                if (key.isReadable()) read();
                write();
            } catch (IOException e) {
                drop();
            }
        }

        private void read() throws IOException {
            buffer.clear();
            int count = channel.read(buffer);
            if (count > 0) {
                long now = System.nanoTime();
                for (var message : stream.feed(buffer.array(), 0, count)) {
                    tap.note(now, remote, local, message.toBytes());
                    receiver.receive(message, new Hop(Wire.TCP, remote, local), now);
                }
            }
            if (count < 0 || stream.broken()) drop();
        }

        private void send(byte[] bytes) {
            unsent.add(ByteBuffer.wrap(bytes));
            try {
                write();
            } catch (IOException e) {
                drop();
            }
        }

        private void write() throws IOException {
            if (!channel.isOpen()) return;
            for (var next = unsent.peek(); next != null; next = unsent.peek()) {
                channel.write(next);
                if (next.hasRemaining()) break;
                unsent.remove();
            }
            key.interestOps(unsent.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }

        private void drop() {
            connections.remove(remote, this);
            try {
                channel.close();
            } catch (IOException e) {
                // It is gone either way.
            }
        }
    }

    private final TrunkLoop loop;
    private final WireTap tap;
    private final DatagramChannel udp;
    private final ServerSocketChannel tcp;
    private final InetSocketAddress address;
    private final Map<InetSocketAddress, Connection> connections = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(65_536);
    private Receiver receiver = (message, from, now) -> {};

    private SipSockets(TrunkLoop loop, WireTap tap, DatagramChannel udp, ServerSocketChannel tcp) throws IOException {
        this.loop = loop;
        this.tap = tap;
        this.udp = udp;
        this.tcp = tcp;
        address = (InetSocketAddress) udp.getLocalAddress();
    }

    static SipSockets open(TrunkLoop loop, WireTap tap, InetSocketAddress listen) {
        for (int i = 1; ; i++) {
            try {
                return openPair(loop, tap, listen);
            } catch (IOException e) {
                // A free UDP port may be taken on TCP: try another, but only where any port will do.
                if (listen.getPort() != 0 || i == TRIES_FOR_A_PAIR) {
                    throw new UncheckedIOException("cannot listen on " + listen + ": " + e.getMessage(), e);
                }
            }
        }
    }

    private static SipSockets openPair(TrunkLoop loop, WireTap tap, InetSocketAddress listen) throws IOException {
        var udp = DatagramChannel.open();
        var tcp = ServerSocketChannel.open();
        try {
            udp.setOption(StandardSocketOptions.SO_RCVBUF, UDP_BUFFER_BYTES);
            udp.bind(listen);
            tcp.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            tcp.bind(new InetSocketAddress(listen.getAddress(), ((InetSocketAddress) udp.getLocalAddress()).getPort()));
            return new SipSockets(loop, tap, udp, tcp);
        } catch (IOException e) {
            udp.close();
            tcp.close();
            throw e;
        }
    }

    /** Begins to receive. */
    void receive(Receiver to) {
        receiver = to;
        loop.watch(udp, SelectionKey.OP_READ, this::readUdp);
        loop.watch(tcp, SelectionKey.OP_ACCEPT, this::accept);
    }

    InetSocketAddress address() {
        return address;
    }

    private void readUdp() {
        try {
            // A trunk that is sent to without a pause has timers and other ports to look after, too.
            for (int i = 0; i < MOST_DATAGRAMS_A_TURN; i++) {
                buffer.clear();
                var source = (InetSocketAddress) udp.receive(buffer);
                if (source == null) return;
                long now = System.nanoTime();
                var bytes = new byte[buffer.flip().remaining()];
                buffer.get(bytes);
                var local = localTowards(source);
                tap.note(now, source, local, bytes);
                SipMessage.parse(bytes).ifPresent(m -> receiver.receive(m, new Hop(Wire.UDP, source, local), now));
            }
        } catch (IOException e) {
            // An ICMP error of something sent earlier: the next datagram may be good.
        }
    }

    /** The address of ours that a caller reaches: the one we listen on, or the one of the route to them. */
    private InetSocketAddress localTowards(InetSocketAddress remote) {
        if (!address.getAddress().isAnyLocalAddress()) return address;
        try (var probe = new DatagramSocket()) {
            probe.connect(remote);
            return new InetSocketAddress(probe.getLocalAddress(), address.getPort());
        } catch (IOException e) {
            return address;
        }
    }

    private void accept() {
        try {
            var channel = tcp.accept();
            if (channel == null) return;
            var connection = new Connection(channel);
            connections.put(connection.remote, connection);
        } catch (IOException e) {
            // The connection went away before it was accepted.
        }
    }

    /** Sends; over TCP on the connection that there is, and not at all where there is none any more. */
    void send(SipMessage message, Hop to) {
        var bytes = message.toBytes();
        tap.note(System.nanoTime(), to.local(), to.remote(), bytes);
        switch (to.wire()) {
            case UDP -> {
                try {
                    udp.send(ByteBuffer.wrap(bytes), to.remote());
                } catch (IOException e) {
                    // As if the network had lost it; retransmissions are the remedy.
                }
            }
            case TCP -> {
                var connection = connections.get(to.remote());
                if (connection != null) connection.send(bytes);
            }
            case TLS -> throw new IllegalStateException("this trunk speaks no TLS");
        }
    }
}
