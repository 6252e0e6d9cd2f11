package dev.outdial.sip.jain;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;

/** A listening TCP socket that takes no more connections than it can bear. */
final class GuardedServerSocket extends ServerSocket {
    private static final int MOST_CONNECTIONS = 1_000;
    private static final int MOST_PER_SOURCE = 100;

    private final WireGuard guard;
    private final Set<Socket> connections;

    GuardedServerSocket(WireGuard guard, Set<Socket> connections) throws IOException {
        this.guard = guard;
        this.connections = connections;
    }

    @Override
    public Socket accept() throws IOException {
        while (true) {
            var socket = new GuardedSocket(guard, connections);
            implAccept(socket);
            var source = (InetSocketAddress) socket.getRemoteSocketAddress();
            if (source != null && hasRoomFor(source) && guard.admitsConnection(source)) {
                connections.add(socket);
                return socket;
            }
            socket.close();
        }
    }

    private boolean hasRoomFor(InetSocketAddress source) {
        long sameSource = connections.stream()
                .filter(c -> source.getAddress().equals(c.getInetAddress()))
                .count();
        return connections.size() < MOST_CONNECTIONS && sameSource < MOST_PER_SOURCE;
    }
}
