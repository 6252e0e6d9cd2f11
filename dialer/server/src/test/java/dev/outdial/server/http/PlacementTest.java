package dev.outdial.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.Facade;
import dev.outdial.server.facade.Mount;
import dev.outdial.server.facade.Place;
import dev.outdial.server.facade.Trouble;
import dev.outdial.server.http.limit.TokenBucket.Rate;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Facades at ports and under host names of their own, over real connections. */
class PlacementTest {
    private static final int OWN_PORT = freePort();
    private static final HttpServer SERVER = HttpServer.start(
            HttpSettings.USUAL.limited(new Rate(100_000, 1000), 500, 50).at("127.0.0.1", 0),
            new Fakes().services(),
            List.of(
                    new Mount(new Speaking("anywhere", "/speak")),
                    new Mount(new Speaking("named", "/hosted"), Optional.of("Voice.Example.com"), OptionalInt.empty()),
                    new Mount(new Speaking("apart", "/apart"), Optional.empty(), OptionalInt.of(OWN_PORT)),
                    new Mount(new Speaking("both", "/apart"), Optional.of("both.example.com"), OptionalInt.empty())),
            InstantSource.system(),
            System::nanoTime,
            line -> {});

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new IllegalStateException(none);
        }
    }

    /** Says its name at one path by POST, and refuses the rest by name. */
    record Speaking(String name, String path) implements Facade {
        @Override
        public List<Place> places() {
            return List.of(Place.of("POST", path, asked -> said(200, name)));
        }

        @Override
        public List<String> roots() {
            return List.of(path);
        }

        @Override
        public dev.outdial.server.facade.Answer refused(Trouble trouble, Asked asked) {
            return said(trouble == Trouble.OTHER_METHOD ? 405 : 404, name + " " + trouble);
        }

        private static dev.outdial.server.facade.Answer said(int status, String words) {
            return dev.outdial.server.facade.Answer.json(status, JsonNodeFactory.instance.textNode(words));
        }
    }

    /** The status and, of a facade, its word. */
    private static String ask(int port, String host, String method, String path) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            String head = method + " " + path + " HTTP/1.1\r\nHost: " + host
                    + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String status = answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
            String body = answer.substring(answer.indexOf("\r\n\r\n") + 4).replaceAll("(?s)[^\"]*(\"[^\"]*\").*", "$1");
            return status + " " + (body.startsWith("\"type") ? "native" : body.replace("\"", ""));
        }
    }

    private static String main(String host, String method, String path) throws IOException {
        return ask(SERVER.port(), host, method, path);
    }

    @Test
    void aFacadeWithoutAPlaceOfItsOwnIsServedUnderAnyNameAtTheServersPort() throws Exception {
        assertThat(main("127.0.0.1", "POST", "/speak")).isEqualTo("200 anywhere");
        assertThat(main("voice.example.com", "POST", "/speak")).isEqualTo("200 anywhere");
        assertThat(main("127.0.0.1", "GET", "/speak")).isEqualTo("405 anywhere OTHER_METHOD");
        assertThat(main("127.0.0.1", "POST", "/speak/more")).isEqualTo("404 anywhere NO_SUCH_PLACE");
        assertThat(ask(OWN_PORT, "127.0.0.1", "POST", "/speak")).isEqualTo("404 apart NO_SUCH_PLACE");
    }

    @Test
    void underAnotherNameAFacadeWithANameIsNotThere() throws Exception {
        assertThat(main("voice.example.com", "POST", "/hosted")).isEqualTo("200 named");
        assertThat(main("VOICE.EXAMPLE.COM:8080", "POST", "/hosted")).isEqualTo("200 named");
        assertThat(main("voice.example.com", "GET", "/hosted")).isEqualTo("405 named OTHER_METHOD");
        for (String method : List.of("POST", "GET")) {
            assertThat(main("127.0.0.1", method, "/hosted")).isEqualTo("404 native");
            assertThat(main("voice.example.com.evil.example", method, "/hosted"))
                    .isEqualTo("404 native");
        }
    }

    @Test
    void atItsOwnPortAFacadeIsAloneAndNowhereElse() throws Exception {
        assertThat(ask(OWN_PORT, "any.example.com", "POST", "/apart")).isEqualTo("200 apart");
        assertThat(ask(OWN_PORT, "any.example.com", "GET", "/apart")).isEqualTo("405 apart OTHER_METHOD");
        assertThat(ask(OWN_PORT, "any.example.com", "GET", "/healthz")).isEqualTo("404 apart NO_SUCH_PLACE");
        assertThat(ask(OWN_PORT, "any.example.com", "GET", "/api/v1/calls")).isEqualTo("404 apart NO_SUCH_PLACE");
        assertThat(main("127.0.0.1", "POST", "/apart")).isEqualTo("404 native");
        assertThat(main("127.0.0.1", "GET", "/healthz")).startsWith("200 ");
        assertThat(main("127.0.0.1", "GET", "/api/v1/calls")).startsWith("401 ");
    }

    @Test
    void twoFacadesMayHaveTheSamePathAtDifferentPlaces() throws Exception {
        assertThat(main("both.example.com", "POST", "/apart")).isEqualTo("200 both");
        assertThat(ask(OWN_PORT, "both.example.com", "POST", "/apart")).isEqualTo("200 apart");
    }
}
