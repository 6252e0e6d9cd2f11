package dev.outdial.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.server.config.ConfigReader;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A server as its user starts it, with one trunk, asked over HTTP. */
final class WireBench implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST = Duration.ofSeconds(20);

    final Server server;
    final int sipPort;
    private final String key;
    private final HttpClient client = HttpClient.newHttpClient();

    private WireBench(Server server, int sipPort) {
        this.server = server;
        this.sipPort = sipPort;
        this.key = server.key().orElseThrow().text();
    }

    /** @param environment settings by the names that they have in the environment */
    static WireBench start(Path folder, int trunkPort, Map<String, String> environment) throws IOException {
        int sipPort = freePort();
        Path config = folder.resolve("outdial.yaml");
        Files.writeString(config, """
                http:
                  port: 0
                drain: 200ms
                sip:
                  host: 127.0.0.1
                  port: %d
                  learn_public_address: false
                trunks:
                  - name: testbed
                    host: 127.0.0.1
                    port: %d
                    username: alice
                    register: false
                    max_channels: 2
                """.formatted(sipPort, trunkPort));
        return new WireBench(Server.startWithKey(ConfigReader.read(config, new HashMap<>(environment))), sipPort);
    }

    private static int freePort() throws IOException {
        try (var free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .timeout(LONGEST)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + key)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) request.headers(headers);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    void upload(String name, byte[] content) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/media/" + name))
                .header("Content-Type", "audio/wav")
                .header("Authorization", "Bearer " + key)
                .PUT(BodyPublishers.ofByteArray(content))
                .build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isBetween(200, 201);
    }

    JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = send("GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    /** Makes something. @return its id */
    String create(String path, String body) throws Exception {
        HttpResponse<String> answer = send("POST", "/api/v1" + path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body()).path("id").asText();
    }

    /** Does something with a call, which is answered 204. */
    void control(String call, String verb, String body) throws Exception {
        HttpResponse<String> answer = send("POST", "/api/v1/calls/" + call + "/" + verb, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }

    void hangUp(String call) throws Exception {
        assertThat(send("POST", "/api/v1/calls/" + call + "/hangup", "{}").statusCode())
                .isEqualTo(200);
    }

    JsonNode call(String id) throws Exception {
        return get("/api/v1/calls/" + id);
    }

    JsonNode await(String call, String status) throws Exception {
        return await("/api/v1/calls/" + call, one -> one.path("status").asText().equals(status));
    }

    /** Asks until the answer is the wanted one: nothing tells us sooner. */
    JsonNode await(String path, Predicate<JsonNode> wanted) throws Exception {
        long until = System.nanoTime() + LONGEST.toNanos();
        JsonNode now = get(path);
        while (!wanted.test(now)) {
            assertThat(System.nanoTime() - until)
                    .as("waited too long, at last for %s", now)
                    .isNegative();
            LockSupport.parkNanos(20_000_000);
            now = get(path);
        }
        return now;
    }

    /** The first event of a type of a call that is as wanted, when there is one. */
    JsonNode event(String call, String type, Predicate<JsonNode> wanted) throws Exception {
        JsonNode all = await(
                "/api/v1/calls/" + call + "/events",
                events -> !matching(events, type, wanted).isEmpty());
        return matching(all, type, wanted).getFirst();
    }

    private static List<JsonNode> matching(JsonNode events, String type, Predicate<JsonNode> wanted) {
        var found = new ArrayList<JsonNode>();
        for (JsonNode event : events.path("items")) {
            if (event.path("type").asText().equals(type) && wanted.test(event.path("data"))) found.add(event);
        }
        return found;
    }

    List<String> types(String call) throws Exception {
        var types = new ArrayList<String>();
        get("/api/v1/calls/" + call + "/events")
                .path("items")
                .forEach(event -> types.add(event.path("type").asText()));
        return types;
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}
