package dev.outdial.media.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.testbed.web.WebAnswer;
import dev.outdial.testbed.web.WebAnswers;
import dev.outdial.testbed.web.WebServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that send too much, too little, too slowly or nonsense. */
@Timeout(60)
class WebClientBoundsTest {
    private static final String OK = "HTTP/1.1 200 OK\nContent-Type: audio/wav\n";
    private static final String PASSWORD = "changeit";
    private static final Duration SOON = Duration.ofMillis(500);

    private final Neighbourhood place = Neighbourhood.open();

    @AfterEach
    void close() {
        place.close();
    }

    /** Reads it without keeping it. */
    private void drain(FetchPolicy policy, WebAnswer answer) throws IOException {
        place.web.on("/a", answer);
        try (var client = new WebClient(policy, Neighbourhood.names())) {
            client.exchange(
                    WebRequest.get(place.web.uri("/a?key=hunter2")),
                    response -> response.body().transferTo(OutputStream.nullOutputStream()));
        }
    }

    static Stream<Arguments> tooLong() {
        byte[] chunk = ("2000\r\n" + "a".repeat(0x2000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        return Stream.of(
                Arguments.of("until it closes", WebAnswers.endless(OK + "\n")),
                Arguments.of("chunked", WebAnswers.endless(OK + "Transfer-Encoding: chunked\n\n", chunk)),
                Arguments.of("a great length", WebAnswers.endless(OK + "Content-Length: 99999999999\n\n")),
                Arguments.of("gzip", WebAnswers.gzipBomb("audio/wav", 64)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tooLong")
    void aDownloadIsCutAtItsLimit(String how, WebAnswer answer) {
        assertThatThrownBy(() -> drain(place.policy(), answer))
                .isInstanceOf(FetchException.class)
                .hasMessage("cannot fetch from 127.0.0.2: its answer has more than 1 MB");
        // What is on its way in buffers of the system on both sides comes on top.
        assertThat(place.web.byteCount()).isLessThan(16 << 20);
    }

    @Test
    void aLengthThatIsTooGreatIsRefusedUnread() {
        assertThatThrownBy(() -> drain(place.policy(), WebAnswers.stalled(OK + "Content-Length: 1048577\n\n")))
                .hasMessage("cannot fetch from 127.0.0.2: its answer has more than 1 MB");
    }

    @Test
    void aBodyOfJustTheLimitIsTaken() throws IOException {
        drain(place.policy(), WebAnswers.content("audio/wav", new byte[1 << 20]));
    }

    static Stream<Arguments> tooSlow() {
        return Stream.of(
                Arguments.of("body", WebAnswers.trickle(OK + "\n", 20)),
                Arguments.of("body of a length", WebAnswers.trickle(OK + "Content-Length: 100000\n\n", 20)),
                Arguments.of("chunk", WebAnswers.trickle(OK + "Transfer-Encoding: chunked\n\nffff\n", 20)),
                Arguments.of("chunk length", WebAnswers.trickle(OK + "Transfer-Encoding: chunked\n\n", 20)),
                Arguments.of("head", WebAnswers.trickle(OK + "X-Long: ", 20)),
                Arguments.of("status line", WebAnswers.trickle("HTTP/1.1 200 ", 20)),
                Arguments.of("gzip", WebAnswers.trickle(OK + "Content-Encoding: gzip\n\n", 20)),
                Arguments.of("silence", WebAnswers.stalled("")),
                Arguments.of("silence after the head", WebAnswers.stalled(OK + "\n")),
                Arguments.of(
                        "early responses",
                        WebAnswers.endless("", "HTTP/1.1 103 Early\r\n\r\n".getBytes(StandardCharsets.US_ASCII))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tooSlow")
    void theTimeInAllIsBounded(String what, WebAnswer answer) {
        long start = System.nanoTime();

        assertThatThrownBy(() -> drain(place.policy().withLimit(SOON), answer)).isInstanceOf(FetchException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void whatIsTooLateIsSaidSo() {
        assertThatThrownBy(() -> drain(place.policy().withLimit(SOON), WebAnswers.stalled(OK + "\n")))
                .hasMessage("cannot fetch from 127.0.0.2: its answer was not whole within 500 ms");
    }

    @Test
    void aNameServiceThatHangsIsNotWaitedForLonger() throws IOException {
        var never = new CountDownLatch(1);
        HostNames hanging = host -> {
            try {
                never.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        };
        try (var client = new WebClient(place.policy().withLimit(SOON), hanging)) {
            URI address = URI.create("http://slow.test:" + place.web.port() + "/");
            assertThatThrownBy(() -> client.exchange(WebRequest.get(address), WebResponse::status))
                    .hasMessage("cannot fetch from slow.test: its answer was not whole within 500 ms");
        } finally {
            never.countDown();
        }
    }

    static Stream<Arguments> nonsense() {
        return Stream.of(
                Arguments.of("too short", WebAnswers.raw(OK + "Content-Length: 10\n\nabc")),
                Arguments.of("a chunk too short", WebAnswers.raw(OK + "Transfer-Encoding: chunked\n\n10\nabc")),
                Arguments.of("no last chunk", WebAnswers.raw(OK + "Transfer-Encoding: chunked\n\n3\nabc\n")),
                Arguments.of("a chunk of no length", WebAnswers.raw(OK + "Transfer-Encoding: chunked\n\nxyz\nabc\n")),
                Arguments.of("a negative chunk", WebAnswers.raw(OK + "Transfer-Encoding: chunked\n\n-5\nabc\n")),
                Arguments.of("damaged gzip", WebAnswers.raw(OK + "Content-Encoding: gzip\n\nthis is no gzip at all")),
                Arguments.of("another encoding", WebAnswers.raw(OK + "Content-Encoding: br\n\nabc")),
                Arguments.of("two encodings", WebAnswers.raw(OK + "Content-Encoding: gzip, gzip\n\nabc")),
                Arguments.of("no answer", WebAnswers.raw("")),
                Arguments.of("no HTTP", WebAnswers.raw("SSH-2.0-OpenSSH_9.2\n")),
                Arguments.of("half a head", WebAnswers.raw(OK)),
                Arguments.of(
                        "an endless head",
                        WebAnswers.endless(OK, "X-More: aaaaaaaaa\r\n".getBytes(StandardCharsets.US_ASCII))),
                Arguments.of(
                        "an endless header",
                        WebAnswers.endless(OK + "X-More: ", "aaaaaaaaa".getBytes(StandardCharsets.US_ASCII))),
                Arguments.of(
                        "an endless status",
                        WebAnswers.endless("HTTP/1.1 200 ", "aaaaaaaaa".getBytes(StandardCharsets.US_ASCII))),
                Arguments.of("a head too long", WebAnswers.raw(OK + "X-More: " + "a".repeat(40_000) + "\n\nabc")),
                Arguments.of(
                        "endless trailers",
                        WebAnswers.endless(
                                OK + "Transfer-Encoding: chunked\n\n0\n",
                                "X: a\r\n".getBytes(StandardCharsets.US_ASCII))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nonsense")
    void nonsenseIsOneSentence(String what, WebAnswer answer) {
        assertThatThrownBy(() -> drain(place.policy(), answer))
                .isInstanceOf(FetchException.class)
                .message()
                .startsWith("cannot fetch from 127.0.0.2: ")
                .doesNotContain("hunter2")
                .doesNotContain("\n")
                .hasSizeLessThan(200);
        assertThat(place.web.byteCount()).isLessThan(16 << 20);
    }

    @Test
    void moreThanTheLengthSaysIsLeft() throws IOException {
        place.web.on("/a", WebAnswers.raw(OK + "Content-Length: 3\n\nabcdefHTTP/1.1 200 OK\n\n"));
        try (var client = place.client()) {
            assertThat(place.get(client, "/a"))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("abc");
        }
    }

    @Test
    void fiveRedirectsAreFollowedAndNotSix() throws IOException {
        for (int i = 0; i < 6; i++) place.web.on("/" + i, WebAnswers.redirect("/" + (i + 1)));
        place.web.on("/6", WebAnswers.content("audio/wav", new byte[3]));
        try (var client = place.client()) {
            assertThat(place.get(client, "/1")).hasSize(3);
            assertThatThrownBy(() -> place.get(client, "/0"))
                    .hasMessage("cannot fetch from 127.0.0.2: more than 5 redirects");
        }
        // Six requests each: the first and five redirects.
        assertThat(place.web.connectionCount()).isEqualTo(12);
    }

    @Test
    void aRedirectTakesNoSecretsToAnotherServer() throws IOException {
        try (var other = WebServer.open(Neighbourhood.PUBLIC_HOST);
                var client = new WebClient(place.policy().withPorts(Set.of()), Neighbourhood.names())) {
            place.web.on("/a", WebAnswers.redirect("/b"));
            place.web.on("/b", WebAnswers.redirect(other.uri("/c").toString()));
            other.on("/c", WebAnswers.content("audio/wav", new byte[3]));
            WebRequest request = WebRequest.get(place.web.uri("/a"))
                    .with("Authorization", "Bearer hunter2")
                    .with("X-Key", "hunter2")
                    .with("If-None-Match", "\"1\"");

            assertThat(client.<Integer>exchange(request, WebResponse::status)).isEqualTo(200);

            assertThat(place.web.requests())
                    .allSatisfy(sent -> assertThat(sent.headers()).containsKeys("authorization", "x-key"))
                    .hasSize(2);
            assertThat(other.requests().getFirst().headers())
                    .containsEntry("if-none-match", "\"1\"")
                    .doesNotContainKeys("authorization", "x-key");
        }
    }

    @Test
    void redirectsThatEachTakeAWhileTakeNoMoreInAll() {
        place.web.on("/a", exchange -> {
            exchange.pause(300);
            WebAnswers.redirect("/a").answer(exchange);
        });
        try (var client = new WebClient(place.policy().withLimit(SOON), Neighbourhood.names())) {
            assertThatThrownBy(() -> place.get(client, "/a"))
                    .hasMessage("cannot fetch from 127.0.0.2: its answer was not whole within 500 ms");
        }
        assertThat(place.web.connectionCount()).isLessThanOrEqualTo(2);
    }

    @Test
    void whoIsNotThereIsSaidToBeNotThere() throws IOException {
        int port;
        // Who holds a port and does not listen keeps it from everybody else.
        try (var held = new Socket()) {
            held.bind(new InetSocketAddress("127.0.0.2", 0));
            port = held.getLocalPort();
            URI nowhere = URI.create("http://127.0.0.2:" + port + "/a");
            try (var client = new WebClient(place.policy().withPorts(Set.of(port)), Neighbourhood.names())) {
                assertThatThrownBy(() -> client.exchange(WebRequest.get(nowhere), WebResponse::status))
                        .hasMessage("cannot fetch from 127.0.0.2: nobody answers at port " + port);
            }
        }
        HostNames nobody = host -> {
            throw new UnknownHostException(host);
        };
        try (var client = new WebClient(place.policy().withPorts(Set.of(port)), nobody)) {
            URI address = URI.create("http://gone.test:" + port + "/");
            assertThatThrownBy(() -> client.exchange(WebRequest.get(address), WebResponse::status))
                    .hasMessage("cannot fetch from gone.test: there is no such host");
        }
    }

    @Test
    void whoSpeaksNoTlsIsToldOf() {
        place.web.on("/a", WebAnswers.status(200));
        try (var client = place.client()) {
            URI address = URI.create(place.web.uri("/a").toString().replace("http:", "https:"));
            assertThatThrownBy(() -> client.exchange(WebRequest.get(address), WebResponse::status))
                    .isInstanceOf(FetchException.class)
                    .hasMessageStartingWith("cannot fetch from 127.0.0.2: TLS fails: ");
        }
    }

    @Test
    void httpsIsSpokenWithWhomWeTrustOnly(@TempDir Path folder) throws Exception {
        Path keys = folder.resolve("key.p12");
        makeKey(keys);
        try (var server = WebServer.open(Neighbourhood.PUBLIC_HOST, context(keys))) {
            server.on("/a", WebAnswers.content("audio/wav", new byte[3]));
            server.on("/plain", WebAnswers.redirect(place.web.uri("/a").toString()));
            String base = server.uri("").toString().replace("http:", "https:");
            FetchPolicy policy = place.policy().withPorts(Set.of());

            try (var stranger = new WebClient(policy, Neighbourhood.names())) {
                assertThatThrownBy(
                                () -> stranger.exchange(WebRequest.get(URI.create(base + "/a")), WebResponse::status))
                        .hasMessageStartingWith("cannot fetch from 127.0.0.2: TLS fails: ");
            }
            assertThat(server.requests()).isEmpty();
            try (var friend = trusting(keys, policy)) {
                byte[] body = friend.exchange(
                        WebRequest.get(URI.create(base + "/a")),
                        response -> response.body().readAllBytes());
                assertThat(body).hasSize(3);
                assertThatThrownBy(
                                () -> friend.exchange(WebRequest.get(URI.create(base + "/plain")), WebResponse::status))
                        .hasMessage(
                                "cannot fetch from 127.0.0.2: it redirects from https to http, which is not followed");
            }
            assertThat(place.web.connectionCount()).isZero();
        }
    }

    private static void makeKey(Path store) throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=test",
                        "-validity",
                        "3",
                        "-ext",
                        "san=ip:127.0.0.2",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
    }

    private static SSLContext context(Path store) throws GeneralSecurityException, IOException {
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** As a JVM that was started to trust it: a client reads that when it is made. */
    private static WebClient trusting(Path store, FetchPolicy policy) throws IOException, GeneralSecurityException {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "test",
                KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()).getCertificate("mykey"));
        Path file = store.resolveSibling("trust.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        try {
            System.setProperty("javax.net.ssl.trustStore", file.toString());
            System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
            return new WebClient(policy, Neighbourhood.names());
        } finally {
            System.clearProperty("javax.net.ssl.trustStore");
            System.clearProperty("javax.net.ssl.trustStorePassword");
        }
    }

    @Test
    void aPostIsSentWithItsHeadersAndItsRedirectIsAnAnswer() throws IOException {
        var body = new StringBuilder();
        place.web.on("/hook", exchange -> {
            byte[] bytes = new byte[100];
            int count = exchange.read(bytes);
            body.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
            WebAnswers.redirect(307, "/elsewhere").answer(exchange);
        });
        try (var client = place.client()) {
            var request = new WebRequest(
                    "POST",
                    place.web.uri("/hook"),
                    Map.of("Content-Type", "application/json", "X-Signature", "abc"),
                    Optional.of("{\"a\":\"ä\"}"));
            assertThat(client.<Integer>exchange(request, WebResponse::status)).isEqualTo(307);
        }
        assertThat(body).hasToString("{\"a\":\"ä\"}");
        assertThat(place.web.requests()).hasSize(1);
        assertThat(place.web.requests().getFirst().header("content-type")).contains("application/json");
        assertThat(place.web.requests().getFirst().header("x-signature")).contains("abc");
    }

    @Test
    void aRequestThatMakesNoSenseIsRefusedWithoutRepeatingItsSecrets() {
        WebRequest get = WebRequest.get(place.web.uri("/a"));
        assertThatThrownBy(() -> get.with("X-Key", "hunter2\r\nX-Other: 1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> get.with("X Key", "1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WebRequest("TRACE", get.address(), Map.of(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WebRequest("GET", get.address(), Map.of(), Optional.of("x")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void closingEndsWhatGoesOn() throws Exception {
        var asked = new CountDownLatch(1);
        var ended = new AtomicInteger();
        place.web.on("/a", exchange -> {
            asked.countDown();
            WebAnswers.stalled(OK + "\n").answer(exchange);
        });
        var client = place.client();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                place.get(client, "/a");
            } catch (IOException cutOff) {
                ended.incrementAndGet();
            }
        });
        asked.await();

        client.close();
        waiting.join();

        assertThat(ended).hasValue(1);
        assertThatThrownBy(() -> place.get(client, "/a")).isInstanceOf(FetchException.class);
    }
}
