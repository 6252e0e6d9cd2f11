package dev.outdial.server.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Those who want calls placed, each to another number, one after the other: a request that is not answered is made again, under the same
 * key, until it is; where there are several servers, of the next one.
 */
final class Customers implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int CREATED = 201;
    private static final long BETWEEN_TRIES_MILLIS = 50;

    private final List<ServerProcess> servers;
    private final HttpClient http = HttpClient.newHttpClient();
    private final long pauseMillis;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger again = new AtomicInteger();
    private final Map<String, String> callIdByNumber = new ConcurrentHashMap<>();
    private final List<String> refusals = java.util.Collections.synchronizedList(new ArrayList<>());
    private volatile ServerProcess asked;
    private volatile boolean over;

    /** @param perSecond how many requests they make together, as long as they are answered at once */
    Customers(List<ServerProcess> servers, int count, int perSecond) {
        this.servers = List.copyOf(servers);
        this.asked = servers.getFirst();
        this.pauseMillis = 1000L * count / perSecond;
        for (int i = 0; i < count; i++) {
            int first = i;
            threads.add(Thread.ofPlatform().name("customer-" + i).daemon().unstarted(() -> run(first)));
        }
    }

    /** From now on they want calls. */
    void start() {
        threads.forEach(Thread::start);
    }

    private void run(int first) {
        try {
            int server = first;
            while (!over) {
                server = order("+49302" + String.format("%07d", numbers.incrementAndGet()), server);
                Thread.sleep(pauseMillis);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until it is accepted. @return by which server */
    private int order(String number, int first) throws InterruptedException {
        String body = MAPPER.createObjectNode()
                .put("to", number)
                .put("tag", "crash")
                .put("max_duration", 2)
                .toString();
        String key = UUID.randomUUID().toString();
        for (int server = first; ; server++) {
            try {
                var response = http.send(
                        servers.get(server % servers.size())
                                .request("/api/v1/calls")
                                .header("Idempotency-Key", key)
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() == CREATED) {
                    callIdByNumber.put(
                            number, MAPPER.readTree(response.body()).path("id").asText());
                    return server;
                }
                // 503 while it starts or ends.
                if (response.statusCode() < 500) {
                    refusals.add(response.statusCode() + " " + response.body());
                    return server;
                }
            } catch (IOException away) {
                // It was killed: before or after the call was stored, nobody knows.
            }
            again.incrementAndGet();
            Thread.sleep(BETWEEN_TRIES_MILLIS);
        }
    }

    /** No more requests; those that were begun are finished. */
    void stop() throws InterruptedException {
        over = true;
        for (Thread thread : threads) thread.join();
    }

    /** The calls that were accepted. */
    Map<String, String> callIdByNumber() {
        return callIdByNumber;
    }

    /** What was refused, which nothing should be. */
    List<String> refusals() {
        return refusals;
    }

    /** How many requests were made once more. */
    int again() {
        return again.get();
    }

    /** From now on it is this server that is asked by {@link #get} and {@link #create}; the first one before. */
    void ask(ServerProcess server) {
        asked = server;
    }

    /** What the server answers to a GET, which must be 200. */
    JsonNode get(String path) throws IOException, InterruptedException {
        var response = http.send(asked.request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("GET " + path + " is answered " + response.statusCode() + " " + response.body());
        }
        return MAPPER.readTree(response.body());
    }

    /** What it answers to a POST, which must be 201. */
    JsonNode create(String path, JsonNode body) throws IOException, InterruptedException {
        var response = http.send(
                asked.request(path)
                        .POST(BodyPublishers.ofString(body.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != CREATED) {
            throw new IOException("POST " + path + " is answered " + response.statusCode() + " " + response.body());
        }
        return MAPPER.readTree(response.body());
    }

    /** Whether no call is queued or up. */
    boolean areAllOver() throws IOException, InterruptedException {
        for (String status : List.of("queued", "dialing", "ringing", "progressing", "terminating", "canceling")) {
            if (!get("/api/v1/calls?limit=1&status=" + status).path("items").isEmpty()) return false;
        }
        return true;
    }

    @Override
    public void close() {
        over = true;
        threads.forEach(Thread::interrupt);
        http.shutdownNow();
    }
}
