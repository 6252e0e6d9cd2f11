package dev.outdial.sip.jain;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.transport.WireMessage.Direction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A TCP or TLS connection over which messages go. What is read from it is whole messages that the guard admitted, and nothing else: pings
 * are answered here. <b>Threading:</b> any thread.
 */
final class Connection {
    private static final byte[] PING = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PONG = "\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final long LONGEST_WRITE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Hop hop;
    private final boolean ours;
    private final Socket socket;
    private final Socket below;
    private final Connections connections;
    private final OutputStream raw;
    private final KeepAlive keepAlive;
    private final ConnectionInput input;
    private final ConnectionOutput output;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile long writeStartNanos;
    private volatile boolean inWrite;

    /**
     * One that is connected.
     *
     * @param ours whether we opened it
     * @param below the socket that can be closed without waiting for anything: over TLS, the one of TCP
     * @param in what comes, decrypted
     * @param raw what leaves, to be encrypted
     */
    Connection(
            Hop hop,
            boolean ours,
            Socket socket,
            Socket below,
            Connections connections,
            InputStream in,
            OutputStream raw) {
        this.hop = hop;
        this.ours = ours;
        this.socket = socket;
        this.below = below;
        this.connections = connections;
        this.raw = raw;
        this.input = new ConnectionInput(in, this);
        this.output = new ConnectionOutput(this);
        this.keepAlive = new KeepAlive(
                connections.wire().keepAlive(),
                connections.answersPings(hop.address()),
                System.nanoTime(),
                ThreadLocalRandom.current().nextDouble());
    }

    /** The far end; of a connection that it opened, with the port that it used for that. */
    Hop hop() {
        return hop;
    }

    boolean isOurs() {
        return ours;
    }

    /** Whether it may stay without saying anything. */
    boolean mayBeIdle() {
        return ours || connections.wire().guard().trusts(hop.address().getAddress());
    }

    Socket socket() {
        return socket;
    }

    InputStream input() {
        return input;
    }

    OutputStream output() {
        return output;
    }

    Wire wire() {
        return connections.wire();
    }

    InetSocketAddress local() {
        return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
    }

    boolean answersPings() {
        synchronized (keepAlive) {
            return keepAlive.answersPings();
        }
    }

    /** A whole message came, or left. */
    void message(Direction direction, byte[] bytes, int byteLength) {
        synchronized (keepAlive) {
            keepAlive.message(direction == Direction.RECEIVED, System.nanoTime());
        }
        wire().watch().saw(direction, hop.transport(), local(), hop.address(), bytes, 0, byteLength);
    }

    /** The far end sent CRLF between messages, and perhaps another: that is a ping. */
    void crlf(boolean ping) throws IOException {
        synchronized (keepAlive) {
            keepAlive.crlf();
        }
        if (ping) write(PONG, 0, PONG.length);
    }

    /** Writes all of it, or throws; a far end that does not read is cut off by {@link #tend}. */
    void write(byte[] bytes, int offset, int byteLength) throws IOException {
        writing.lock();
        try {
            writeStartNanos = System.nanoTime();
            inWrite = true;
            raw.write(bytes, offset, byteLength);
            raw.flush();
        } finally {
            inWrite = false;
            writing.unlock();
        }
    }

    /**
     * Looks whether it needs anything; does not wait.
     *
     * @param wanted keep it alive however long it was quiet
     * @return what the sender of its hop should do: writing may take a while
     */
    KeepAlive.Deed tend(boolean wanted) {
        long now = System.nanoTime();
        if (inWrite && now - writeStartNanos >= LONGEST_WRITE_NANOS) return KeepAlive.Deed.GIVE_UP;
        if (!ours) return KeepAlive.Deed.NOTHING;
        synchronized (keepAlive) {
            return keepAlive.due(wanted, now, ThreadLocalRandom.current().nextDouble());
        }
    }

    /** Writes the ping of RFC 5626 section 4.4.1. */
    void ping() {
        try {
            write(PING, 0, PING.length);
        } catch (IOException e) {
            abort();
        }
    }

    /** Gives it up without a word to the far end; does not wait. */
    void abort() {
        Quietly.close(below);
        connections.closed(socket);
    }

    @Override
    public String toString() {
        return hop.toString();
    }
}
