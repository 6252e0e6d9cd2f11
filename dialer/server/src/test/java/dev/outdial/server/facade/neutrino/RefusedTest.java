package dev.outdial.server.facade.neutrino;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.web.WebAnswers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Requests that place no call, over real HTTP. */
@Tag("slow")
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class RefusedTest {
    @SuppressWarnings("NullAway.Init")
    private FacadeBench bench;

    @BeforeAll
    void start(@TempDir Path folder) {
        bench = new FacadeBench(folder, DialPlan.standard(), Client.CREDENTIALS, Client.credentials());
        bench.web
                .on("/short.wav", WebAnswers.content("audio/wav", Tones.wav(300)))
                .on(
                        "/text.mp3",
                        WebAnswers.content("audio/mpeg", "this is no sound\n".getBytes(StandardCharsets.UTF_8)));
    }

    @AfterAll
    @SuppressWarnings("NullAway")
    void stop() {
        if (bench != null) bench.close();
    }

    private String url(String path) {
        return bench.web.uri(path).toString();
    }

    @Test
    @DisplayName("N05: what is no number is not valid, and not called")
    void n05() throws Exception {
        var answer = new Client(bench, "u5").post("number", "12ab", "audio-url", url("/short.wav"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(FacadeBench.json(answer)).isEqualTo(FacadeBench.json("{\"calling\":false,\"number-valid\":false}"));
        assertThat(bench.trunk().calls()).extracting(call -> call.number()).doesNotContain("12ab", "+12ab");
    }

    @Test
    @DisplayName("N06: a missing number is error 1, and named")
    void n06() throws Exception {
        JsonNode body = new Client(bench, "u6").refused(1, "audio-url", url("/short.wav"));

        assertThat(body.path("api-parameter-name").asText()).isEqualTo("number");
        assertThat(body.path("api-parameter-type").asText()).isEqualTo("string");
    }

    @Test
    @DisplayName("N07: an audio-url that is not there is error 12")
    void n07() throws Exception {
        new Client(bench, "u7").refused(12, "number", "+15550300007", "audio-url", url("/none.mp3"));

        assertThat(bench.callsTo("+15550300007")).isEmpty();
    }

    @Test
    @DisplayName("N08: a text that is called .mp3 is error 12")
    void n08() throws Exception {
        new Client(bench, "u8").refused(12, "number", "+15550300008", "audio-url", url("/text.mp3"));

        assertThat(bench.callsTo("+15550300008")).isEmpty();
    }

    @Test
    @DisplayName("N09: an audio-url that is no URL is error 3")
    void n09() throws Exception {
        var client = new Client(bench, "u9");
        for (String bad : List.of("not a url", "ftp://example.com/a.mp3", "/a.mp3")) {
            JsonNode unused = client.refused(3, "number", "+15550300009", "audio-url", bad);
        }

        assertThat(bench.callsTo("+15550300009")).isEmpty();
    }

    @Test
    @DisplayName("N13: a limit-ttl of 0 or 366 days is error 1")
    void n13() throws Exception {
        var client = new Client(bench, "u13");
        for (String days : List.of("0", "366", "a day")) {
            JsonNode body =
                    client.refused(1, "number", "+15550300013", "audio-url", url("/short.wav"), "limit-ttl", days);
            assertThat(body.path("api-parameter-name").asText()).isEqualTo("limit-ttl");
            assertThat(body.path("api-parameter-type").asText()).isEqualTo("integer");
        }

        assertThat(bench.callsTo("+15550300013")).isEmpty();
    }

    @Test
    @DisplayName("N14: a wrong key, an unknown user or none is 403 and error 43")
    void n14() throws Exception {
        String body = Client.form("number", "+15550300014", "audio-url", url("/short.wav"));

        Client.refused(403, 43, bench.send("POST", "/phone-playback", body, "User-ID", "u14", "API-Key", "wrong"));
        Client.refused(403, 43, bench.send("POST", "/phone-playback", body, "User-ID", "u99", "API-Key", "key-of-u14"));
        Client.refused(403, 43, bench.send("POST", "/phone-playback", body, "API-Key", "key-of-u14"));
        Client.refused(403, 43, bench.send("GET", "/phone-playback?" + body, ""));

        assertThat(bench.callsTo("+15550300014")).isEmpty();
    }

    @Test
    @DisplayName("N17: of eleven requests that are held open, ten are in work and one is error 6 at once")
    void n17() throws Exception {
        var client = new Client(bench, "u17");
        var mayGoOn = new CountDownLatch(1);
        bench.web.on("/slow.wav", exchange -> {
            try {
                boolean unused = mayGoOn.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
            WebAnswers.content("audio/wav", Tones.wav(300)).answer(exchange);
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 11)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> asked(client, String.format("+155503017%02d", i)), threads))
                    .toList();
            var first = (HttpResponse<?>) CompletableFuture.anyOf(answers.toArray(CompletableFuture<?>[]::new))
                    .get(3, TimeUnit.SECONDS);
            assertThat(first.statusCode()).isEqualTo(400);
            assertThat(first.body().toString()).contains("\"api-error\":6");
            mayGoOn.countDown();

            List<Integer> statuses = answers.stream()
                    .map(answer -> answer.join().statusCode())
                    .sorted()
                    .toList();
            assertThat(statuses).hasSize(11).endsWith(400);
            assertThat(statuses.subList(0, 10)).containsOnly(200);
        } finally {
            mayGoOn.countDown();
        }
    }

    private HttpResponse<String> asked(Client client, String number) {
        try {
            return client.post("number", number, "audio-url", url("/slow.wav"));
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }

    @Test
    @DisplayName("N21: a body that says JSON and is none is error 9")
    void n21() throws Exception {
        for (String body : List.of("{bad", "[1]", "")) {
            var answer = bench.send(
                    "POST",
                    "/phone-playback",
                    body,
                    "Content-Type",
                    "application/json",
                    "User-ID",
                    "u21",
                    "API-Key",
                    "key-of-u21");
            Client.refused(400, 9, answer);
        }
    }
}
