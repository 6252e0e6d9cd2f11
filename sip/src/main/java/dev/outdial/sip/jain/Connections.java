package dev.outdial.sip.jain;

import dev.outdial.sip.message.Hop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The connections of one stack while they live, whoever opened them. <b>Threading:</b> any thread. */
final class Connections {
    private static final int MOST = 500;
    private static final int MOST_PER_SOURCE = 8;
    private static final int MOST_PER_PEER = 100;
    private static final int MOST_OF_STRANGERS = 100;
    private static final int ANSWERING_REMEMBERED = 1_000;

    private final Wire wire;
    private final Consumer<Hop> lost;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Map<Socket, Connection> established = new ConcurrentHashMap<>();
    private final Set<InetSocketAddress> answering =
            Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, Boolean> eldest) {
                    return size() > ANSWERING_REMEMBERED;
                }
            }));
    private volatile boolean closing;

    /**
     * None yet.
     *
     * @param lost told of each that ended, but not when all are closed
     */
    Connections(Wire wire, Consumer<Hop> lost) {
        this.wire = wire;
        this.lost = lost;
    }

    Wire wire() {
        return wire;
    }

    /** A socket that is to be closed with all others, connected or not. */
    void opened(Socket socket) {
        sockets.add(socket);
    }

    /** Messages can go over it. */
    void established(Socket socket, Connection connection) {
        sockets.add(socket);
        established.put(socket, connection);
    }

    /** A socket was closed, perhaps not for the first time. */
    void closed(Socket socket) {
        sockets.remove(socket);
        Connection connection = established.remove(socket);
        if (connection == null) return;
        if (connection.answersPings()) answering.add(connection.hop().address());
        if (!closing) lost.accept(connection.hop());
    }

    /** Whether the far end at that address was heard to answer a ping. */
    boolean answersPings(InetSocketAddress remote) {
        return answering.contains(remote);
    }

    /** Whether there is one with that far end. */
    boolean reach(InetSocketAddress remote) {
        return established.values().stream().anyMatch(c -> remote.equals(c.hop().address()));
    }

    /** All that messages can go over. */
    Collection<Connection> all() {
        return List.copyOf(established.values());
    }

    /** Whether one more from there can be borne. */
    boolean haveRoomFor(InetAddress source) {
        if (sockets.size() >= MOST) return false;
        boolean trusted = wire.guard().trusts(source);
        if (!trusted && ofStrangers() >= MOST_OF_STRANGERS) return false;
        int most = trusted ? MOST_PER_PEER : MOST_PER_SOURCE;
        return established.values().stream()
                        .filter(c -> !c.isOurs())
                        .filter(c -> source.equals(c.hop().address().getAddress()))
                        .count()
                < most;
    }

    // However many strangers there are, those whom we know find room.
    private long ofStrangers() {
        return established.values().stream()
                .filter(c -> !c.isOurs())
                .filter(c -> !wire.guard().trusts(c.hop().address().getAddress()))
                .count();
    }

    /** Closes all, without telling of their loss. */
    void close() {
        closing = true;
        // What lies below first: a TLS connection says goodbye, and might wait for a far end that does not read.
        sockets.stream().filter(HandshakeSocket.class::isInstance).forEach(Quietly::close);
        sockets.forEach(Quietly::close);
        sockets.clear();
        established.clear();
    }
}
