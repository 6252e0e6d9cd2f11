package dev.outdial.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.server.config.ConfigReader;
import dev.outdial.server.config.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server tells of what went over the wire, with calls over its loopback trunk. */
@Timeout(90)
class TracedCallTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    private Server server(String... more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "OUTDIAL_HTTP_PORT", "0",
                "OUTDIAL_LOOPBACK_TRUNK", "true",
                "OUTDIAL_SIP_HOST", "127.0.0.1",
                "OUTDIAL_SIP_PORT", "0",
                "OUTDIAL_DRAIN", "200ms"));
        for (int i = 0; i < more.length; i += 2) environment.put(more[i], more[i + 1]);
        ServerConfig config = ConfigReader.withoutFile(folder, environment);
        return Server.startWithKey(config);
    }

    private HttpResponse<byte[]> send(Server server, String key, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1" + path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofByteArray());
    }

    private static String key(Server server) {
        return server.key().orElseThrow().text();
    }

    private String text(Server server, String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = send(server, key(server), "GET", path, "");
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.statusCode()).as(text).isEqualTo(200);
        return text;
    }

    private JsonNode get(Server server, String path) throws IOException, InterruptedException {
        return JSON.readTree(text(server, path));
    }

    private String call(Server server, String actions) throws IOException, InterruptedException {
        var answer =
                send(server, key(server), "POST", "/calls", "{\"to\":\"+15550107777\",\"actions\":[" + actions + "]}");
        assertThat(answer.statusCode()).isEqualTo(201);
        return JSON.readTree(answer.body()).path("id").asText();
    }

    private void awaitStatus(Server server, String call, String status) throws IOException, InterruptedException {
        while (!get(server, "/calls/" + call).path("status").asText().equals(status)) {
            Thread.sleep(50); // the world outside: nothing tells us sooner
        }
    }

    private static List<String> lines(JsonNode trace) {
        var lines = new ArrayList<String>();
        trace.path("messages")
                .forEach(message -> lines.add(message.path("direction").asText() + " "
                        + message.path("method").asText() + " "
                        + message.path("sip_code").asInt()));
        return lines;
    }

    @Test
    void aCallsMessagesAreShownWhileItIsUpAndStayWhenTheServerIsStartedAgain() throws Exception {
        String call;
        JsonNode after;
        JsonNode series;
        try (Server server = server()) {
            call = call(server, "{\"type\":\"sleep\",\"option\":{\"duration\":60000}}");
            awaitStatus(server, call, "progressing");
            JsonNode up = get(server, "/calls/" + call + "/trace");
            assertThat(up.path("complete").asBoolean()).isFalse();
            assertThat(lines(up)).startsWith("sent INVITE 0").contains("received INVITE 200", "sent ACK 0");
            JsonNode invite = up.path("messages").path(0);
            assertThat(invite.path("id").asText()).isEqualTo("message-1");
            assertThat(invite.path("sdp").asBoolean()).isTrue();
            assertThat(invite.path("retransmission").asBoolean()).isFalse();
            assertThat(invite.path("text").asText()).contains("m=audio");
            while (get(server, "/calls/" + call + "/series").path("jitter_ms").size() < 2) {
                Thread.sleep(50); // the far end's sound, second by second
            }

            assertThat(send(server, key(server), "POST", "/calls/" + call + "/hangup", "{}")
                            .statusCode())
                    .isLessThan(300);
            awaitStatus(server, call, "hangup");
            after = get(server, "/calls/" + call + "/trace");
            series = get(server, "/calls/" + call + "/series");
            assertThat(after.path("complete").asBoolean()).isTrue();
            assertThat(lines(after)).endsWith("sent BYE 0", "received BYE 200");
        }
        try (Server again = server()) {
            assertThat(get(again, "/calls/" + call + "/trace")).isEqualTo(after);
            JsonNode stored = get(again, "/calls/" + call + "/series");
            assertThat(stored).isEqualTo(series);
            assertThat(stored.path("interval_ms").asInt()).isEqualTo(1000);
            assertThat(stored.path("loss_percent").size())
                    .isEqualTo(stored.path("jitter_ms").size());
            assertThat(stored.path("loss_percent").path(1).isNumber()).isTrue();
            assertThat(stored.path("level_dbov").path(1).isNumber()).isTrue();
        }
    }

    @Test
    void theSameMessagesAreToBeHadAsTextPictureAndCapture() throws Exception {
        try (Server server = server()) {
            String call = call(server, "{\"type\":\"hangup\"}");
            awaitStatus(server, call, "hangup");
            String way = "/calls/" + call + "/trace?format=";

            assertThat(text(server, way + "text")).contains("INVITE (", " BYE (", "m=audio");
            assertThat(text(server, way + "svg"))
                    .startsWith("<svg ")
                    .contains("id=\"message-1\"", "INVITE 1", ">SDP<", "currentColor")
                    .doesNotContain("<style", "style=", "<script");
            var pcap = send(server, key(server), "GET", way + "pcap", "");
            assertThat(pcap.headers().firstValue("Content-Type")).hasValue("application/vnd.tcpdump.pcap");
            assertThat(pcap.headers().firstValue("Content-Disposition"))
                    .hasValue("attachment; filename=\"" + call + ".pcap\"");
            assertThat(new String(pcap.body(), StandardCharsets.ISO_8859_1)).contains("INVITE sip:", "BYE sip:");
            assertThat(send(server, key(server), "GET", way + "gif", "").statusCode())
                    .isIn(400, 422);
            String unknown = "/calls/00000000-0000-4000-8000-000000000000/";
            assertThat(send(server, key(server), "GET", unknown + "trace", "").statusCode())
                    .isEqualTo(404);
            assertThat(send(server, key(server), "GET", unknown + "series", "").statusCode())
                    .isEqualTo(404);
        }
    }

    private String readKey(Server server) throws IOException, InterruptedException {
        var made = send(server, key(server), "POST", "/accesskeys", "{\"name\":\"looks\",\"scope\":\"read\"}");
        String text = new String(made.body(), StandardCharsets.UTF_8);
        assertThat(made.statusCode()).as(text).isEqualTo(201);
        return JSON.readTree(text).path("key").asText();
    }

    /** Waits until it is stored: what is in memory has all its secrets. */
    private int statusOfStoredSecrets(Server server, String path, int inMemory)
            throws IOException, InterruptedException {
        for (int looks = 0; looks < 100; looks++) {
            int status = send(server, key(server), "GET", path, "").statusCode();
            if (status != inMemory) return status;
            Thread.sleep(50);
        }
        return inMemory;
    }

    @Test
    void secretsAreShownToAdminsAloneAndStoredForThoseAloneWhoWantThat() throws Exception {
        try (Server server = server()) {
            String call = call(server, "{\"type\":\"hangup\"}");
            awaitStatus(server, call, "hangup");
            String path = "/calls/" + call + "/trace?secrets=true";

            String looks = readKey(server);
            assertThat(send(server, looks, "GET", "/calls/" + call + "/trace", "")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(send(server, looks, "GET", path, "").statusCode()).isEqualTo(403);
            assertThat(statusOfStoredSecrets(server, path, 200)).isEqualTo(409);
            assertThat(text(server, "/calls/" + call + "/trace")).contains("\"secrets\":false");
        }
        try (Server server = server("OUTDIAL_TRACE_SECRETS", "true")) {
            String call = call(server, "{\"type\":\"hangup\"}");
            awaitStatus(server, call, "hangup");
            assertThat(get(server, "/calls/" + call + "/trace?secrets=true")
                            .path("secrets")
                            .asBoolean())
                    .isTrue();
        }
    }

    @Test
    void whoKeepsNothingHasNothing() throws Exception {
        try (Server server = server("OUTDIAL_TRACE_SIP", "false", "OUTDIAL_TRACE_SERIES", "false")) {
            String call = call(server, "{\"type\":\"hangup\"}");
            awaitStatus(server, call, "hangup");
            assertThat(get(server, "/calls/" + call + "/trace").path("messages"))
                    .isEmpty();
            assertThat(text(server, "/calls/" + call + "/trace?format=svg")).contains("no SIP message was kept");
            assertThat(get(server, "/calls/" + call + "/series").path("t_start").isNull())
                    .isTrue();
        }
    }
}
