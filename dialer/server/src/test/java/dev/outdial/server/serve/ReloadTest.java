package dev.outdial.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.server.calls.TrunkReload;
import dev.outdial.server.config.ConfigReader;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The configuration file of a running server is changed and read again. */
@Tag("slow")
@Timeout(90)
class ReloadTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NUMBER = "+15550100123";
    private static final DialPlan PLAN =
            DialPlan.empty().with(NUMBER, Persona.of("answers and stays", new Step.Answer()));
    private static final Map<String, String> ENVIRONMENT = Map.of("OUTDIAL_TRUNKS_OLD_PASSWORD", "secret");

    @TempDir
    private Path folder = Path.of("");

    private final HttpClient client = HttpClient.newHttpClient();
    private final LoopbackTrunk old =
            LoopbackTrunk.builder().user("alice", "secret").dialPlan(PLAN).start();
    private final LoopbackTrunk fresh = LoopbackTrunk.builder().dialPlan(PLAN).start();
    private String key = "";

    @AfterEach
    void close() {
        old.close();
        fresh.close();
    }

    private Path write(String drain, String... trunks) throws IOException {
        return Files.writeString(folder.resolve("outdial.yaml"), """
                http: {port: 0}
                sip: {host: 127.0.0.1, port: 0}
                drain: %s
                trunks:
                %s
                """.formatted(drain, String.join("\n", trunks)));
    }

    private String oldTrunk() {
        return "- {name: old, host: 127.0.0.1, port: %d, username: alice}".formatted(old.port());
    }

    private String freshTrunk(int channels) {
        return "- {name: fresh, host: 127.0.0.1, port: %d, register: false, max_channels: %d}"
                .formatted(fresh.port(), channels);
    }

    @Test
    void trunksComeChangeAndGoWhileCallsGoOn() throws Exception {
        Path file = write("200ms", oldTrunk());
        try (Server server = Server.start(
                ConfigReader.reading(file, ENVIRONMENT), () -> ConfigReader.readingAgain(file, ENVIRONMENT))) {
            key = server.key().orElseThrow().text();
            await(() -> old.isRegistered("alice"), registered -> registered);
            String call = order(server, "old", 201).path("id").asText();
            await(() -> status(server, call), "progressing"::equals);

            Path unused = write("300ms", freshTrunk(10));
            JsonNode report = send(server, "POST", "/trunks/reload", Map.of(), 200);
            assertThat(report)
                    .isEqualTo(
                            JSON.readTree(
                                    "{\"added\":[\"fresh\"],\"changed\":[],\"removed\":[\"old\"],\"needs_restart\":[\"drain\"]}"));

            // No call begins over the one that is gone; the one that is up goes on, registered as it was.
            order(server, "old", 422);
            assertThat(names(server)).containsExactly("fresh");
            assertThat(status(server, call)).isEqualTo("progressing");
            assertThat(old.isRegistered("alice")).isTrue();
            String other = order(server, "fresh", 201).path("id").asText();
            await(() -> status(server, other), "progressing"::equals);
            send(server, "POST", "/calls/" + call + "/hangup", Map.of(), 200);
            await(() -> old.isRegistered("alice"), registered -> !registered);
            // What is said of the call is written by a thread of its own.
            await(() -> outcome(server, call), outcome -> !outcome.isEmpty());
            assertThat(outcome(server, call)).isEqualTo("completed");

            // What is wrong changes nothing, and all of it is told, without the folder.
            unused = write("never", oldTrunk(), "- {name: bad, host: 'sip:h', prot: 1}", "- {name: worse, host: h}");
            JsonNode refused = send(server, "POST", "/trunks/reload", Map.of(), 422);
            assertThat(refused.path("errors")).hasSize(3);
            assertThat(refused.toString())
                    .contains("outdial.yaml line 3: drain", "trunk bad: host", "'prot' (did you mean 'port'?)")
                    .doesNotContain(folder.toString());
            unused = write("300ms", oldTrunk(), "- {name: worse, host: h}");
            refused = send(server, "POST", "/trunks/reload", Map.of(), 422);
            assertThat(refused.toString()).contains("trunk worse: username is required to register");
            assertThat(names(server)).containsExactly("fresh");

            // A changed one counts for the next calls, and one that comes back registers again.
            unused = write("200ms", freshTrunk(1), oldTrunk());
            assertThat(server.reload().changed()).containsExactly("fresh");
            await(() -> old.isRegistered("alice"), registered -> registered);
            assertThat(status(server, other)).isEqualTo("progressing");
            assertThat(send(server, "GET", "/trunks", Map.of(), 200).toString()).contains("\"max_channels\":1,");
            // Which one is first counts for calls that name none.
            unused = write("200ms", oldTrunk(), freshTrunk(1));
            assertThat(server.reload()).isEqualTo(new TrunkReload(List.of(), List.of(), List.of(), List.of()));
            String unnamed = send(server, "POST", "/calls", Map.of("to", NUMBER), 201)
                    .path("id")
                    .asText();
            assertThat(send(server, "GET", "/calls/" + unnamed, Map.of(), 200)
                            .path("trunk")
                            .asText())
                    .isEqualTo("old");
        }
    }

    private JsonNode order(Server server, String trunk, int status) throws Exception {
        return send(server, "POST", "/calls", Map.of("to", NUMBER, "trunk", trunk), status);
    }

    private String status(Server server, String call) throws Exception {
        return send(server, "GET", "/calls/" + call, Map.of(), 200)
                .path("status")
                .asText();
    }

    private String outcome(Server server, String call) throws Exception {
        return send(server, "GET", "/calls/" + call, Map.of(), 200)
                .path("outcome")
                .asText();
    }

    private List<String> names(Server server) throws Exception {
        JsonNode items = send(server, "GET", "/trunks", Map.of(), 200).path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .map(trunk -> trunk.path("name").asText())
                .toList();
    }

    private JsonNode send(Server server, String method, String path, Map<String, Object> body, int status)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1" + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + key)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        var answer = client.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    private static <T> void await(Callable<T> what, Predicate<T> wanted) throws Exception {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        for (T now = what.call(); !wanted.test(now); now = what.call()) {
            assertThat(System.nanoTime() - until)
                    .as("waited too long, at last for %s", now)
                    .isNegative();
            Thread.sleep(30); // the world outside: nothing tells us sooner
        }
    }
}
