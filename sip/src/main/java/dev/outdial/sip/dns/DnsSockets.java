package dev.outdial.sip.dns;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.Message;
import org.xbill.DNS.io.IoClientFactory;
import org.xbill.DNS.io.TcpIoClient;
import org.xbill.DNS.io.UdpIoClient;

/**
 * Carries questions to name servers for dnsjava, in place of its own selector: that one is a thread for the whole JVM which stays, checks time-outs only
 * when nothing else happens, and ends a question at the first datagram of a stranger. Here each question has a socket with a port of
 * its own, and waits on the thread that asks. <b>Threading:</b> any thread; blocks.
 */
final class DnsSockets implements IoClientFactory, UdpIoClient, TcpIoClient, AutoCloseable {
    private static final int HEADER_LENGTH = 12;

    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    @Override
    public UdpIoClient createOrGetUdpClient() {
        return this;
    }

    @Override
    public TcpIoClient createOrGetTcpClient() {
        return this;
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceiveUdp(
            InetSocketAddress local, InetSocketAddress remote, Message query, byte[] data, int max, Duration timeout) {
        try {
            return CompletableFuture.completedFuture(overUdp(remote, data, max, timeout));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceiveTcp(
            InetSocketAddress local, InetSocketAddress remote, Message query, byte[] data, Duration timeout) {
        try {
            return CompletableFuture.completedFuture(overTcp(remote, data, timeout));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private byte[] overUdp(InetSocketAddress remote, byte[] query, int max, Duration timeout) throws IOException {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        var socket = new DatagramSocket();
        try (socket) {
            hold(socket);
            // Connected: datagrams of others never arrive, and a closed port is told.
            socket.connect(remote);
            socket.send(new DatagramPacket(query, query.length));
            var answer = new DatagramPacket(new byte[max], max);
            while (true) {
                socket.setSoTimeout(leftMillis(deadlineNanos));
                answer.setLength(max);
                socket.receive(answer);
                byte[] message = Arrays.copyOf(answer.getData(), answer.getLength());
                // Whoever guesses our port still has to guess the id, and has only until the answer comes.
                if (answers(message, query)) return message;
            }
        } finally {
            open.remove(socket);
        }
    }

    private byte[] overTcp(InetSocketAddress remote, byte[] query, Duration timeout) throws IOException {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        var socket = new Socket();
        try (socket) {
            hold(socket);
            socket.connect(remote, leftMillis(deadlineNanos));
            socket.setSoTimeout(leftMillis(deadlineNanos));
            var framed = new byte[query.length + 2];
            framed[0] = (byte) (query.length >> 8);
            framed[1] = (byte) query.length;
            System.arraycopy(query, 0, framed, 2, query.length);
            socket.getOutputStream().write(framed);
            var in = new DataInputStream(socket.getInputStream());
            var message = new byte[in.readUnsignedShort()];
            // A byte now and then must not hold us longer than agreed.
            for (int count = 0; count < message.length; ) {
                socket.setSoTimeout(leftMillis(deadlineNanos));
                int read = in.read(message, count, message.length - count);
                if (read < 0) throw new EOFException("the connection was closed within an answer");
                count += read;
            }
            return message;
        } finally {
            open.remove(socket);
        }
    }

    private static boolean answers(byte[] message, byte[] query) {
        boolean response = message.length >= HEADER_LENGTH && message[2] < 0;
        return response && message[0] == query[0] && message[1] == query[1];
    }

    private static int leftMillis(long deadlineNanos) throws SocketTimeoutException {
        long leftNanos = deadlineNanos - System.nanoTime();
        if (leftNanos <= 0) throw new SocketTimeoutException("no answer in time");
        return (int) Math.max(1, leftNanos / 1_000_000);
    }

    private void hold(AutoCloseable socket) throws SocketException {
        open.add(socket);
        if (closed) throw new SocketException("closed");
    }

    /** Ends all that wait, with an exception. */
    @Override
    public void close() {
        closed = true;
        for (AutoCloseable socket : open) {
            try {
                socket.close();
            } catch (Exception e) {
                // It was going away anyhow.
                continue;
            }
        }
    }
}
