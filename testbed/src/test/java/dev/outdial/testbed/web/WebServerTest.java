package dev.outdial.testbed.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Asked by the JDK's own client. */
@Timeout(30)
class WebServerTest {
    private final WebServer server = WebServer.open();

    @AfterEach
    void close() {
        server.close();
    }

    private static HttpURLConnection connection(URI uri) throws IOException {
        var connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        return connection;
    }

    @Test
    void itServesWhatItWasToldAndCounts() throws IOException {
        server.on("/a", WebAnswers.content("audio/wav", new byte[] {1, 2, 3}, "X-Word: yes"));

        HttpURLConnection connection = connection(server.uri("/a?x=1"));

        assertThat(connection.getInputStream().readAllBytes()).containsExactly(1, 2, 3);
        assertThat(connection.getContentType()).isEqualTo("audio/wav");
        assertThat(connection.getHeaderField("X-Word")).isEqualTo("yes");
        assertThat(connection(server.uri("/b")).getResponseCode()).isEqualTo(404);
        assertThat(server.connectionCount()).isEqualTo(2);
        assertThat(server.requests()).extracting(WebRequestHead::target).containsExactly("/a?x=1", "/b");
        assertThat(server.byteCount()).isGreaterThan(3);
    }

    @Test
    void whoHasATaggedBodyIsNotSentItAgain() throws IOException {
        server.on("/a", WebAnswers.tagged("audio/wav", new byte[10], "\"one\""));

        HttpURLConnection again = connection(server.uri("/a"));
        again.setRequestProperty("If-None-Match", "\"one\"");

        assertThat(again.getResponseCode()).isEqualTo(304);
        assertThat(connection(server.uri("/a")).getHeaderField("ETag")).isEqualTo("\"one\"");
    }

    @Test
    void redirectsNameTheirGoal() throws IOException {
        server.on("/a", WebAnswers.redirect("/b"));

        HttpURLConnection connection = connection(server.uri("/a"));

        assertThat(connection.getResponseCode()).isEqualTo(302);
        assertThat(connection.getHeaderField("Location")).isEqualTo("/b");
    }

    @Test
    void aBombIsSmallOnTheWire() throws IOException {
        server.on("/a", WebAnswers.gzipBomb("audio/wav", 8));

        try (var body = new GZIPInputStream(connection(server.uri("/a")).getInputStream())) {
            assertThat(body.readAllBytes()).hasSize(8 << 20);
        }
        assertThat(server.byteCount()).isLessThan(20_000);
    }

    @Test
    void endlessBodiesEndWithTheirReader() throws IOException {
        server.on("/a", WebAnswers.endless("HTTP/1.1 200 OK\nContent-Length: 2147483647\n\n"));

        HttpURLConnection connection = connection(server.uri("/a"));

        assertThat(connection.getInputStream().readNBytes(1 << 20)).hasSize(1 << 20);
        connection.disconnect();
    }

    @Test
    void aBodyThatIsShorterThanPromisedEndsTheConnection() throws IOException {
        server.on("/a", WebAnswers.raw("HTTP/1.1 200 OK\nContent-Length: 10\n\nabc"));

        HttpURLConnection connection = connection(server.uri("/a"));

        assertThatThrownBy(() -> connection.getInputStream().readAllBytes()).isInstanceOf(IOException.class);
    }
}
