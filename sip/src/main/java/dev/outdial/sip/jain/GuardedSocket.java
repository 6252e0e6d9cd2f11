package dev.outdial.sip.jain;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.TransportProtocol;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/** A TCP socket that becomes a {@link Connection} once it is connected. */
final class GuardedSocket extends Socket {
    private final Connections connections;
    private volatile @Nullable Connection connection;

    GuardedSocket(Connections connections) {
        this.connections = connections;
    }

    /** It is connected: from now on it can be used, and is counted. */
    void establish(boolean ours) throws IOException {
        setTcpNoDelay(true);
        ServiceClass.mark(this);
        var hop = new Hop((InetSocketAddress) getRemoteSocketAddress(), TransportProtocol.TCP);
        var established =
                new Connection(hop, ours, this, this, connections, super.getInputStream(), super.getOutputStream());
        connection = established;
        connections.established(this, established);
    }

    private Connection connection() throws SocketException {
        Connection current = connection;
        if (current == null || isClosed()) throw new SocketException("the connection is closed");
        return current;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return connection().input();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return connection().output();
    }

    @Override
    public synchronized void close() throws IOException {
        super.close();
        connections.closed(this);
    }
}
