package dev.outdial.sip.jain;

import dev.outdial.sip.message.Hop;
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
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Makes the TLS connections of one stack, all to far ends of the same name, or each to one that is verified by its address: jain-sip
 * knows connections by their address only, and would send what is meant for one name over the connection of another.
 *
 * <p>No connection is taken: we have no certificate to show. Requests of the far end come over the connections that we opened (RFC 5923),
 * which therefore come from the port that stands in Via and Contact, where that is free. <b>Threading:</b> any thread.
 */
final class TlsSockets implements StackSockets {
    private static final int CONNECT_TIMEOUT_MILLIS = 3_000;
    private static final String TLS_ONLY = "this stack opens TLS connections only";

    private final TlsClient tls;
    private final Optional<String> verifiedName;
    private final Map<InetAddress, Socket> reservations = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, SSLSocket> ready = new ConcurrentHashMap<>();
    private final ConnectFailures connectFailures = new ConnectFailures();
    private final Connections connections;

    /** With no name each far end is verified by its address. */
    TlsSockets(Connections connections, TlsClient tls, Optional<String> verifiedName) {
        this.connections = connections;
        this.tls = tls;
        this.verifiedName = verifiedName;
    }

    /** Reserves a port, any: a fixed one is for those who take connections. */
    @Override
    public InetSocketAddress bind(InetAddress address, TransportProtocol transport, int port) throws IOException {
        var reservation = new Socket();
        try {
            reservation.setReuseAddress(true);
            reservation.bind(new InetSocketAddress(address, 0));
            reservations.put(address, reservation);
            return (InetSocketAddress) reservation.getLocalSocketAddress();
        } catch (IOException e) {
            reservation.close();
            throw new IOException("cannot use " + HostPort.of(address) + " for TLS: " + e.getMessage(), e);
        }
    }

    @Override
    @Nullable
    public String connectFailure(InetSocketAddress remote) {
        return connectFailures.why(remote);
    }

    @Override
    public Connections connections() {
        return connections;
    }

    @Override
    public void keepAlive(InetSocketAddress local, InetSocketAddress remote) throws IOException {
        throw new IOException(TLS_ONLY);
    }

    // Its only threads are those of connections, which end with them.
    @Override
    public boolean isAttended() {
        return true;
    }

    @Override
    public long admittedDatagrams() {
        return 0;
    }

    @Override
    public long workedOnDatagrams() {
        return 0;
    }

    @Override
    public void closeConnections() {
        connections.close();
        reservations.values().forEach(Quietly::close);
    }

    @Override
    public void connect(InetSocketAddress remote, InetAddress local) throws IOException {
        if (connections.reach(remote)) return;
        ready.put(remote, secured(remote, local));
    }

    @Override
    public SSLSocket createSSLSocket(InetAddress address, int port, InetAddress local) throws IOException {
        var remote = new InetSocketAddress(address, port);
        SSLSocket made = ready.remove(remote);
        return made != null && !made.isClosed() ? made : secured(remote, local);
    }

    private SSLSocket secured(InetSocketAddress remote, InetAddress local) throws IOException {
        try {
            HandshakeSocket connected = open(remote, local);
            SSLSocket secured = shakeHands(connected, Hop.overTls(remote, nameAt(remote)));
            connectFailures.succeeded(remote);
            return secured;
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage());
            connectFailures.failed(remote, why);
            // Nothing of the JDK's: jain-sip treats some of its exceptions apart.
            throw new IOException(why, e);
        }
    }

    private String nameAt(InetSocketAddress remote) {
        return verifiedName
                .or(() -> new Hop(remote, TransportProtocol.TLS).verifiedName())
                .orElseThrow();
    }

    private SSLSocket shakeHands(HandshakeSocket connected, Hop hop) throws IOException {
        String name = hop.verifiedName().orElseThrow();
        try {
            return new GuardedTlsSocket(tls.shakeHands(connected, name), connected, hop, connections);
        } catch (IOException | RuntimeException e) {
            Quietly.close(connected);
            throw new IOException(TlsFailure.sentence(e, name), e);
        }
    }

    private HandshakeSocket open(InetSocketAddress remote, InetAddress local) throws IOException {
        Socket reservation = reservations.get(local);
        int port = reservation == null ? 0 : reservation.getLocalPort();
        try {
            return open(remote, new InetSocketAddress(local, port));
        } catch (BindException e) {
            // A connection from that port to that address is only just closed: any other port serves.
            return open(remote, new InetSocketAddress(local, 0));
        }
    }

    private HandshakeSocket open(InetSocketAddress remote, InetSocketAddress local) throws IOException {
        var socket = new HandshakeSocket(connections);
        try {
            socket.setReuseAddress(true);
            socket.bind(local);
            socket.connect(remote, CONNECT_TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            ServiceClass.mark(socket);
            return socket;
        } catch (IOException e) {
            Quietly.close(socket);
            throw e;
        }
    }

    @Override
    public SSLSocket createSSLSocket(InetAddress address, int port) throws IOException {
        throw new IOException("a TLS connection needs a local address");
    }

    // jain-sip's thread that would accept connections ends at once.
    @Override
    public SSLServerSocket createSSLServerSocket(int port, int backlog, InetAddress address) throws IOException {
        return tls.unboundServerSocket();
    }

    @Override
    public DatagramSocket createDatagramSocket() throws SocketException {
        throw new SocketException(TLS_ONLY);
    }

    @Override
    public DatagramSocket createDatagramSocket(int port, InetAddress address) throws SocketException {
        throw new SocketException(TLS_ONLY);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        throw new IOException(TLS_ONLY);
    }

    @Override
    public Socket createSocket(InetAddress address, int port) throws IOException {
        throw new IOException(TLS_ONLY);
    }

    // jain-sip believes the Via of the far end: one that says TCP, as behind a proxy for TLS, does not take us off TLS.
    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress local) throws IOException {
        return createSSLSocket(address, port, local);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort) throws IOException {
        throw new IOException(TLS_ONLY);
    }

    @Override
    public void setSipStack(SipStackImpl sipStack) {}
}
