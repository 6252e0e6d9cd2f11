package dev.outdial.sip.jain;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Turns TCP connections into TLS ones: TLS 1.3 and 1.2 only, and only with a far end that proves to be whom we mean (RFC 5922). It has
 * no certificate of its own. <b>Threading:</b> any thread.
 */
final class TlsClient {
    /** The versions that are spoken. */
    static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private final Optional<KeyStore> trusted;
    private @Nullable SSLContext context;

    private TlsClient(Optional<KeyStore> trusted) {
        this.trusted = trusted;
    }

    /**
     * One that trusts the certificates of a file, or, where there is none, those that the JVM trusts.
     *
     * @throws IOException with a sentence for a person
     */
    static TlsClient trusting(Optional<Path> file) throws IOException {
        return new TlsClient(file.isEmpty() ? Optional.empty() : Optional.of(TlsTrust.read(file.get())));
    }

    // Made when first needed: what the JVM trusts takes a while to read, and most trunks are not reached over TLS.
    private synchronized SSLContext context() throws IOException {
        if (context != null) return context;
        try {
            var made = SSLContext.getInstance("TLS");
            made.init(null, managers(), null);
            context = made;
            return made;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be used: " + e.getMessage(), e);
        }
    }

    private TrustManager[] managers() throws GeneralSecurityException {
        return trustManagers(trusted.orElse(null));
    }

    private static TrustManager[] trustManagers(@Nullable KeyStore trusted) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }

    /**
     * Shakes hands on a connection; blocks, but no longer than the connection's own time limit.
     *
     * @param name whom the certificate must name: a host name, or an IP literal without brackets
     * @throws IOException as the JDK words it
     */
    SSLSocket shakeHands(HandshakeSocket connected, String name) throws IOException {
        var socket = socket(context(), connected, name);
        connected.limitHandshake();
        socket.startHandshake();
        checkValidity(socket);
        connected.endHandshake();
        return socket;
    }

    /**
     * Shakes hands to see whether that works, and closes the connection; blocks, but for each byte no longer than the connection's own time
     * limit.
     *
     * @param name as for {@link #shakeHands}
     * @param shown told of the certificate of the far end before it is judged
     * @throws IOException as the JDK words it
     */
    void tryHands(Socket connected, String name, Consumer<X509Certificate> shown) throws IOException {
        try {
            var looking = SSLContext.getInstance("TLS");
            looking.init(null, LookingTrust.all(managers(), shown), null);
            try (SSLSocket socket = socket(looking, connected, name)) {
                socket.startHandshake();
                checkValidity(socket);
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be used: " + e.getMessage(), e);
        }
    }

    private static SSLSocket socket(SSLContext context, Socket connected, String name) throws IOException {
        var socket = (SSLSocket) context.getSocketFactory().createSocket(connected, name, connected.getPort(), true);
        var parameters = socket.getSSLParameters();
        parameters.setProtocols(PROTOCOLS.toArray(String[]::new));
        // The rule for names is that of HTTPS, and a literal must be among the IP addresses of the certificate.
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        serverName(name).ifPresent(indication -> parameters.setServerNames(List.of(indication)));
        socket.setSSLParameters(parameters);
        return socket;
    }

    // The JDK asks nothing of a certificate that is trusted by itself, not even whether its time is over.
    private static void checkValidity(SSLSocket socket) throws IOException {
        if (!(socket.getSession().getPeerCertificates()[0] instanceof X509Certificate certificate)) return;
        try {
            certificate.checkValidity();
        } catch (CertificateException e) {
            throw new IOException("the certificate is not valid now", e);
        }
    }

    // RFC 6066 section 3: names only, and only such as DNS has.
    private static Optional<SNIHostName> serverName(String name) {
        boolean literal = name.indexOf(':') >= 0 || name.matches("[0-9.]+");
        if (literal) return Optional.empty();
        try {
            return Optional.of(new SNIHostName(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A listening socket that is bound to nothing: whoever accepts on it is told at once that it cannot. */
    SSLServerSocket unboundServerSocket() throws IOException {
        return (SSLServerSocket) context().getServerSocketFactory().createServerSocket();
    }
}
