package dev.outdial.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The acceptance case of engine and trunk that kills the process. */
@Tag("slow")
@Timeout(90)
@Execution(ExecutionMode.CONCURRENT)
class EngineCasesRestartTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE = "Content-Type";
    private static final String ASK = "Authorization";

    @TempDir
    private Path folder = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    @DisplayName(
            "E17: a process with a configuration alone serves all five APIs, and once more after it was killed; calls that were up are over with an outcome that nobody knows")
    void e17() throws Exception {
        var stays = Persona.of("answers and stays", new Step.Answer());
        try (var trunk = LoopbackTrunk.builder()
                        .dialPlan(DialPlan.empty().otherwise(stays))
                        .start();
                var server = ServerProcess.in(
                        folder,
                        new ServerProcess.Wanted(
                                trunk.port(), 10, 100, Map.of("OUTDIAL_FACADES_VOICE2PHONE_ALLOW_HTTP", "true")))) {
            Duration first = server.start();
            Keys keys = keys(server);
            String call = nativeCall(server);
            await(server, call, "progressing");
            allAnswer(server, keys);

            server.kill();
            Duration second = server.start();

            assertThat(first.plus(second)).isPositive();
            JsonNode known = await(server, call, "hangup");
            assertThat(known.path("outcome").asText()).as(known.toString()).isEqualTo("unknown");
            assertThat(known.path("hangup_reason").asText()).isEqualTo("failed");
            assertThat(get(server, "/api/v1/calls").path("items"))
                    .anyMatch(one -> one.path("id").asText().equals(call));
            allAnswer(server, keys);
            // The list of VoIPBin has the calls of all APIs.
            JsonNode theirs = ok(send(
                    server,
                    "GET",
                    "/v1.0/calls/" + call + "?accesskey="
                            + keys.voipbin().path("password").asText(),
                    ""));
            assertThat(theirs.path("status").asText()).as(theirs.toString()).isEqualTo("hangup");
            assertThat(theirs.path("hangup_reason").asText()).isEqualTo("failed");
        }
    }

    /** What the clients of the five show, as they were handed it. */
    private record Keys(
            JsonNode neutrino, JsonNode cequens, JsonNode voipbin, JsonNode voice2phone, JsonNode bandwidth) {}

    private Keys keys(ServerProcess server) throws Exception {
        return new Keys(
                login(server, "neutrino"),
                login(server, "cequens"),
                login(server, "voipbin"),
                login(server, "voice2phone"),
                login(server, "bandwidth"));
    }

    private JsonNode login(ServerProcess server, String facade) throws Exception {
        HttpResponse<String> made = http.send(
                server.request("/api/v1/facadekeys")
                        .POST(BodyPublishers.ofString("{\"facade\":\"" + facade + "\"}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return JSON.readTree(made.body()).path("login");
    }

    private String nativeCall(ServerProcess server) throws Exception {
        HttpResponse<String> made = http.send(
                server.request("/api/v1/calls")
                        .POST(BodyPublishers.ofString("{\"to\":\"+4930200000017\"}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return JSON.readTree(made.body()).path("id").asText();
    }

    private JsonNode get(ServerProcess server, String path) throws Exception {
        return ok(http.send(server.request(path).GET().build(), BodyHandlers.ofString()));
    }

    private JsonNode await(ServerProcess server, String call, String status) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        JsonNode now = get(server, "/api/v1/calls/" + call);
        while (!now.path("status").asText().equals(status)) {
            assertThat(System.nanoTime()).as(now.toString()).isLessThan(end);
            Thread.sleep(20); // the world outside: nothing tells us sooner
            now = get(server, "/api/v1/calls/" + call);
        }
        return now;
    }

    /** Each of the five knows its client, and answers. */
    private void allAnswer(ServerProcess server, Keys keys) throws Exception {
        JsonNode valid = ok(send(
                server,
                "GET",
                "/phone-validate?number=%2B4930200000017",
                "",
                "User-ID",
                keys.neutrino().path("User-ID").asText(),
                "API-Key",
                keys.neutrino().path("API-Key").asText()));
        assertThat(valid.path("country-code").asText()).as(valid.toString()).isEqualTo("DE");
        JsonNode token = ok(send(
                server,
                "POST",
                "/auth/v1/tokens",
                "{\"apiKey\":\"%s\",\"userName\":\"%s\"}"
                        .formatted(
                                keys.cequens().path("apiKey").asText(),
                                keys.cequens().path("userName").asText()),
                TYPE,
                "application/json"));
        assertThat(token.at("/data/access_token").asText()).isNotEmpty();
        JsonNode calls = ok(send(
                server,
                "GET",
                "/v1.0/calls?accesskey=" + keys.voipbin().path("password").asText(),
                ""));
        assertThat(calls.path("result")).isNotEmpty();
        HttpResponse<String> noCall = send(
                server,
                "GET",
                "/call/1",
                "",
                ASK,
                keys.voice2phone().path("key").asText());
        HttpResponse<String> nobody = send(server, "GET", "/call/1", "", ASK, "wrong");
        assertThat(noCall.statusCode()).as(noCall.body()).isNotEqualTo(nobody.statusCode());
        String basic = keys.bandwidth().path("apiToken").asText() + ":"
                + keys.bandwidth().path("apiSecret").asText();
        JsonNode theirs = ok(send(
                server,
                "GET",
                "/v1/users/" + keys.bandwidth().path("userId").asText() + "/calls",
                "",
                ASK,
                "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8))));
        assertThat(theirs.isArray()).isTrue();
    }

    private static JsonNode ok(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.uri() + " " + answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> send(ServerProcess server, String method, String path, String body, String... headers)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.url(path)))
                .timeout(Duration.ofSeconds(10))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) request.headers(headers);
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
