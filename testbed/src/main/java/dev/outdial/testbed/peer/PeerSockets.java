package dev.outdial.testbed.peer;

import dev.outdial.testbed.message.MessageStream;
import dev.outdial.testbed.message.SipMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/** The sockets of a {@link ScriptedPeer}, blocking, one virtual thread each. Safe for any thread. */
final class PeerSockets implements AutoCloseable {
    private static final int TRIES_FOR_A_PAIR = 50;

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final Wire streams;
    private final Map<InetSocketAddress, Socket> connections = new ConcurrentHashMap<>();
    private final List<Consumer<Heard>> listeners = new CopyOnWriteArrayList<>();

    private PeerSockets(DatagramSocket udp, ServerSocket tcp, Wire streams, Consumer<Heard> listener) {
        this.udp = udp;
        this.tcp = tcp;
        this.streams = streams;
        listeners.add(listener);
    }

    static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With a context, what connects must speak TLS. */
    static PeerSockets open(InetSocketAddress wanted, Optional<SSLContext> tls, Consumer<Heard> listener) {
        ServerSocketFactory factory = tls.<ServerSocketFactory>map(SSLContext::getServerSocketFactory)
                .orElseGet(ServerSocketFactory::getDefault);
        for (int i = 1; ; i++) {
            try {
                var udp = new DatagramSocket(wanted);
                try {
                    var tcp = factory.createServerSocket(udp.getLocalPort(), 50, wanted.getAddress());
                    var sockets = new PeerSockets(udp, tcp, tls.isPresent() ? Wire.TLS : Wire.TCP, listener);
                    Thread.ofVirtual().name("peer-udp").start(sockets::readUdp);
                    Thread.ofVirtual().name("peer-tcp").start(sockets::acceptTcp);
                    return sockets;
                } catch (IOException e) {
                    udp.close();
                    throw e;
                }
            } catch (IOException e) {
                // A free UDP port may be taken on TCP: try another, but only where any port will do.
                if (wanted.getPort() != 0 || i == TRIES_FOR_A_PAIR) {
                    throw new UncheckedIOException("cannot listen on " + wanted + ": " + e.getMessage(), e);
                }
            }
        }
    }

    /** Waits until that many connections are open. */
    boolean awaitConnections(int wanted, Duration within) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + within.toNanos();
        synchronized (connections) {
            while (connections.size() != wanted) {
                long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
                if (leftMillis <= 0) return false;
                connections.wait(leftMillis);
            }
            return true;
        }
    }

    private void remember(InetSocketAddress remote, Socket socket) {
        synchronized (connections) {
            connections.put(remote, socket);
            connections.notifyAll();
        }
    }

    private void forget(InetSocketAddress remote, Socket socket) {
        synchronized (connections) {
            connections.remove(remote, socket);
            connections.notifyAll();
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(udp.getLocalAddress(), udp.getLocalPort());
    }

    void onHeard(Consumer<Heard> listener) {
        listeners.add(listener);
    }

    private void readUdp() {
        var packet = new DatagramPacket(new byte[65_535], 65_535);
        while (!udp.isClosed()) {
            try {
                udp.receive(packet);
            } catch (IOException e) {
                continue; // closed, or an ICMP error of something sent earlier: neither is this peer's concern
            }
            var bytes = Arrays.copyOf(packet.getData(), packet.getLength());
            var source = (InetSocketAddress) packet.getSocketAddress();
            SipMessage.parse(bytes).ifPresent(m -> tell(new Heard(m, Wire.UDP, source, System.nanoTime())));
        }
    }

    private void acceptTcp() {
        while (!tcp.isClosed()) {
            try {
                adopt(tcp.accept());
            } catch (IOException e) {
                // Closed, or a connection that went away before it was accepted.
            }
        }
    }

    private Socket adopt(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        var remote = (InetSocketAddress) socket.getRemoteSocketAddress();
        remember(remote, socket);
        Thread.ofVirtual().name("peer-connection").start(() -> readTcp(socket, remote));
        return socket;
    }

    private void readTcp(Socket socket, InetSocketAddress remote) {
        var stream = new MessageStream();
        var buffer = new byte[8192];
        try (socket) {
            var in = socket.getInputStream();
            int count;
            while ((count = in.read(buffer)) >= 0 && !stream.broken()) {
                long now = System.nanoTime();
                stream.feed(buffer, 0, count).forEach(m -> tell(new Heard(m, streams, remote, now)));
            }
        } catch (IOException e) {
            // The connection is gone; what a script still waits for will not come, and it will say so.
        } finally {
            forget(remote, socket);
        }
    }

    private void tell(Heard heard) {
        listeners.forEach(l -> l.accept(heard));
    }

    void send(byte[] bytes, Wire wire, InetSocketAddress to) {
        try {
            switch (wire) {
                case UDP -> udp.send(new DatagramPacket(bytes, bytes.length, to));
                case TCP, TLS -> {
                    var known = connections.get(to);
                    if (known == null && wire == Wire.TLS) throw new IOException("it has not connected, or has gone");
                    var socket = known == null ? adopt(new Socket(to.getAddress(), to.getPort())) : known;
                    synchronized (socket) {
                        socket.getOutputStream().write(bytes);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send to " + to + " by " + wire + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            udp.close();
            tcp.close();
            for (var socket : connections.values()) socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
