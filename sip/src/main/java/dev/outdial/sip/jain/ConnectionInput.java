package dev.outdial.sip.jain;

import dev.outdial.sip.transport.WireMessage.Direction;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * What jain-sip reads from a connection: whole messages, and the end where {@link StreamFraming} says that the stream must be cut. What has
 * only begun is never handed over, since jain-sip would take its end for the end of the message. <b>Threading:</b> the reading thread.
 */
final class ConnectionInput extends InputStream {
    private final InputStream in;
    private final Connection connection;
    private final StreamFraming framing = new StreamFraming();
    private final byte[] read = new byte[4_096];
    private int readAt;
    private int readEnd;
    private byte[] message = new byte[1_024];
    private int messageBytes;
    private int handedOver;
    private boolean complete;
    private boolean cut;
    private int lineFeeds;
    private long idleSinceNanos = System.nanoTime();

    ConnectionInput(InputStream in, Connection connection) {
        this.in = in;
        this.connection = connection;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int byteLength) throws IOException {
        while (!complete) {
            if (readAt == readEnd && !fill()) return -1;
            follow();
        }
        int count = Math.min(byteLength, messageBytes - handedOver);
        System.arraycopy(message, handedOver, bytes, offset, count);
        handedOver += count;
        if (handedOver == messageBytes) {
            complete = false;
            messageBytes = 0;
            handedOver = 0;
        }
        return count;
    }

    private boolean fill() throws IOException {
        if (cut) return false;
        long now = System.nanoTime();
        OptionalLong deadline = framing.deadlineNanos();
        if (deadline.isEmpty() && !connection.mayBeIdle())
            deadline = OptionalLong.of(
                    idleSinceNanos + connection.wire().keepAlive().idleNanos());
        connection.socket().setSoTimeout(deadline.isEmpty() ? 0 : millisUntil(deadline.getAsLong(), now));
        try {
            readEnd = in.read(read, 0, read.length);
        } catch (SocketTimeoutException e) {
            readEnd = -1;
        }
        readAt = 0;
        if (readEnd > 0 && framing.inTime(System.nanoTime())) return true;
        readEnd = 0;
        cut = true;
        return false;
    }

    private static int millisUntil(long deadlineNanos, long nowNanos) {
        return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - nowNanos));
    }

    // Goes on until a message is complete or all that was read is used up.
    private void follow() throws IOException {
        long now = System.nanoTime();
        while (readAt < readEnd && !complete) {
            byte b = read[readAt++];
            switch (framing.follow(b, now)) {
                case FORBIDDEN -> {
                    readAt = readEnd;
                    cut = true;
                }
                case BETWEEN -> between(b);
                case WITHIN -> keep(b);
                case LAST -> {
                    keep(b);
                    end(now);
                }
            }
        }
    }

    private void between(byte b) throws IOException {
        if (b != '\n') return;
        lineFeeds++;
        connection.crlf(lineFeeds % 2 == 0);
    }

    private void keep(byte b) {
        if (messageBytes == message.length) message = Arrays.copyOf(message, 2 * message.length);
        message[messageBytes++] = b;
    }

    private void end(long now) {
        lineFeeds = 0;
        complete = isAdmitted();
        if (!complete) {
            messageBytes = 0;
            return;
        }
        idleSinceNanos = now;
        connection.message(Direction.RECEIVED, message, messageBytes);
    }

    private boolean isAdmitted() {
        WireGuard guard = connection.wire().guard();
        InetSocketAddress source = connection.hop().address();
        return connection.isOurs()
                ? guard.admitsFromOurConnection(source, message, 0, messageBytes)
                : guard.admits(source, message, 0, messageBytes);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
