package dev.outdial.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.http.json.JsonText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Events page by page and as a stream. */
class EventsTest {
    private static final Api API = new Api(
            HttpSettings.USUAL.timed(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(50)),
            System::nanoTime);
    private static final String EVENTS = "/api/v1/events";

    @AfterAll
    static void stop() {
        API.close();
    }

    /** Events of a stream, up to so many. */
    private static List<JsonNode> read(BufferedReader stream, int count) throws IOException {
        var events = new ArrayList<JsonNode>();
        String id = "";
        while (events.size() < count) {
            String line = stream.readLine();
            if (line == null) break;
            if (line.startsWith("id: ")) id = line.substring(4);
            if (line.startsWith("data: ")) {
                JsonNode event = JsonText.ours(line.substring(6));
                assertThat(event.path("cursor").asText()).isEqualTo(id);
                assertThat(ContractCheck.wrong(ContractCheck.CONTRACT.at("/components/schemas/Event"), event))
                        .isEmpty();
                events.add(event);
            }
        }
        return events;
    }

    private static BufferedReader reader(HttpResponse<InputStream> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    @Test
    void aReaderThatComesBackMissesNone() throws IOException, InterruptedException {
        // Who comes back has seen something.
        String unused = API.placed();
        String first = API.placed();
        String second = API.placed();
        JsonNode page = API.get(EVENTS + "?after=0&limit=1000").json();
        String last = page.path("next_cursor").asText();
        String before = page.path("items")
                .get(page.path("items").size() - 3)
                .path("cursor")
                .asText();
        try (var stream = reader(API.open(EVENTS, "Last-Event-ID", before, "Accept", "text/event-stream"))) {
            assertThat(read(stream, 2))
                    .extracting(event -> event.path("call_id").asText())
                    .containsExactly(first, second);
            // What happens from now on comes too.
            String third = API.placed();
            assertThat(read(stream, 1).getFirst().path("call_id").asText()).isEqualTo(third);
        }
        assertThat(API.get(EVENTS + "?after=" + last).json().path("items")).hasSize(1);
    }

    @Test
    void aStreamWithoutAPlaceBeginsNow() throws IOException, InterruptedException {
        API.placed();
        try (var stream = reader(API.open(EVENTS))) {
            String next = API.placed();
            assertThat(read(stream, 1).getFirst().path("call_id").asText()).isEqualTo(next);
        }
    }

    @Test
    void aStreamEndsWithItsKey() throws IOException, InterruptedException {
        Answer key = API.post("/api/v1/accesskeys", "{\"name\":\"short\",\"scope\":\"read\"}");
        try (var stream = reader(API.openAs(key.json().path("key").asText(), EVENTS))) {
            assertThat(API.send("DELETE", "/api/v1/accesskeys/" + key.id(), "").status())
                    .isEqualTo(204);
            API.placed();
            assertThat(read(stream, 1)).isEmpty();
        }
    }

    @Test
    void aQuietStreamSaysThatItIsThere() throws IOException, InterruptedException {
        try (var stream = reader(API.open(EVENTS))) {
            assertThat(stream.lines().filter(line -> line.startsWith(":")).limit(2))
                    .hasSize(2);
        }
    }

    @Test
    void theEventsOfOneCallAlone() {
        API.placed();
        String call = API.placed();
        Answer answer = API.get(EVENTS + "?after=0&call_id=" + call);
        assertThat(answer.json().path("items").findValuesAsText("call_id")).containsExactly(call);
        Answer none = API.get(EVENTS + "?after=99999");
        assertThat(none.json().path("next_cursor").asText()).isEqualTo("99999");
    }

    @Test
    void aPlaceThatIsNoneIsRefused() {
        assertThat(API.get(EVENTS, "Last-Event-ID", "x").status()).isEqualTo(400);
        assertThat(API.get(EVENTS + "?after=-1").wrongFields()).containsExactly("after");
    }

    @Test
    void streamsEndWhenTheServerDoes() throws IOException, InterruptedException {
        var api = Api.start();
        try (var stream = reader(api.open(EVENTS))) {
            assertThat(stream.readLine()).startsWith("retry:");
            api.close();
            assertThat(stream.lines().toList()).allMatch(line -> line.isEmpty() || line.startsWith(":"));
        }
        assertThat(api.fakes.events.listeners).isEmpty();
    }
}
