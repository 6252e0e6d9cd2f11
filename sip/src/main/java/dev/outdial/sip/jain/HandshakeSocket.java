package dev.outdial.sip.jain;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * The TCP connection below a TLS one. While hands are shaken, what is read must come within three seconds altogether: a far end that
 * never speaks, or speaks a byte now and then, does not hold the sender. It is counted while it lives.
 */
final class HandshakeSocket extends Socket {
    private static final long HANDSHAKE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Connections connections;
    private volatile boolean shakingHands;
    private volatile long deadlineNanos;

    HandshakeSocket(Connections connections) {
        this.connections = connections;
        connections.opened(this);
    }

    /** From now on the time limit holds. */
    void limitHandshake() {
        deadlineNanos = System.nanoTime() + HANDSHAKE_NANOS;
        shakingHands = true;
    }

    /** The time limit holds no longer. */
    void endHandshake() throws IOException {
        shakingHands = false;
        setSoTimeout(0);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                limit();
                return in.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int byteLength) throws IOException {
                limit();
                return in.read(bytes, offset, byteLength);
            }
        };
    }

    private void limit() throws IOException {
        if (!shakingHands) return;
        long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
        if (leftMillis <= 0) throw new SocketTimeoutException("no handshake in time");
        setSoTimeout((int) leftMillis);
    }

    @Override
    public synchronized void close() throws IOException {
        super.close();
        connections.closed(this);
    }
}
