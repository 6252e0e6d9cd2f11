package dev.outdial.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The API of a running server, as commands ask it. Everything that is not a success is a {@link RemoteException} with a sentence. One thread. */
final class RemoteApi {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final String API = "/api/v1";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(3);
    /** Of one page; the server takes 1,000 at most. */
    private static final int PAGE = 200;

    private final String url;
    private final String key;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /** @param url as {@code http://127.0.0.1:8080} */
    RemoteApi(String url, String key) {
        this.url = url;
        this.key = key;
    }

    JsonNode get(String path) {
        return json(exchange("GET", path, BodyPublishers.noBody()));
    }

    /** What is no JSON. */
    byte[] bytes(String path) {
        HttpResponse<byte[]> answer =
                exchange("GET", path, BodyPublishers.noBody(), PATIENCE, "", BodyHandlers.ofByteArray());
        if (answer.statusCode() / 100 != 2)
            throw refused(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
        return answer.body();
    }

    JsonNode post(String path, JsonNode body) {
        return json(exchange("POST", path, BodyPublishers.ofString(body.toString())));
    }

    /**
     * Makes something of what may take long, and tries once more where no answer came: under that key nothing is done twice.
     *
     * @param key the request's own name
     */
    JsonNode create(String path, JsonNode body, String key) {
        try {
            return json(exchange("POST", path, BodyPublishers.ofString(body.toString()), LONG_PATIENCE, key));
        } catch (RemoteException none) {
            if (none.exitStatus() != RemoteException.UNREACHABLE) throw none;
            return json(exchange("POST", path, BodyPublishers.ofString(body.toString()), LONG_PATIENCE, key));
        }
    }

    /** What is no JSON. */
    String text(String path) {
        return exchange("GET", path, BodyPublishers.noBody(), LONG_PATIENCE, "").body();
    }

    void delete(String path) {
        HttpResponse<String> unused = exchange("DELETE", path, BodyPublishers.noBody());
    }

    /** So many items of a list, page after page. */
    ArrayNode list(String path, Map<String, String> filters, int most) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        String cursor = "";
        while (items.size() < most) {
            var query = new StringJoiner("&", path + "?", "");
            query.add("limit=" + Math.min(PAGE, most - items.size()));
            filters.forEach((name, value) -> query.add(name + "=" + encoded(value)));
            if (!cursor.isEmpty()) query.add("cursor=" + encoded(cursor));
            JsonNode page = get(query.toString());
            page.path("items").forEach(items::add);
            cursor = page.path("next_cursor").asText("");
            if (page.path("next_cursor").isNull() || cursor.isEmpty()) break;
        }
        return items;
    }

    /** Hears of events from now on, until the server or the thread is ended. */
    void follow(Consumer<JsonNode> listener) throws InterruptedException {
        HttpRequest request =
                request("/events").header("Accept", "text/event-stream").GET().build();
        try {
            HttpResponse<Stream<String>> answer = client.send(request, BodyHandlers.ofLines());
            try (Stream<String> lines = answer.body()) {
                if (answer.statusCode() / 100 != 2) {
                    throw refused(answer.statusCode(), lines.reduce("", String::concat));
                }
                for (Iterator<String> each = lines.iterator(); each.hasNext(); ) {
                    String line = each.next();
                    if (line.startsWith("data:")) listener.accept(JSON.readTree(line.substring("data:".length())));
                }
            }
            throw new RemoteException(RemoteException.UNREACHABLE, url + " ended the stream of events");
        } catch (IOException away) {
            throw unreachable(away);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + API + path)).header("Authorization", "Bearer " + key);
    }

    private HttpResponse<String> exchange(String method, String path, HttpRequest.BodyPublisher body) {
        return exchange(method, path, body, PATIENCE, "");
    }

    private HttpResponse<String> exchange(
            String method, String path, HttpRequest.BodyPublisher body, Duration patience, String key) {
        HttpResponse<String> answer = exchange(method, path, body, patience, key, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) throw refused(answer.statusCode(), answer.body());
        return answer;
    }

    private <T> HttpResponse<T> exchange(
            String method,
            String path,
            HttpRequest.BodyPublisher body,
            Duration patience,
            String key,
            HttpResponse.BodyHandler<T> handler) {
        HttpRequest.Builder request = request(path)
                .timeout(patience)
                .header("Content-Type", "application/json")
                .method(method, body);
        if (!key.isEmpty()) request.header("Idempotency-Key", key);
        try {
            return client.send(request.build(), handler);
        } catch (IOException away) {
            throw unreachable(away);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            throw new RemoteException(RemoteException.UNREACHABLE, "interrupted before " + url + " answered");
        }
    }

    private JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException none) {
            throw new RemoteException(RemoteException.UNREACHABLE, url + " answered something that is no JSON");
        }
    }

    private RemoteException unreachable(IOException away) {
        String why = away.getMessage() == null ? away.getClass().getSimpleName() : away.getMessage();
        return new RemoteException(
                RemoteException.UNREACHABLE,
                "no server answers at " + url + " (" + why
                        + "); 'outdial serve' starts one, OUTDIAL_URL or --url says where it is");
    }

    private static RemoteException refused(int status, String body) {
        String sentence = "the server answered " + status;
        try {
            JsonNode problem = JSON.readTree(body);
            var said = new StringJoiner("; ");
            if (!problem.path("detail").asText().isEmpty())
                said.add(problem.path("detail").asText());
            for (JsonNode error : problem.path("errors")) {
                String wrong = error.path("field").asText() + " "
                        + error.path("message").asText();
                // Where one field alone is wrong, the detail says the same.
                if (!said.toString().equals(wrong)) said.add(wrong);
            }
            if (said.length() > 0) sentence = said.toString();
        } catch (JsonProcessingException none) {
            // Then the status says it.
        }
        boolean isKey = status == 401 || status == 403;
        return new RemoteException(isKey ? RemoteException.NO_KEY : RemoteException.REFUSED, sentence);
    }
}
