package dev.outdial.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.ServiceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** All that is refused is refused with a problem document that tells nothing of the inside. */
class ProblemTest {
    private static final Api API = Api.start();
    private static final String CALLS = "/api/v1/calls";

    @AfterAll
    static void stop() {
        API.close();
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(API.get("/nowhere").status()).isEqualTo(404);
        assertThat(API.get(CALLS + "/7b1c2f6e-0b5e-4d55-9d0a-0d6c7f1e2a34").status())
                .isEqualTo(404);
        assertThat(API.get(CALLS + "/1%27%20or%201=1").status()).isEqualTo(404);
        assertThat(API.get("/api/v1/media/..%2e").status()).isEqualTo(404);
    }

    @Test
    void whatIsAnothersIsNotFoundEither() {
        String other = API.fakes.keys.issue("other", Scope.ADMIN);
        assertThat(API.sendAs(other, "GET", CALLS + "/" + API.placed(), "").status())
                .isEqualTo(404);
    }

    @Test
    void aPathSaysWhichMethodsItTakes() {
        Answer answer = API.send("PUT", CALLS, "{}");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("GET").contains("POST");
    }

    @Test
    void onlyJsonIsSpoken() {
        assertThat(API.get(CALLS, "Accept", "text/html").status()).isEqualTo(406);
        assertThat(API.get(CALLS, "Accept", "text/html, */*;q=0.1").status()).isEqualTo(200);
        assertThat(API.post(CALLS, "to=100", "Content-Type", "application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(415);
        assertThat(API.post(CALLS, "{}", "Content-Type", "application/json; charset=utf-16")
                        .status())
                .isEqualTo(415);
        assertThat(API.post(CALLS, "{}", "Content-Encoding", "gzip").status()).isEqualTo(415);
        assertThat(API.send("PUT", "/api/v1/media/a.html", "<html>", "Content-Type", "text/html")
                        .status())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"to":                      | line 1
            {"to":"1","to":"2"}         | twice
            [1                          | line 1
            {} {}                       | line 1
            {"to":NaN}                  | line 1
            {"to":11111111112222222222333333333344444444445555555555666666666677777777778888888888999999999900000000001} | long
            """)
    void whatIsNotJsonIsSaidToBeNone(String body, String said) {
        Answer answer = API.post(CALLS, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("bad_json");
        assertThat(answer.json().path("detail").asText()).contains(said);
    }

    @Test
    void depthAndSizeHaveLimits() {
        assertThat(API.post(CALLS, nested(64)).status()).isEqualTo(422);
        assertThat(API.post(CALLS, nested(65)).problem()).isEqualTo("bad_json");
        String large = "{\"metadata\":\"" + "x".repeat(Exchange.MAX_JSON_BYTES) + "\"}";
        assertThat(API.post(CALLS, large).status()).isEqualTo(413);
        var bytes = large.getBytes(StandardCharsets.UTF_8);
        Answer chunked = API.exchange(
                API.admin,
                "POST",
                CALLS,
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)),
                "Content-Type",
                "application/json");
        assertThat(chunked.status()).isEqualTo(413);
    }

    /** A connection that is closed while somebody still sends takes the answer with it. */
    @RepeatedTest(20)
    void whoSendsTooMuchHearsSo() {
        assertThat(API.post(CALLS, "x".repeat(6 * 1024 * 1024)).problem()).isEqualTo("too_large");
    }

    private static String nested(int depth) {
        return "{\"metadata\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
    }

    @Test
    void aBodyThatIsNoObjectIsRefused() {
        assertThat(API.post(CALLS, "[]").status()).isEqualTo(422);
        assertThat(API.post(CALLS, "\"text\"").status()).isEqualTo(422);
    }

    @ParameterizedTest
    @EnumSource
    void whatAServiceRefusesHasItsStatus(ServiceException.Kind kind) {
        API.fakes.calls.whileHangingUp = () -> {
            throw new ServiceException(kind, "some_code", "for a reason");
        };
        Answer answer = API.post(CALLS + "/" + API.placed() + "/hangup", "");
        int expected = switch (kind) {
            case INVALID -> 422;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case FORBIDDEN -> 403;
            case TOO_MANY -> 429;
            case UNAVAILABLE -> 503;
        };
        assertThat(answer.status()).isEqualTo(expected);
        assertThat(answer.problem()).isEqualTo("some_code");
    }

    @Test
    void whatNobodyForesawTellsNothing() {
        API.fakes.calls.whileHangingUp = () -> {
            throw new IllegalStateException(
                    "org.h2.jdbc.JdbcSQLException: select secret from keys; /home/outdial/x.java:7");
        };
        Answer answer = API.post(CALLS + "/" + API.placed() + "/hangup", "");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).doesNotContain("secret", "h2", "home");
        API.fakes.calls.whileHangingUp = () -> {
            throw new StackOverflowError();
        };
        assertThat(API.post(CALLS + "/" + API.placed() + "/hangup", "").status())
                .isEqualTo(500);
    }

    @Test
    void aDrainingServerTakesNothingNewAndLetsGoOn() {
        try (var api = Api.start()) {
            String call = api.placed();
            api.server().drain();
            Answer refused = api.post(CALLS, "{\"to\":\"100\"}");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.problem()).isEqualTo("draining");
            assertThat(api.post(CALLS + "/" + call + "/hangup", "").status()).isEqualTo(200);
            api.fakes.ready.set(false);
            assertThat(api.sendAs("", "GET", "/readyz", "").status()).isEqualTo(503);
            assertThat(api.sendAs("", "GET", "/healthz", "").status()).isEqualTo(200);
        }
    }

    @Test
    void theRequestIdIsTheAskersOwnWhereItIsGood() {
        assertThat(API.get(CALLS, "X-Request-Id", "order-77").header("X-Request-Id"))
                .isEqualTo("order-77");
        assertThat(API.get(CALLS, "X-Request-Id", "<script>").header("X-Request-Id"))
                .isNotEqualTo("<script>");
    }

    /** What never becomes a request. */
    @ParameterizedTest
    @CsvSource({
        "'GARBAGE\r\n\r\n', 400",
        "'GET /healthz HTTP/1.1\r\n\r\n', 400",
        "'GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n', 400",
        "'GET /api/v1/../../etc HTTP/1.1\r\nHost: a\r\n\r\n', 404",
        "'GET /api/v1/%2e%2e/%2e%2e/etc HTTP/1.1\r\nHost: a\r\n\r\n', 404"
    })
    void whatIsNotHttpIsRefusedInPlainWords(String request, String status) throws IOException {
        String answer = wire(request);
        assertThat(answer).startsWith("HTTP/1.1 " + status).contains("application/problem+json");
        assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("jetty", "exception", "<html");
    }

    @Test
    void aHeadThatIsTooLongIsRefused() throws IOException {
        String head = "GET /healthz HTTP/1.1\r\nHost: a\r\nX-Long: " + "x".repeat(9000) + "\r\n\r\n";
        assertThat(wire(head)).startsWith("HTTP/1.1 431").contains("application/problem+json");
        assertThat(wire("GET /" + "x".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 414");
    }

    private static String wire(String request) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), API.server().port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
