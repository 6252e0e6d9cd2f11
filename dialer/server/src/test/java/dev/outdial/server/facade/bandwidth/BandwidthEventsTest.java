package dev.outdial.server.facade.bandwidth;

import static dev.outdial.server.facade.bandwidth.CatapultBench.callees;
import static dev.outdial.server.facade.bandwidth.CatapultBench.persona;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.server.serve.FacadeBench.Told;
import dev.outdial.testbed.dialplan.Step;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** How events come, who may call from where and how often: cases B22, B23, B32, B34, and Bandwidth's part of E15. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class BandwidthEventsTest {
    @TempDir
    static Path folder;

    private static CatapultBench catapult;

    @BeforeAll
    static void start() {
        catapult = new CatapultBench(
                folder,
                callees(
                        "15550100422", persona(new Step.Refuse(486)),
                        "15550100423", persona(new Step.Refuse(486))));
    }

    @AfterAll
    static void stop() {
        catapult.close();
    }

    @Test
    @DisplayName("B22: events go to the fallback where the callback is dead; the call does not mind")
    void eventsGoToTheFallback() throws Exception {
        String dead = catapult.bench.sink("/dead", 500);
        String fallback = catapult.bench.sink("/15550100422", 200);
        HttpResponse<String> made = catapult.post(
                "/calls",
                "{\"from\":\"" + CatapultBench.FROM + "\",\"to\":\"+15550100422\",\"callbackUrl\":\"" + dead
                        + "\",\"fallbackUrl\":\"" + fallback + "\",\"callbackTimeout\":\"1000\"}");
        assertThat(made.statusCode()).isEqualTo(201);

        assertThat(catapult.event("15550100422", "hangup").path("cause").asText())
                .isEqualTo("USER_BUSY");
        List<Told> first = catapult.bench.told("/dead");
        assertThat(first).hasSize(1);
        assertThat(first.getFirst().headers().entrySet())
                .anyMatch(header -> header.getKey().equalsIgnoreCase("User-Agent")
                        && header.getValue().equals("BandwidthAPI/v1"))
                .anyMatch(header -> header.getKey().equalsIgnoreCase("Content-Type")
                        && header.getValue().startsWith("application/json"));
    }

    @Test
    @DisplayName("B23: by GET the fields are in the query; user and password of the address are Basic credentials")
    void byGet() throws Exception {
        URI sink = URI.create(catapult.bench.sink("/15550100423", 200));
        String callback = "http://me:pa55@" + sink.getHost() + ":" + sink.getPort() + sink.getPath() + "?own=1";
        HttpResponse<String> made = catapult.post(
                "/calls",
                "{\"from\":\"" + CatapultBench.FROM + "\",\"to\":\"+15550100423\",\"callbackUrl\":\"" + callback
                        + "\",\"callbackHttpMethod\":\"GET\",\"tag\":\"a b\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);

        Told told = catapult.bench.awaitTold("/15550100423", 1).getFirst();

        assertThat(told.method()).isEqualTo("GET");
        assertThat(told.query())
                .containsEntry("own", "1")
                .containsEntry("eventType", "hangup")
                .containsEntry("cause", "USER_BUSY")
                .containsEntry("from", CatapultBench.FROM)
                .containsEntry("to", "+15550100423")
                .containsEntry("tag", "a b")
                .containsKeys("callId", "callUri", "time");
        assertThat(told.headers().entrySet())
                .anyMatch(header -> header.getKey().equalsIgnoreCase("Authorization")
                        && header.getValue().equals(CatapultBench.basic("me:pa55")));
    }

    @Test
    @DisplayName("B32: from a number that is not the user's own nobody is called, where they have some")
    void fromAnothersNumber(@TempDir Path own) throws Exception {
        try (var other = new CatapultBench(own, callees("15550100432", persona(new Step.Refuse(486))))) {
            HttpResponse<String> number = other.post("/phoneNumbers", "{\"number\":\"+15550107777\"}");
            assertThat(number.statusCode()).as(number.body()).isEqualTo(201);

            other.refused("/calls", "{\"from\":\"+15550109999\",\"to\":\"+15550100432\"}", 401, "number-access-denied");
            HttpResponse<String> made = other.post("/calls", "{\"from\":\"+15550107777\",\"to\":\"+15550100432\"}");

            assertThat(made.statusCode()).isEqualTo(201);
            FacadeBench.await(
                    "the call", () -> !other.bench.callsTo("+15550100432").isEmpty());
            assertThat(other.bench.callsTo("+15550100432")).hasSize(1);
        }
    }

    @Test
    @DisplayName("E15: a sound on a private address is not fetched where that is not allowed; the call stays")
    void aSoundOnAPrivateAddress(@TempDir Path own) throws Exception {
        try (var other = new CatapultBench(
                own, callees("15550100415", persona(new Step.Answer())), "OUTDIAL_SOUND_PRIVATE_ADDRESSES", "false")) {
            String id = other.answered("15550100415", "");

            other.refused(
                    "/calls/" + id + "/audio",
                    "{\"fileUrl\":\"" + other.sound("/short.wav") + "\"}",
                    503,
                    "media-unavailable");

            assertThat(other.json("/calls/" + id).path("state").asText()).isEqualTo("active");
            assertThat(other.bench.web.requests())
                    .noneMatch(request -> request.target().contains("short.wav"));
            assertThat(other.over("15550100415", id).glance()).contains("> BYE");
        }
    }

    @Test
    @DisplayName("B34: too many calls and too many requests, where that is limited")
    void tooMany(@TempDir Path own) throws Exception {
        try (var other = new CatapultBench(
                own,
                callees("15550100434", persona(new Step.Refuse(486))),
                "OUTDIAL_FACADES_BANDWIDTH_CALLS_PER_SECOND",
                "0.1",
                "OUTDIAL_FACADES_BANDWIDTH_REQUESTS_PER_SECOND",
                "0.5",
                "OUTDIAL_FACADES_BANDWIDTH_REQUESTS_BURST",
                "3")) {
            String call = "{\"from\":\"+15550109999\",\"to\":\"+15550100434\"}";
            assertThat(other.post("/calls", call).statusCode()).isEqualTo(201);
            HttpResponse<String> second = other.post("/calls", call);
            CatapultBench.refused(second, 403, "call-rate-limit");
            assertThat(FacadeBench.json(second).path("category").asText()).isEqualTo("limit");
            for (int i = 0; i < 3; i++) {
                JsonNode unused = other.json("/calls");
            }
            HttpResponse<String> flood = other.get("/calls");
            CatapultBench.refused(flood, 429, "rate-limit-reached");
            assertThat(flood.headers().firstValueAsLong("X-RateLimit-Reset").orElseThrow())
                    .isGreaterThan(System.currentTimeMillis());
            FacadeBench.await(
                    "the call", () -> !other.bench.callsTo("+15550100434").isEmpty());
            Thread.sleep(300); // no second one comes
            assertThat(other.bench.callsTo("+15550100434")).hasSize(1);
        }
    }
}
