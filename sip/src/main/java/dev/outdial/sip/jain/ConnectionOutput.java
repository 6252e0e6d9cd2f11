package dev.outdial.sip.jain;

import dev.outdial.sip.transport.WireMessage.Direction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Where jain-sip writes a message, in one piece or several, and then flushes: only then it leaves, if the guard lets it. jain-sip holds its
 * monitor meanwhile. <b>Threading:</b> any thread.
 */
final class ConnectionOutput extends OutputStream {
    private final Connection connection;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream(1_024);

    ConnectionOutput(Connection connection) {
        this.connection = connection;
    }

    @Override
    public synchronized void write(int b) {
        message.write(b);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int byteLength) {
        message.write(bytes, offset, byteLength);
    }

    @Override
    public synchronized void flush() throws IOException {
        byte[] whole = message.toByteArray();
        message.reset();
        boolean keepAlive = CallIdScan.isKeepAlive(whole, 0, whole.length);
        if (whole.length == 0 || !connection.wire().guard().releases(whole, 0, whole.length)) return;
        // Shown before it leaves: its answer must not be seen first.
        if (!keepAlive) connection.message(Direction.SENT, whole, whole.length);
        connection.write(whole, 0, whole.length);
    }

    @Override
    public void close() throws IOException {
        connection.socket().close();
    }
}
