package dev.outdial.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.calls.Scope;
import dev.outdial.server.http.limit.TokenBucket.Rate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/** A server with services in memory, and a client that holds each answer against the contract. */
final class Api implements AutoCloseable {
    static final String ACCOUNT = "00000000-0000-0000-0000-000000000001";

    final Fakes fakes = new Fakes();
    final List<String> log = new CopyOnWriteArrayList<>();
    private final LongSupplier nanos;
    private Optional<HttpServer> running = Optional.empty();
    /** One for all tests: closing one waits for its connections. */
    static final HttpClient CLIENT = HttpClient.newHttpClient();

    final String admin = fakes.keys.issue(ACCOUNT, Scope.ADMIN);
    final String call = fakes.keys.issue(ACCOUNT, Scope.CALL);
    final String read = fakes.keys.issue(ACCOUNT, Scope.READ);
    private final HttpSettings settings;

    Api(HttpSettings settings, LongSupplier nanos) {
        this.settings = settings;
        this.nanos = nanos;
    }

    /** It runs from the first use on; also anew, where a class of tests is run again after its end. */
    synchronized HttpServer server() {
        HttpServer known = running.orElseGet(() -> HttpServer.start(
                settings.at("127.0.0.1", 0),
                fakes.services(),
                List.of(),
                InstantSource.fixed(FakeCalls.NOW),
                nanos,
                log::add));
        running = Optional.of(known);
        return known;
    }

    /** Limits that nobody meets by chance. */
    static Api start() {
        return new Api(HttpSettings.USUAL.limited(new Rate(100_000, 1000), 500, 50), System::nanoTime);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server().port() + path);
    }

    /** A request with the key that may do all. */
    Answer send(String method, String path, String body, String... headers) {
        return sendAs(admin, method, path, body, headers);
    }

    Answer get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    Answer post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    /** A request with a key, or with none where it is empty. */
    Answer sendAs(String key, String method, String path, String body, String... headers) {
        var all = new ArrayList<>(List.of(headers));
        boolean typed = List.of(headers).stream().anyMatch(name -> name.equalsIgnoreCase("Content-Type"));
        if (!body.isEmpty() && !typed) all.addAll(List.of("Content-Type", "application/json"));
        return exchange(
                key,
                method,
                path,
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
                all.toArray(String[]::new));
    }

    Answer exchange(String key, String method, String path, BodyPublisher body, String... headers) {
        Answer answer = raw(key, method, path, body, headers);
        ContractCheck.check(method, uri(path).getRawPath(), answer);
        if (settings.loopbackTrunk())
            assertThat(answer.header("X-Outdial-Trunk")).isEqualTo("loopback");
        return answer;
    }

    private Answer raw(String key, String method, String path, BodyPublisher body, String... headers) {
        try {
            HttpResponse<byte[]> response =
                    CLIENT.send(request(key, method, path, body, headers), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest request(String key, String method, String path, BodyPublisher body, String... headers) {
        var request = HttpRequest.newBuilder(uri(path))
                .method(method.toUpperCase(Locale.ROOT), body)
                .timeout(Duration.ofSeconds(20));
        if (!key.isEmpty()) request.header("Authorization", "Bearer " + key);
        if (headers.length > 0) request.headers(headers);
        return request.build();
    }

    /** A stream that is read by the caller. */
    HttpResponse<InputStream> open(String path, String... headers) throws IOException, InterruptedException {
        return openAs(admin, path, headers);
    }

    HttpResponse<InputStream> openAs(String key, String path, String... headers)
            throws IOException, InterruptedException {
        return CLIENT.send(request(key, "GET", path, BodyPublishers.noBody(), headers), BodyHandlers.ofInputStream());
    }

    /** The id of a call that was just placed. */
    String placed() {
        return post("/api/v1/calls", "{\"to\":\"+15551234567\",\"say\":\"Hello\"}")
                .id();
    }

    @Override
    public synchronized void close() {
        running.ifPresent(HttpServer::close);
        running = Optional.empty();
    }
}
