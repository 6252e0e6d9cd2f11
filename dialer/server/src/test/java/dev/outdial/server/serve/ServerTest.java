package dev.outdial.server.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.server.config.ConfigReader;
import dev.outdial.server.config.ServerConfig;
import dev.outdial.server.log.LogTape;
import dev.outdial.server.log.Logging;
import dev.outdial.server.log.Masks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The whole server, as it is started by its user, with calls over its loopback trunk. */
@Timeout(90)
class ServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    private ServerConfig config(String... more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "OUTDIAL_HTTP_PORT", "0",
                "OUTDIAL_LOOPBACK_TRUNK", "true",
                "OUTDIAL_SIP_HOST", "127.0.0.1",
                "OUTDIAL_SIP_PORT", "0",
                "OUTDIAL_DRAIN", "200ms"));
        for (int i = 0; i < more.length; i += 2) environment.put(more[i], more[i + 1]);
        return ConfigReader.withoutFile(folder, environment);
    }

    private HttpResponse<String> send(Server server, String key, String method, String path, String body)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!key.isEmpty()) request.header("Authorization", "Bearer " + key);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private JsonNode get(Server server, String key, String path) throws Exception {
        HttpResponse<String> answer = send(server, key, "GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private JsonNode awaitStatus(Server server, String key, String call, String status) throws Exception {
        JsonNode now = get(server, key, "/api/v1/calls/" + call);
        while (!now.path("status").asText().equals(status)) {
            Thread.sleep(50); // the world outside: nothing tells us sooner
            now = get(server, key, "/api/v1/calls/" + call);
        }
        return now;
    }

    @Test
    void twoServersOfOneProcessDoNotShareAFolder() {
        try (Server server = Server.startWithKey(config())) {
            assertThat(catchThrowableOfType(ServeException.class, () -> Server.startWithKey(config())))
                    .hasMessageContaining("open already in this process");
            assertThat(server.isReady()).isTrue();
        }
    }

    @Test
    void aCallIsPlacedWithOneRequestAndNothingSecretIsInLogsOrFigures() throws Exception {
        var logger = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var tape = LogTape.of(logger);
        Logging.use("debug", Masks.ALL);
        try (Server server = Server.startWithKey(config())) {
            String key = server.key().orElseThrow().text();
            var planted = new ArrayList<String>(List.of(key, "PLANTED-PASSWORD", "5550107777"));

            var trunk = send(
                    server,
                    key,
                    "POST",
                    "/api/v1/trunks",
                    "{\"name\":\"x\",\"host\":\"192.0.2.1\",\"username\":\"u\",\"password\":\"PLANTED-PASSWORD\"}");
            assertThat(trunk.statusCode()).as(trunk.body()).isEqualTo(201);
            var hook = send(server, key, "POST", "/api/v1/webhooks", "{\"url\":\"https://example.invalid/hook\"}");
            assertThat(hook.statusCode()).as(hook.body()).isEqualTo(201);
            planted.add(JSON.readTree(hook.body()).path("secret").asText());
            assertThat(planted.getLast()).startsWith("whsec_");

            var answer = send(
                    server,
                    key,
                    "POST",
                    "/api/v1/calls",
                    "{\"to\":\"+15550107777\",\"actions\":[{\"type\":\"talk\",\"option\":{\"text\":\"Hello.\",\"language\":\"en-US\"}},"
                            + "{\"type\":\"digits_send\",\"option\":{\"digits\":\"90817263\",\"duration\":100,\"interval\":50}}]}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            assertThat(answer.headers().firstValue("X-Outdial-Trunk")).hasValue("loopback");
            planted.add("90817263");
            String call = JSON.readTree(answer.body()).path("id").asText();
            JsonNode over = awaitStatus(server, key, call, "hangup");
            assertThat(over.path("outcome").asText()).isEqualTo("completed");

            List<String> types = new ArrayList<>();
            get(server, key, "/api/v1/events?after=0&call_id=" + call)
                    .path("items")
                    .forEach(event -> types.add(event.path("type").asText()));
            assertThat(types)
                    .startsWith("call.created")
                    .contains("call.answered")
                    .endsWith("call.ended");

            assertThat(get(server, "", "/readyz").path("ready").asBoolean()).isTrue();
            String metrics = send(server, key, "GET", "/metrics", "").body();
            assertThat(metrics)
                    .contains("outdial_calls_ended_total{direction=\"outgoing\",outcome=\"completed\"} 1.0")
                    .contains("outdial_calls_queued 0.0")
                    .contains("outdial_store_time_seconds")
                    .containsPattern("outdial_store_sync_seconds_bucket\\{le=\"0.025\"} [1-9]")
                    .containsPattern("outdial_store_sync_seconds_count [1-9]")
                    .contains("outdial_webhooks_waiting")
                    .contains("outdial_rtp_late_seconds");
            assertThat(tape.text()).as("the log is read").contains("POST /api/v1/calls 201");
            for (String secret : planted) {
                assertThat(metrics).doesNotContain(secret);
                assertThat(tape.text().lines().filter(line -> line.contains(secret)))
                        .as("lines of the log with " + secret)
                        .isEmpty();
            }
        } finally {
            Logging.use("warn", Masks.ALL);
            tape.stop();
        }
    }

    @Tag("slow")
    @Test
    void aServerThatEndsEndsItsCallsAndTheNextOneKnowsThem() throws Exception {
        String call;
        try (Server server = Server.startWithKey(config())) {
            String key = server.key().orElseThrow().text();
            call = JSON.readTree(send(server, key, "POST", "/api/v1/calls", "{\"to\":\"+15550100123\"}")
                            .body())
                    .path("id")
                    .asText();
            JsonNode unused = awaitStatus(server, key, call, "progressing");
        }

        try (Server server = Server.startWithKey(config())) {
            JsonNode known = get(server, server.key().orElseThrow().text(), "/api/v1/calls/" + call);
            assertThat(known.path("status").asText()).isEqualTo("hangup");
            assertThat(known.path("outcome").asText()).isEqualTo("completed");
            assertThat(known.path("hangup_by").asText()).isEqualTo("local");
        }
    }

    @Test
    void whatWasUploadedIsPlayedByItsName() throws Exception {
        try (Server server = Server.startWithKey(config())) {
            String key = server.key().orElseThrow().text();
            var upload = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/media/ding.wav"))
                    .header("Content-Type", "audio/wav")
                    .header("Authorization", "Bearer " + key)
                    .PUT(HttpRequest.BodyPublishers.ofByteArray(halfASecond()))
                    .build();
            assertThat(client.send(upload, BodyHandlers.ofString()).statusCode())
                    .isBetween(200, 201);
            var answer =
                    send(server, key, "POST", "/api/v1/calls", "{\"to\":\"+15550100123\",\"play\":\"media:ding.wav\"}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            String call = JSON.readTree(answer.body()).path("id").asText();

            JsonNode over = awaitStatus(server, key, call, "hangup");
            assertThat(over.path("outcome").asText()).isEqualTo("completed");
            JsonNode events = get(server, key, "/api/v1/calls/" + call + "/events");
            assertThat(events.toString()).contains("media.done").doesNotContain("action.failed");
        }
    }

    private static byte[] halfASecond() throws IOException {
        var format = new AudioFormat(8000, 16, 1, true, false);
        var sound = new AudioInputStream(new ByteArrayInputStream(new byte[8000]), format, 4000);
        var file = new ByteArrayOutputStream();
        int unused = AudioSystem.write(sound, AudioFileFormat.Type.WAVE, file);
        return file.toByteArray();
    }

    @Tag("slow")
    @Test
    void theKeyOfARunOpensNothingInTheNext() throws Exception {
        String old;
        try (Server server = Server.startWithKey(config())) {
            old = server.key().orElseThrow().text();
        }
        try (Server server = Server.startWithKey(config())) {
            assertThat(send(server, old, "GET", "/api/v1/calls", "").statusCode())
                    .isEqualTo(401);
            assertThat(send(server, server.key().orElseThrow().text(), "GET", "/api/v1/calls", "")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void withoutAKeyNobodyElseIsListenedTo() {
        var refused =
                catchThrowableOfType(ServeException.class, () -> Server.start(config("OUTDIAL_HTTP_HOST", "0.0.0.0")));

        assertThat(refused).hasMessageContaining("http.host 0.0.0.0: no access key exists yet");
        try (Server server = Server.start(config())) {
            assertThat(server.key())
                    .as("all of the first was closed, and a key is made here")
                    .isPresent();
        }
        try (Server server = Server.start(config("OUTDIAL_HTTP_HOST", "0.0.0.0"))) {
            assertThat(server.key()).isEmpty();
        }
    }

    @Test
    void whatCannotBeHadIsToldInASentence() {
        try (Server server = Server.start(config())) {
            String port = server.url().replaceFirst(".*:", "");
            assertThat(catchThrowableOfType(
                            ServeException.class,
                            () -> Server.start(config(
                                    "OUTDIAL_HTTP_PORT",
                                    port,
                                    "OUTDIAL_DATA",
                                    folder.resolve("other").toString()))))
                    .hasMessage("cannot listen at 127.0.0.1 port " + port + ": Address already in use");
        }
        assertThat(catchThrowableOfType(
                        ServeException.class, () -> Server.start(config("OUTDIAL_HTTP_TLS_KEYSTORE", "none.p12"))))
                .hasMessageStartingWith("http.tls.keystore: there is no file");
    }
}
