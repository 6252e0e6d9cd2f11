package dev.outdial.dialer.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.flow.OutsideAction.Fetch;
import dev.outdial.dialer.flow.OutsideAction.WebhookSend;
import dev.outdial.dialer.flow.json.FlowReader;
import dev.outdial.dialer.flow.machine.FlowEnd;
import dev.outdial.dialer.flow.machine.FlowEvent.Result;
import dev.outdial.dialer.sound.FetchOptions;
import dev.outdial.dialer.testing.FakeTrunk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom a flow asks and tells, on a server of this machine. */
@Timeout(60)
class OutsideTest {
    private static final String BEEP = "[{\"type\":\"beep\"}]";

    private final FakeTrunk trunk = FakeTrunk.named("carrier");
    private final Dialer dialer;
    private final FlowSettings settings = FlowSettings.of()
            .withHttp(FetchOptions.DEFAULT.fromAnywhere())
            .withFlows(id -> id.equals("known") ? Optional.of(FlowReader.read(BEEP)) : Optional.empty());
    private final Outside outside = new Outside(settings);
    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private int status = 200;
    private String answer = BEEP;

    /** A request as it came. */
    private record Asked(String method, String target, String type, String authorization, String body) {}

    OutsideTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
        trunk.callee("+4930111").answers();
        dialer = trunk.dialer();
    }

    @AfterEach
    void close() {
        server.stop(0);
        dialer.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        asked.add(new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                String.valueOf(headers.getFirst("Content-Type")),
                String.valueOf(headers.getFirst("Authorization")),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        if (status == 302) exchange.getResponseHeaders().set("Location", "/elsewhere");
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String url(String userInfo, String path) {
        return "http://" + userInfo + "127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private FlowLine line() {
        Call call = dialer.dial(DialRequest.over("carrier", "+4930111"));
        return new FlowLine(
                new FlowRunner(dialer, settings), dialer, call, Optional.empty(), Optional.empty(), "run-1");
    }

    private static String why(Result result) {
        return result instanceof Result.Failed failed ? failed.why() : "no failure: " + result;
    }

    @Test
    void actionsAreAskedForWithTheIdsOfRunAndCall() throws Exception {
        FlowLine line = line();
        Result result = outside.fetch(line, new Fetch(url("", "/actions?a=b"), "POST"));
        assertThat(result).isEqualTo(new Result.Brought(FlowReader.read(BEEP)));
        assertThat(asked)
                .containsExactly(new Asked(
                        "POST",
                        "/actions?a=b",
                        "application/json",
                        "null",
                        "{\"activeflow_id\":\"run-1\",\"reference_id\":\""
                                + line.call().id() + "\"}"));
    }

    @Test
    void aGetHasThemInItsQuery() throws Exception {
        FlowLine line = line();
        answer = "{\"actions\":" + BEEP + "}";
        assertThat(outside.fetch(line, new Fetch(url("", "/actions"), "get"))).isInstanceOf(Result.Brought.class);
        assertThat(asked.getFirst().target())
                .startsWith("/actions?activeflow_id=run-1&reference_id=")
                .contains(line.call().id());
        assertThat(asked.getFirst().body()).isEmpty();
    }

    @Test
    void whatIsNoActionsIsAFailure() throws Exception {
        Fetch fetch = new Fetch(url("", "/"), "POST");
        FlowLine line = line();
        status = 500;
        assertThat(why(outside.fetch(line, fetch))).isEqualTo("127.0.0.1 answered 500 in place of actions");
        status = 204;
        assertThat(why(outside.fetch(line, fetch))).contains("204");
        status = 302;
        assertThat(why(outside.fetch(line, fetch))).contains("302");
        status = 200;
        answer = "[{\"type\":\"juggle\"}]";
        assertThat(why(outside.fetch(line, fetch))).contains("juggle");
        answer = "no JSON at all";
        assertThat(why(outside.fetch(line, fetch))).startsWith("127.0.0.1 answered with actions that are none");
        answer = "[" + " ".repeat(300_000) + "]";
        assertThat(why(outside.fetch(line, fetch))).contains("262144 bytes");
        assertThat(asked.stream().map(Asked::target)).containsOnly("/");
    }

    @Test
    void nameAndPasswordInAnAddressGoByBasicAuthenticationAndAreNotShown() throws Exception {
        assertThat(outside.send(line(), new WebhookSend(true, url("bob:s%3Acret@", "/hook"), "POST", "", "{}")))
                .isEqualTo(new Result.Finished());
        assertThat(asked.getFirst().authorization()).isEqualTo("Basic Ym9iOnM6Y3JldA==");
        server.stop(0);
        String why =
                why(outside.send(line(), new WebhookSend(true, url("bob:s3cret@", "/hook?key=k3y"), "POST", "", "")));
        assertThat(why).contains("127.0.0.1").doesNotContain("s3cret").doesNotContain("k3y");
    }

    @ParameterizedTest
    @CsvSource({"POST, text/plain, text/plain", "PUT, '', application/json", "DELETE, '', application/json"})
    void somebodyIsToldWithBodyAndType(String method, String type, String sent) throws Exception {
        assertThat(outside.send(line(), new WebhookSend(true, url("", "/hook"), method, type, "hällo")))
                .isEqualTo(new Result.Finished());
        assertThat(asked).containsExactly(new Asked(method, "/hook", sent, "null", "hällo"));
    }

    @Test
    void aGetTellsByItsAddressAlone() throws Exception {
        assertThat(outside.send(line(), new WebhookSend(true, url("", "/hook?done=1"), "GET", "text/plain", "lost")))
                .isEqualTo(new Result.Finished());
        assertThat(asked).containsExactly(new Asked("GET", "/hook?done=1", "null", "null", ""));
    }

    @Test
    void whoDoesNotTakeItOrCannotBeToldIsAFailure() throws Exception {
        status = 404;
        assertThat(why(outside.send(line(), new WebhookSend(true, url("", "/hook"), "POST", "", "{}"))))
                .isEqualTo("127.0.0.1 answered 404");
        status = 302;
        assertThat(why(outside.send(line(), new WebhookSend(true, url("", "/hook"), "GET", "", ""))))
                .contains("302");
        assertThat(asked).hasSize(2);
        assertThat(why(outside.send(line(), new WebhookSend(true, url("", "/hook"), "SHOUT", "", ""))))
                .contains("SHOUT");
        assertThat(why(outside.send(line(), new WebhookSend(true, "ftp://s3cret@example.com/", "POST", "", ""))))
                .contains("http or https")
                .doesNotContain("s3cret");
        assertThat(why(outside.send(line(), new WebhookSend(true, "http://exa mple/s3cret", "POST", "", ""))))
                .contains("http or https")
                .doesNotContain("s3cret");
        assertThat(why(outside.send(line(), new WebhookSend(true, url("", "/hook"), "POST", "text/plain\r\nX: y", ""))))
                .contains("Content-Type");
    }

    @Test
    void privateAddressesAreOnlyForWhoAllowsThem() throws Exception {
        var careful =
                new Outside(FlowSettings.of().withHttp(new FetchOptions(java.util.Set.of(), false, Optional.empty())));
        assertThat(why(careful.send(line(), new WebhookSend(true, url("", "/hook"), "POST", "", "{}"))))
                .contains("127.0.0.1");
        assertThat(asked).isEmpty();
    }

    @Test
    void aFlowIsLookedUp() {
        assertThat(outside.fetchFlow("known")).isInstanceOf(Result.Brought.class);
        assertThat(why(outside.fetchFlow("unknown"))).isEqualTo("there is no flow 'unknown'");
    }

    @Test
    void aFlowCarriesOutWhatItFetches() throws Exception {
        FlowResult result = new FlowRunner(dialer, settings)
                .dial(
                        DialRequest.over("carrier", "+4930111"),
                        FlowReader.read("[{\"type\":\"fetch\",\"option\":{\"event_url\":\"" + url("", "/more")
                                + "\",\"event_method\":\"POST\"}},"
                                + "{\"type\":\"webhook_send\",\"option\":{\"sync\":true,\"uri\":\""
                                + url("", "/told/${voipbin.activeflow.id}")
                                + "\",\"method\":\"POST\",\"data_type\":\"text/plain\",\"data\":\"done\"}}]"))
                .awaitEnd();
        assertThat(result.end()).isEqualTo(FlowEnd.COMPLETED);
        assertThat(trunk.calls().getFirst().played()).hasSize(1);
        assertThat(asked).hasSize(2);
        assertThat(asked.getFirst().body()).contains("activeflow_id");
        assertThat(asked.getLast().target())
                .isEqualTo("/told/"
                        + result.variables().get("voipbin.activeflow.id").orElseThrow());
    }

    @Test
    void aFetchThatFailsEndsTheFlow() throws Exception {
        status = 503;
        FlowResult result = new FlowRunner(dialer, settings)
                .dial(
                        DialRequest.over("carrier", "+4930111"),
                        FlowReader.read("[{\"type\":\"fetch\",\"option\":{\"event_url\":\"" + url("", "/more")
                                + "\",\"event_method\":\"POST\"}},{\"type\":\"beep\"}]"))
                .awaitEnd();
        assertThat(result.end()).isEqualTo(FlowEnd.FAILED);
        assertThat(result.why()).contains("503");
        assertThat(trunk.calls().getFirst().played()).isEmpty();
    }
}
