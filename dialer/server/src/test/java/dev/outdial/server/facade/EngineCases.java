package dev.outdial.server.facade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.serve.FacadeBench;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** The native API as the cases of engine and trunk ask it. */
record EngineCases(FacadeBench bench) {
    static final String ANSWERED = "progressing";

    HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        var all = new ArrayList<>(
                List.of("Authorization", "Bearer " + bench.nativeKey(), "Content-Type", "application/json"));
        all.addAll(List.of(headers));
        return bench.send(method, "/api/v1" + path, body, all.toArray(String[]::new));
    }

    JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = send("GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return FacadeBench.json(answer);
    }

    /** Makes something. @return its id */
    String create(String path, String body) throws Exception {
        HttpResponse<String> answer = send("POST", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return FacadeBench.json(answer).path("id").asText();
    }

    /** Adds a trunk. @param more further members, each after a comma. @return its id */
    String trunk(String name, int port, String more) throws Exception {
        return create("/trunks", """
                {"name":"%s","host":"127.0.0.1","port":%d,"username":"alice"%s}
                """.formatted(name, port, more));
    }

    /** Calls over a trunk that was added. @param more further members, each after a comma */
    String call(String trunk, String to, String more) throws Exception {
        return create("/calls", "{\"to\":\"" + to + "\",\"trunk\":\"" + trunk + "\"" + more + "}");
    }

    void hangUp(String call) throws Exception {
        HttpResponse<String> answer = send("POST", "/calls/" + call + "/hangup", "{}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    JsonNode await(String call, String status) throws Exception {
        long end = System.nanoTime() + FacadeBench.SOON.toNanos();
        JsonNode now = get("/calls/" + call);
        while (!now.path("status").asText().equals(status)) {
            assertThat(System.nanoTime()).as(now.toString()).isLessThan(end);
            Thread.sleep(20); // the world outside: nothing tells us sooner
            now = get("/calls/" + call);
        }
        return now;
    }

    JsonNode over(String call) throws Exception {
        return await(call, "hangup");
    }

    List<JsonNode> events(String call) throws Exception {
        var events = new ArrayList<JsonNode>();
        get("/calls/" + call + "/events").path("items").forEach(events::add);
        return events;
    }

    /** The events of one type, when there are so many. */
    List<JsonNode> awaitEvents(String call, String type, int count) throws Exception {
        long end = System.nanoTime() + FacadeBench.SOON.toNanos();
        List<JsonNode> now = events(call, type);
        while (now.size() < count) {
            assertThat(System.nanoTime()).as(events(call).toString()).isLessThan(end);
            Thread.sleep(20); // the world outside: nothing tells us sooner
            now = events(call, type);
        }
        return now;
    }

    List<JsonNode> events(String call, String type) throws Exception {
        return events(call).stream()
                .filter(event -> event.path("type").asText().equals(type))
                .toList();
    }

    List<String> types(String call) throws Exception {
        return events(call).stream().map(event -> event.path("type").asText()).toList();
    }
}
