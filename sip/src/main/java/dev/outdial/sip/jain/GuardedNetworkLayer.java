package dev.outdial.sip.jain;

import dev.outdial.sip.message.HostPort;
import dev.outdial.sip.message.TransportProtocol;
import gov.nist.javax.sip.SipStackImpl;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Makes the UDP and TCP sockets of a stack: the one place through which all its datagrams and connections pass. <b>Threading:</b> any thread. */
final class GuardedNetworkLayer implements StackSockets {
    private static final int CONNECT_TIMEOUT_MILLIS = 3_000;
    private static final int BACKLOG = 64;
    private static final String NO_TLS = "this stack opens no TLS connections";

    private final Wire wire;
    private final Map<InetSocketAddress, GuardedDatagramSocket> boundDatagramSockets = new ConcurrentHashMap<>();
    private final Set<GuardedDatagramSocket> read = ConcurrentHashMap.newKeySet();
    private final Set<GuardedServerSocket> listening = ConcurrentHashMap.newKeySet();
    private final Map<InetSocketAddress, GuardedServerSocket> boundServerSockets = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, Socket> ready = new ConcurrentHashMap<>();
    private final ConnectFailures connectFailures = new ConnectFailures();
    private final Connections connections;

    /** Sockets whose connections are those. */
    GuardedNetworkLayer(Connections connections) {
        this.wire = connections.wire();
        this.connections = connections;
    }

    @Override
    public InetSocketAddress bind(InetAddress address, TransportProtocol transport, int port) throws IOException {
        return switch (transport) {
            case UDP -> bindDatagram(address, port);
            case TCP -> bindServer(address, port);
            case TLS -> throw new IOException(NO_TLS);
        };
    }

    private InetSocketAddress bindDatagram(InetAddress address, int port) throws IOException {
        try {
            var socket = new GuardedDatagramSocket(new InetSocketAddress(address, port), wire);
            var local = (InetSocketAddress) socket.getLocalSocketAddress();
            boundDatagramSockets.put(local, socket);
            return local;
        } catch (SocketException e) {
            throw cannotBind("UDP", address, port, e);
        }
    }

    private InetSocketAddress bindServer(InetAddress address, int port) throws IOException {
        var socket = new GuardedServerSocket(connections);
        try {
            socket.bind(new InetSocketAddress(address, port), BACKLOG);
            var local = (InetSocketAddress) socket.getLocalSocketAddress();
            boundServerSockets.put(local, socket);
            return local;
        } catch (IOException e) {
            socket.close();
            throw cannotBind("TCP", address, port, e);
        }
    }

    private static IOException cannotBind(String transport, InetAddress address, int port, IOException cause) {
        String what = cause instanceof BindException && port != 0 && !isForeign(cause)
                ? "another program uses it"
                : String.valueOf(cause.getMessage());
        return new IOException(
                "cannot listen on " + transport + " " + HostPort.of(address) + ":" + port + ": " + what, cause);
    }

    private static boolean isForeign(IOException cause) {
        return String.valueOf(cause.getMessage()).contains("assign");
    }

    @Override
    @Nullable
    public String connectFailure(InetSocketAddress remote) {
        return connectFailures.why(remote);
    }

    @Override
    public void closeConnections() {
        connections.close();
        boundDatagramSockets.values().forEach(DatagramSocket::close);
        boundServerSockets.values().forEach(Quietly::close);
        // Closed by jain-sip, unless it broke down.
        read.forEach(DatagramSocket::close);
        listening.forEach(Quietly::close);
    }

    @Override
    public void connect(InetSocketAddress remote, InetAddress local) throws IOException {
        if (connections.reach(remote)) return;
        ready.put(remote, connect(remote.getAddress(), remote.getPort(), local, 0));
    }

    private Socket readyOrNew(InetAddress address, int port, @Nullable InetAddress local, int localPort)
            throws IOException {
        Socket made = ready.remove(new InetSocketAddress(address, port));
        return made != null && !made.isClosed() ? made : connect(address, port, local, localPort);
    }

    private Socket connect(InetAddress address, int port, @Nullable InetAddress local, int localPort)
            throws IOException {
        var remote = new InetSocketAddress(address, port);
        var socket = new GuardedSocket(connections);
        try {
            if (local != null) socket.bind(new InetSocketAddress(local, localPort));
            socket.connect(remote, CONNECT_TIMEOUT_MILLIS);
            socket.establish(true);
            connectFailures.succeeded(remote);
            return socket;
        } catch (IOException e) {
            socket.close();
            String why = String.valueOf(e.getMessage());
            connectFailures.failed(remote, why);
            // Not a SocketException: to the text of one jain-sip adds the whole message, credentials included.
            throw new IOException(why, e);
        }
    }

    @Override
    public Connections connections() {
        return connections;
    }

    @Override
    public void keepAlive(InetSocketAddress local, InetSocketAddress remote) throws IOException {
        for (GuardedDatagramSocket socket : read) {
            if (local.equals(socket.getLocalSocketAddress())) socket.keepAlive(remote);
        }
    }

    @Override
    public boolean isAttended() {
        return read.stream().allMatch(GuardedDatagramSocket::isAttended)
                && listening.stream().allMatch(GuardedServerSocket::isAttended);
    }

    @Override
    public long admittedDatagrams() {
        return read.stream().mapToLong(GuardedDatagramSocket::admitted).sum();
    }

    @Override
    public long workedOnDatagrams() {
        return read.stream().mapToLong(GuardedDatagramSocket::workedOn).sum();
    }

    @Override
    public DatagramSocket createDatagramSocket(int port, InetAddress address) throws SocketException {
        var local = new InetSocketAddress(address, port);
        GuardedDatagramSocket bound = boundDatagramSockets.remove(local);
        if (bound == null) bound = new GuardedDatagramSocket(local, wire);
        read.add(bound);
        return bound;
    }

    @Override
    public DatagramSocket createDatagramSocket() throws SocketException {
        return new GuardedDatagramSocket(new InetSocketAddress(0), wire);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        var local = new InetSocketAddress(address, port);
        GuardedServerSocket bound = boundServerSockets.remove(local);
        if (bound != null) {
            listening.add(bound);
            return bound;
        }
        throw new IOException("no listening socket was bound for " + HostPort.of(local));
    }

    @Override
    public Socket createSocket(InetAddress address, int port) throws IOException {
        return readyOrNew(address, port, null, 0);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress local) throws IOException {
        return readyOrNew(address, port, local, 0);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort) throws IOException {
        return readyOrNew(address, port, local, localPort);
    }

    @Override
    public SSLServerSocket createSSLServerSocket(int port, int backlog, InetAddress address) throws IOException {
        throw new IOException(NO_TLS);
    }

    @Override
    public SSLSocket createSSLSocket(InetAddress address, int port) throws IOException {
        throw new IOException(NO_TLS);
    }

    @Override
    public SSLSocket createSSLSocket(InetAddress address, int port, InetAddress local) throws IOException {
        throw new IOException(NO_TLS);
    }

    @Override
    public void setSipStack(SipStackImpl sipStack) {}
}
