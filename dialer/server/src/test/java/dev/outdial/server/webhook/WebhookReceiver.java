package dev.outdial.server.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A server of somebody's that webhooks are sent to. Verifies them by itself, with nothing of what signs them. */
public final class WebhookReceiver implements AutoCloseable {
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private volatile Function<Delivery, Reply> behaviour = delivery -> new Reply(200, Map.of());

    /** A request that came. Header fields are empty where they are missing. */
    public record Delivery(
            String method,
            String path,
            String id,
            String timestamp,
            String signature,
            String contentType,
            String body,
            Map<String, String> headers,
            Instant at) {
        /** A header field; empty where it is missing. */
        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }

        /** Whether one of its signatures is that of the secret, and its time is about that of its arrival. */
        public boolean isSignedWith(String secret) {
            byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
            Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), at);
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
                mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.US_ASCII));
                String expected =
                        "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
                return age.abs().toMinutes() < 5
                        && Arrays.asList(signature.split(" ")).contains(expected);
            } catch (GeneralSecurityException missing) {
                throw new IllegalStateException(missing);
            }
        }
    }

    /** What is answered. */
    public record Reply(int status, Map<String, String> headers) {}

    private WebhookReceiver(HttpServer http) {
        this.http = http;
    }

    /** At a free port of the loopback address; accepts all. */
    public static WebhookReceiver start() throws IOException {
        var receiver = new WebhookReceiver(
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000));
        receiver.http.setExecutor(receiver.threads);
        receiver.http.createContext("/", receiver::take);
        receiver.http.start();
        return receiver;
    }

    /** From now on it answers so; it may wait. */
    public void answering(Function<Delivery, Reply> other) {
        behaviour = other;
    }

    public String url(String path) {
        return "http://127.0.0.1:" + http.getAddress().getPort() + path;
    }

    /** What came, in the order in which it came. */
    public List<Delivery> deliveries() {
        return deliveries;
    }

    private void take(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        Function<String, String> header = name -> {
            String value = headers.getFirst(name);
            return value == null ? "" : value;
        };
        var delivery = new Delivery(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                header.apply("webhook-id"),
                header.apply("webhook-timestamp"),
                header.apply("webhook-signature"),
                header.apply("Content-Type"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                headers.entrySet().stream()
                        .collect(Collectors.toMap(
                                one -> one.getKey().toLowerCase(Locale.ROOT),
                                one -> one.getValue().getFirst())),
                Instant.now());
        deliveries.add(delivery);
        try (exchange) {
            Reply reply = behaviour.apply(delivery);
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(reply.status(), -1);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
