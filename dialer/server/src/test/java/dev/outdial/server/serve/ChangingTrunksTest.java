package dev.outdial.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.server.config.ConfigReader;
import dev.outdial.server.config.ServerConfig;
import dev.outdial.server.webhook.WebhookReceiver;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trunks are made, changed and deleted by the API while the server runs, and how they stand is told. */
@Tag("slow")
@Timeout(90)
class ChangingTrunksTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NUMBER = "+15550100123";
    private static final DialPlan PLAN =
            DialPlan.empty().with(NUMBER, Persona.of("answers and stays", new Step.Answer()));

    @TempDir
    private Path folder = Path.of("");

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void aTrunkCountsFromWhenItIsMadeToWhenItIsDeletedAndItsRegistrationIsTold() throws Exception {
        try (LoopbackTrunk carrier = LoopbackTrunk.builder()
                        .user("alice", "secret")
                        .dialPlan(PLAN)
                        .start();
                WebhookReceiver receiver = WebhookReceiver.start();
                Server server = Server.startWithKey(config(receiver))) {
            JsonNode hook = send(server, "POST", "/api/v1/webhooks", Map.of("url", receiver.url("/events")), 201);
            assertThat(hook.path("id").asText()).isNotEmpty();

            // With a wrong password it is there, and fails.
            JsonNode made = send(server, "POST", "/api/v1/trunks", trunk(carrier, "wrong"), 201);
            String path = "/api/v1/trunks/" + made.path("id").asText();
            JsonNode failed = await(() -> events(server, "trunk.failed"), found -> !found.isEmpty())
                    .getFirst();
            assertThat(failed.path("call_id").asText()).isEmpty();
            assertThat(failed.path("data").path("trunk").asText()).isEqualTo("carrier");
            assertThat(failed.path("data").path("sip_code").asInt()).isBetween(400, 499);
            assertThat(failed.path("data").path("reason").asText()).contains("does not accept this user and password");
            assertThat(failed.toString()).doesNotContain("wrong");

            // With the right one it registers.
            send(server, "PUT", path, trunk(carrier, "secret"), 200);
            await(
                    () -> events(server, "trunk.registered"),
                    found -> found.stream()
                            .anyMatch(event ->
                                    event.path("data").path("trunk").asText().equals("carrier")));
            assertThat(get(server, path + "/status").path("state").asText()).isEqualTo("registered");
            await(
                    () -> receiver.deliveries().stream()
                            .map(WebhookReceiver.Delivery::body)
                            .toList(),
                    bodies -> bodies.stream().anyMatch(body -> body.contains("trunk.failed"))
                            && bodies.stream()
                                    .anyMatch(body -> body.contains("trunk.registered") && body.contains("carrier")));

            // A call over it is up when it is deleted, goes on, and is ended by us.
            String call = order(server, 201).path("id").asText();
            await(() -> get(server, "/api/v1/calls/" + call), now -> status(now).equals("progressing"));
            send(server, "DELETE", path, Map.of(), 204);
            await(() -> carrier.isRegistered("alice"), registered -> !registered);
            JsonNode refused = order(server, 422);
            assertThat(refused.toString()).contains("trunk");
            assertThat(status(get(server, "/api/v1/calls/" + call))).isEqualTo("progressing");
            assertThat(carrier.calls())
                    .singleElement()
                    .satisfies(up -> assertThat(up.end()).isEmpty());
            send(server, "POST", "/api/v1/calls/" + call + "/hangup", Map.of(), 200);
            JsonNode over = await(
                    () -> get(server, "/api/v1/calls/" + call),
                    now -> status(now).equals("hangup"));
            assertThat(over.path("outcome").asText()).isEqualTo("completed");
        }
    }

    private ServerConfig config(WebhookReceiver receiver) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "OUTDIAL_HTTP_PORT", "0",
                "OUTDIAL_LOOPBACK_TRUNK", "true",
                "OUTDIAL_SIP_HOST", "127.0.0.1",
                "OUTDIAL_SIP_PORT", "0",
                "OUTDIAL_DRAIN", "200ms",
                "OUTDIAL_WEBHOOKS_PRIVATE_ADDRESSES", "true",
                "OUTDIAL_WEBHOOKS_PORTS",
                        String.valueOf(URI.create(receiver.url("/")).getPort())));
        return ConfigReader.withoutFile(folder, environment);
    }

    private static Map<String, Object> trunk(LoopbackTrunk carrier, String password) {
        return Map.of(
                "name",
                "carrier",
                "host",
                "127.0.0.1",
                "port",
                carrier.port(),
                "username",
                "alice",
                "password",
                password,
                "register",
                true);
    }

    private JsonNode order(Server server, int status) throws Exception {
        return send(server, "POST", "/api/v1/calls", Map.of("to", NUMBER, "trunk", "carrier"), status);
    }

    private static String status(JsonNode call) {
        return call.path("status").asText();
    }

    private List<JsonNode> events(Server server, String type) throws Exception {
        JsonNode items = get(server, "/api/v1/events?after=0&limit=200").path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(event -> event.path("type").asText().equals(type))
                .toList();
    }

    private JsonNode get(Server server, String path) throws Exception {
        return send(server, "GET", path, Map.of(), 200);
    }

    private JsonNode send(Server server, String method, String path, Map<String, Object> body, int status)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + server.key().orElseThrow().text())
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body());
    }

    private static <T> T await(Callable<T> what, Predicate<T> wanted) throws Exception {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        T now = what.call();
        while (!wanted.test(now)) {
            assertThat(System.nanoTime() - until)
                    .as("waited too long, at last for %s", now)
                    .isNegative();
            Thread.sleep(30); // the world outside: nothing tells us sooner
            now = what.call();
        }
        return now;
    }
}
