package dev.outdial.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.facade.Mount;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API over TLS. */
class TlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    /** A key for 127.0.0.1 that signed itself, and trust in it. */
    private SSLContext context() throws IOException, InterruptedException, GeneralSecurityException {
        Path file = folder.resolve("key.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "key",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-startdate",
                        "-1d",
                        "-validity",
                        "3",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        var store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        var trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("key", store.getCertificate("key"));
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(trust);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    @Test
    void aCertificateIsAllThatItTakes() throws IOException, InterruptedException, GeneralSecurityException {
        SSLContext context = context();
        var settings = HttpSettings.USUAL.at("127.0.0.1", 0).over(context);
        try (var server = HttpServer.start(settings, new Fakes().services(), List.of());
                var client = HttpClient.newBuilder().sslContext(context).build()) {
            var request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/healthz"))
                    .build();
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Strict-Transport-Security"))
                    .contains("max-age=31536000");
            assertThat(response.sslSession().orElseThrow().getProtocol()).isIn("TLSv1.3", "TLSv1.2");
        }
    }

    @Test
    void thePortOfAFacadeHasTheCertificateToo() throws Exception {
        SSLContext context = context();
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var settings = HttpSettings.USUAL.at("127.0.0.1", 0).over(context);
        var mount = new Mount(new PlacementTest.Speaking("apart", "/apart"), Optional.empty(), OptionalInt.of(port));
        try (var server = HttpServer.start(settings, new Fakes().services(), List.of(mount));
                var client = HttpClient.newBuilder().sslContext(context).build()) {
            for (int one : List.of(port, server.port())) {
                var request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + one + "/apart"))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build();
                assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(one == port ? 200 : 404);
            }
        }
    }
}
