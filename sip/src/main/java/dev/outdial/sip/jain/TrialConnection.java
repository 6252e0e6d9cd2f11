package dev.outdial.sip.jain;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.HostPort;
import dev.outdial.sip.message.Text;
import dev.outdial.sip.transport.ConnectionTrial;
import dev.outdial.sip.transport.ConnectionTrial.Shown;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Connects to a hop to see whether that works, and to look at the certificate. <b>Threading:</b> any thread; blocks. */
final class TrialConnection {
    private static final int MOST_NAMES = 8;
    private static final int LONGEST_NAME = 120;

    private TrialConnection() {}

    /** The trial; nothing of it is left afterwards. */
    static ConnectionTrial to(Hop hop, Optional<InetAddress> local, TlsClient tls, Duration limit) {
        long beganNanos = System.nanoTime();
        var shown = new AtomicReference<Optional<Shown>>(Optional.empty());
        Optional<String> failure = failure(hop, local, tls, Math.toIntExact(limit.toMillis()), shown);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos);
        return new ConnectionTrial(millis, failure, shown.get());
    }

    private static Optional<String> failure(
            Hop hop,
            Optional<InetAddress> local,
            TlsClient tls,
            int limitMillis,
            AtomicReference<Optional<Shown>> shown) {
        try (var socket = new Socket()) {
            if (local.isPresent()) socket.bind(new InetSocketAddress(local.get(), 0));
            socket.connect(hop.address(), limitMillis);
            if (hop.verifiedName().isEmpty()) return Optional.empty();
            String name = hop.verifiedName().get();
            // A far end that speaks a byte now and then comes to an end, too.
            var cutOff = CompletableFuture.runAsync(
                    () -> Quietly.close(socket), CompletableFuture.delayedExecutor(limitMillis, TimeUnit.MILLISECONDS));
            try {
                tls.tryHands(socket, name, certificate -> shown.set(Optional.of(shown(certificate))));
                return Optional.empty();
            } catch (IOException | RuntimeException e) {
                return Optional.of(
                        cutOff.isDone()
                                ? name + " did not complete the TLS handshake in time"
                                : TlsFailure.sentence(e, name));
            } finally {
                cutOff.cancel(false);
            }
        } catch (IOException e) {
            return Optional.of(sentence(e, hop));
        }
    }

    private static String sentence(IOException failure, Hop hop) {
        String where = HostPort.of(hop.address());
        return switch (failure) {
            case SocketTimeoutException silent -> "nobody answered at " + where;
            case NoRouteToHostException none -> "there is no route to " + where;
            default -> "no connection to " + where + ": " + Text.shown(String.valueOf(failure.getMessage()));
        };
    }

    private static Shown shown(X509Certificate certificate) {
        return new Shown(
                names(certificate),
                cut(certificate.getIssuerX500Principal().getName()),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    // Each entry is a kind and a value; names, URIs and addresses are texts, the rest is bytes.
    private static List<String> names(X509Certificate certificate) {
        try {
            var alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives == null)
                return List.of(cut(certificate.getSubjectX500Principal().getName()));
            return alternatives.stream()
                    .filter(entry -> entry.size() > 1 && entry.get(1) instanceof String)
                    .map(entry -> cut(String.valueOf(entry.get(1))))
                    .limit(MOST_NAMES)
                    .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private static String cut(String name) {
        String shown = Text.shown(name);
        return shown.length() <= LONGEST_NAME ? shown : shown.substring(0, LONGEST_NAME) + "...";
    }
}
