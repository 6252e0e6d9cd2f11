package dev.outdial.sip.jain;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.HostPort;
import dev.outdial.sip.message.Text;
import dev.outdial.sip.transport.ConnectionTrial;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Connects to a hop to see whether that works, and to look at the certificate. <b>Threading:</b> any thread; blocks. */
final class TrialConnection {
    private TrialConnection() {}

    /** The trial; nothing of it is left afterwards. */
    static ConnectionTrial to(Hop hop, Optional<InetAddress> local, TlsClient tls, Duration limit) {
        long beganNanos = System.nanoTime();
        var shown = new AtomicReference<Optional<X509Certificate>>(Optional.empty());
        Optional<String> failure = failure(hop, local, tls, Math.toIntExact(limit.toMillis()), shown);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos);
        return new ConnectionTrial(millis, failure, shown.get());
    }

    private static Optional<String> failure(
            Hop hop,
            Optional<InetAddress> local,
            TlsClient tls,
            int limitMillis,
            AtomicReference<Optional<X509Certificate>> shown) {
        try (var socket = new Socket()) {
            if (local.isPresent()) socket.bind(new InetSocketAddress(local.get(), 0));
            socket.connect(hop.address(), limitMillis);
            if (hop.verifiedName().isEmpty()) return Optional.empty();
            String name = hop.verifiedName().get();
            // A far end that speaks a byte now and then comes to an end, too.
            var cutOff = CompletableFuture.runAsync(
                    () -> Quietly.close(socket), CompletableFuture.delayedExecutor(limitMillis, TimeUnit.MILLISECONDS));
            try {
                tls.tryHands(socket, name, certificate -> shown.set(Optional.of(certificate)));
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
}
