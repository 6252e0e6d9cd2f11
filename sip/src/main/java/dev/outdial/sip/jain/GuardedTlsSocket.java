package dev.outdial.sip.jain;

import dev.outdial.sip.message.Hop;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * A TLS connection on which hands were shaken, guarded as {@link GuardedSocket} is. jain-sip wants to set protocols and shake hands by
 * itself: that is over, so those methods do nothing.
 */
final class GuardedTlsSocket extends SSLSocket {
    private final SSLSocket secured;
    private final Connections connections;
    private final Connection connection;

    GuardedTlsSocket(SSLSocket secured, Socket below, Hop hop, Connections connections) throws IOException {
        this.secured = secured;
        this.connections = connections;
        this.connection = new Connection(
                hop, true, this, below, connections, secured.getInputStream(), secured.getOutputStream());
        connections.established(this, connection);
    }

    @Override
    public InputStream getInputStream() {
        return connection.input();
    }

    @Override
    public OutputStream getOutputStream() {
        return connection.output();
    }

    @Override
    public void close() throws IOException {
        try {
            secured.close();
        } finally {
            connections.closed(this);
        }
    }

    @Override
    public void startHandshake() {}

    @Override
    public void setEnabledProtocols(String[] protocols) {}

    @Override
    public void setEnabledCipherSuites(String[] suites) {}

    @Override
    public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {}

    @Override
    public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {}

    @Override
    public void setUseClientMode(boolean mode) {}

    @Override
    public void setNeedClientAuth(boolean need) {}

    @Override
    public void setWantClientAuth(boolean want) {}

    @Override
    public void setEnableSessionCreation(boolean flag) {}

    @Override
    public String[] getSupportedCipherSuites() {
        return secured.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return secured.getEnabledCipherSuites();
    }

    @Override
    public String[] getSupportedProtocols() {
        return secured.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return secured.getEnabledProtocols();
    }

    @Override
    public SSLSession getSession() {
        return secured.getSession();
    }

    @Override
    public boolean getUseClientMode() {
        return true;
    }

    @Override
    public boolean getNeedClientAuth() {
        return false;
    }

    @Override
    public boolean getWantClientAuth() {
        return false;
    }

    @Override
    public boolean getEnableSessionCreation() {
        return secured.getEnableSessionCreation();
    }

    // What Socket knows of addresses and of its state it asks of these.
    @Override
    public InetAddress getInetAddress() {
        return secured.getInetAddress();
    }

    @Override
    public int getPort() {
        return secured.getPort();
    }

    @Override
    public InetAddress getLocalAddress() {
        return secured.getLocalAddress();
    }

    @Override
    public int getLocalPort() {
        return secured.getLocalPort();
    }

    @Override
    public boolean isConnected() {
        return secured.isConnected();
    }

    @Override
    public boolean isBound() {
        return secured.isBound();
    }

    @Override
    public boolean isClosed() {
        return secured.isClosed();
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        secured.setSoTimeout(millis);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return secured.getSoTimeout();
    }
}
