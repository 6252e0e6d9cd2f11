package dev.outdial.server.http;

import dev.outdial.server.http.limit.TokenBucket.Rate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How the API is served.
 *
 * @param host the address to listen at; see {@link #mayListen}
 * @param port 0 for any that is free
 * @param tls with which certificate; plain HTTP where empty
 * @param rate requests a second of one key
 * @param atOnce requests of one key in work together
 * @param streams event streams of one key together
 * @param maxConnections at once, of all
 * @param idleTimeout after how long without a byte a connection is closed
 * @param requestTimeout how long a request may take to arrive, head and body each
 * @param heartbeat how often an event stream says that it is there; shorter than the idle time
 * @param loopbackTrunk whether calls reach nobody outside: each answer then says so
 * @param maskNumbers whether numbers in the access log lose their middle digits
 */
public record HttpSettings(
        String host,
        int port,
        Optional<SSLContext> tls,
        Rate rate,
        int atOnce,
        int streams,
        int maxConnections,
        Duration idleTimeout,
        Duration requestTimeout,
        Duration heartbeat,
        boolean loopbackTrunk,
        boolean maskNumbers) {
    /** Loopback, port 8080, 50 requests a second and 20 at once of a key. */
    public static final HttpSettings USUAL = new HttpSettings(
            "127.0.0.1",
            8080,
            Optional.empty(),
            new Rate(50, 100),
            20,
            10,
            2000,
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            Duration.ofSeconds(15),
            false,
            true);

    /** The same at another place. */
    public HttpSettings at(String newHost, int newPort) {
        return new HttpSettings(
                newHost,
                newPort,
                tls,
                rate,
                atOnce,
                streams,
                maxConnections,
                idleTimeout,
                requestTimeout,
                heartbeat,
                loopbackTrunk,
                maskNumbers);
    }

    /** The same with other limits for each key. */
    public HttpSettings limited(Rate newRate, int newAtOnce, int newStreams) {
        return new HttpSettings(
                host,
                port,
                tls,
                newRate,
                newAtOnce,
                newStreams,
                maxConnections,
                idleTimeout,
                requestTimeout,
                heartbeat,
                loopbackTrunk,
                maskNumbers);
    }

    /** The same with other times. */
    public HttpSettings timed(Duration newIdleTimeout, Duration newRequestTimeout, Duration newHeartbeat) {
        return new HttpSettings(
                host,
                port,
                tls,
                rate,
                atOnce,
                streams,
                maxConnections,
                newIdleTimeout,
                newRequestTimeout,
                newHeartbeat,
                loopbackTrunk,
                maskNumbers);
    }

    /** The same, and calls reach nobody outside. */
    public HttpSettings onLoopbackTrunk() {
        return new HttpSettings(
                host,
                port,
                tls,
                rate,
                atOnce,
                streams,
                maxConnections,
                idleTimeout,
                requestTimeout,
                heartbeat,
                true,
                maskNumbers);
    }

    /** The same over TLS. */
    public HttpSettings over(SSLContext context) {
        return new HttpSettings(
                host,
                port,
                Optional.of(context),
                rate,
                atOnce,
                streams,
                maxConnections,
                idleTimeout,
                requestTimeout,
                heartbeat,
                loopbackTrunk,
                maskNumbers);
    }

    /** The rule for who starts a server: without any key it listens to its own machine alone. */
    public boolean mayListen(boolean keyExists) {
        return keyExists || host.equals("localhost") || host.equals("::1") || host.matches("127\\.\\d+\\.\\d+\\.\\d+");
    }
}
