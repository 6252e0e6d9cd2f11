package dev.outdial.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.config.ConfigReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose configuration names a key of its own. */
@Tag("slow")
@Timeout(90)
class TlsByConfigurationTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    private Path keystore() throws IOException, InterruptedException {
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
        return file;
    }

    /** Trust in that key, and in no other. */
    private static SSLContext trusting(Path keystore) throws IOException, GeneralSecurityException {
        var known = KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray());
        var trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("key", known.getCertificate("key"));
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(trust);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trusted.getTrustManagers(), null);
        return context;
    }

    @Test
    void theApiIsServedWithTheKeyThatTheConfigurationNames() throws Exception {
        Path keystore = keystore();
        var config = ConfigReader.withoutFile(
                folder,
                Map.of(
                        "OUTDIAL_HTTP_PORT", "0",
                        "OUTDIAL_LOOPBACK_TRUNK", "true",
                        "OUTDIAL_SIP_HOST", "127.0.0.1",
                        "OUTDIAL_SIP_PORT", "0",
                        "OUTDIAL_HTTP_TLS_KEYSTORE", keystore.toString(),
                        "OUTDIAL_HTTP_TLS_PASSWORD", PASSWORD));
        try (Server server = Server.startWithKey(config);
                HttpClient client =
                        HttpClient.newBuilder().sslContext(trusting(keystore)).build()) {
            assertThat(server.url()).startsWith("https://127.0.0.1:");
            var request = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/calls"))
                    .header(
                            "Authorization",
                            "Bearer " + server.key().orElseThrow().text())
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isIn("TLSv1.3", "TLSv1.2");
        }
    }
}
