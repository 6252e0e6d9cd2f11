package dev.outdial.testbed.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The sockets of a {@link DnsServer}, blocking, one virtual thread each. Safe for any thread. */
final class DnsServerSockets implements AutoCloseable {
    private static final int TRIES_FOR_A_PAIR = 50;
    private static final int READ_TIMEOUT_MILLIS = 10_000;

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final Answering answering;

    /**
     * What goes back.
     *
     * @param messages one after the other
     * @param after the time to wait before the first
     */
    record Outgoing(List<byte[]> messages, Duration after) {}

    /** Whoever knows the answers; called on several threads. */
    @FunctionalInterface
    interface Answering {
        Optional<Outgoing> to(byte[] message, boolean stream);
    }

    private DnsServerSockets(DatagramSocket udp, ServerSocket tcp, Answering answering) {
        this.udp = udp;
        this.tcp = tcp;
        this.answering = answering;
    }

    static DnsServerSockets open(Answering answering) {
        for (int i = 1; ; i++) {
            try {
                InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
                var udp = new DatagramSocket(new InetSocketAddress(loopback, 0));
                try {
                    var tcp = new ServerSocket(udp.getLocalPort(), 50, loopback);
                    var sockets = new DnsServerSockets(udp, tcp, answering);
                    Thread.ofVirtual().name("dns-server-udp").start(sockets::readUdp);
                    Thread.ofVirtual().name("dns-server-tcp").start(sockets::acceptTcp);
                    return sockets;
                } catch (IOException e) {
                    udp.close();
                    throw e;
                }
            } catch (IOException e) {
                // A free UDP port may be taken on TCP.
                if (i == TRIES_FOR_A_PAIR) throw new UncheckedIOException("cannot listen: " + e.getMessage(), e);
            }
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) udp.getLocalSocketAddress();
    }

    private void readUdp() {
        var packet = new DatagramPacket(new byte[4096], 4096);
        while (!udp.isClosed()) {
            try {
                packet.setLength(4096);
                udp.receive(packet);
                var from = (InetSocketAddress) packet.getSocketAddress();
                answering
                        .to(Arrays.copyOf(packet.getData(), packet.getLength()), false)
                        .ifPresent(outgoing -> send(outgoing, from));
            } catch (IOException e) {
                // Closed, or the last client went away without waiting: the next one may wait.
                continue;
            }
        }
    }

    private void send(Outgoing outgoing, InetSocketAddress to) {
        Thread.ofVirtual().name("dns-server-answer").start(() -> {
            try {
                Thread.sleep(outgoing.after());
                for (byte[] message : outgoing.messages()) {
                    udp.send(new DatagramPacket(message, message.length, to));
                }
            } catch (IOException e) {
                // The client or the server is gone: nobody to tell.
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void acceptTcp() {
        while (!tcp.isClosed()) {
            try {
                Socket connection = tcp.accept();
                Thread.ofVirtual().name("dns-server-stream").start(() -> serve(connection));
            } catch (IOException e) {
                // Closed, or the connection broke before it was taken.
                continue;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setSoTimeout(READ_TIMEOUT_MILLIS);
            var in = new DataInputStream(connection.getInputStream());
            var out = new DataOutputStream(connection.getOutputStream());
            while (!tcp.isClosed()) {
                var message = new byte[in.readUnsignedShort()];
                in.readFully(message);
                Optional<Outgoing> outgoing = answering.to(message, true);
                if (outgoing.isEmpty()) continue;
                Thread.sleep(outgoing.get().after());
                for (byte[] answer : outgoing.get().messages()) {
                    out.writeShort(answer.length);
                    out.write(answer);
                    out.flush();
                }
            }
        } catch (SocketException e) {
            // The client is gone.
            return;
        } catch (IOException e) {
            // It said all it wanted to say.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
