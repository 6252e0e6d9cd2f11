package dev.outdial.media.fetch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.SocketFactory;

/** Makes sockets that connect to no address which the rule refuses, however that address was come by. */
final class GuardedSockets extends SocketFactory {
    private final AddressRule rule;

    GuardedSockets(AddressRule rule) {
        this.rule = rule;
    }

    @Override
    public Socket createSocket() {
        return new Guarded(rule);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw unused();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        throw unused();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw unused();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        throw unused();
    }

    private static IOException unused() {
        return new IOException("a socket is made first and connected then");
    }

    private static final class Guarded extends Socket {
        private final AddressRule rule;

        Guarded(AddressRule rule) {
            // Without this the system's properties could send the connection, unseen, through a proxy.
            super(Proxy.NO_PROXY);
            this.rule = rule;
        }

        @Override
        public void connect(SocketAddress endpoint) throws IOException {
            connect(endpoint, 0);
        }

        @Override
        public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
            if (!(endpoint instanceof InetSocketAddress internet) || internet.getAddress() == null)
                throw new UnknownHostException("no address to connect to");
            Optional<String> objection = rule.objection(internet.getAddress());
            if (objection.isPresent()) throw new ForbiddenAddressException(objection.get());
            super.connect(endpoint, timeoutMillis);
        }
    }
}
