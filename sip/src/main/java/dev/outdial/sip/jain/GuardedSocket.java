package dev.outdial.sip.jain;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A TCP connection whose messages are framed before they are read, are shown to a {@link WireGuard} before they leave, and that is counted while it lives. */
final class GuardedSocket extends Socket {
    private final WireGuard guard;
    private final Set<Socket> connections;
    private volatile @Nullable InputStream input;

    GuardedSocket(WireGuard guard, Set<Socket> connections) {
        this.guard = guard;
        this.connections = connections;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        InputStream current = input;
        if (current == null) {
            current = new GuardedInputStream(super.getInputStream(), this);
            input = current;
        }
        return current;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            // jain-sip writes a message at once unless it is longer than 8 KB.
            @Override
            public void write(byte[] bytes, int offset, int byteLength) throws IOException {
                if (guard.releases(bytes, offset, byteLength)) out.write(bytes, offset, byteLength);
            }
        };
    }

    @Override
    public synchronized void close() throws IOException {
        connections.remove(this);
        super.close();
    }
}
