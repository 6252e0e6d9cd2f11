package dev.outdial.sip.jain;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** What is read from a connection, ended where {@link StreamFraming} says that it must be cut. <b>Threading:</b> the reading thread. */
final class GuardedInputStream extends FilterInputStream {
    private final Socket socket;
    private final StreamFraming framing = new StreamFraming();
    private boolean cut;

    GuardedInputStream(InputStream in, Socket socket) {
        super(in);
        this.socket = socket;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int byteLength) throws IOException {
        if (cut) return -1;
        OptionalLong deadline = framing.deadlineNanos();
        long leftMillis = deadline.isEmpty()
                ? 0
                : Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline.getAsLong() - System.nanoTime()));
        socket.setSoTimeout((int) leftMillis);
        int count;
        try {
            count = in.read(bytes, offset, byteLength);
        } catch (SocketTimeoutException e) {
            cut = true;
            return -1;
        }
        if (count > 0 && !framing.follow(bytes, offset, count, System.nanoTime())) {
            cut = true;
            return -1;
        }
        return count;
    }
}
