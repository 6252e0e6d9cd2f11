package dev.outdial.sip.jain;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A listening TCP socket that takes no more connections than it can bear. Those of strangers are taken too: another node of a trunk may
 * connect to us about a call of ours, which only its messages tell.
 */
final class GuardedServerSocket extends ServerSocket {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Connections connections;
    private volatile @Nullable Thread acceptor;

    GuardedServerSocket(Connections connections) throws IOException {
        this.connections = connections;
    }

    @Override
    public GuardedSocket accept() throws IOException {
        acceptor = Thread.currentThread();
        while (true) {
            var socket = new GuardedSocket(connections);
            try {
                implAccept(socket);
                var source = (InetSocketAddress) socket.getRemoteSocketAddress();
                if (source != null && connections.haveRoomFor(source.getAddress())) {
                    socket.establish(false);
                    return socket;
                }
                socket.close();
            } catch (IOException e) {
                Quietly.close(socket);
                // Such as too many open files: jain-sip would stop to accept for ever.
                if (isClosed()) throw e;
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** False where the thread that accepted connections is gone. */
    boolean isAttended() {
        Thread current = acceptor;
        return isClosed() || current == null || current.isAlive();
    }
}
