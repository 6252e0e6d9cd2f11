package dev.outdial.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.store.Databases;
import dev.outdial.server.store.StoreSettings;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server on PostgreSQL, by its configuration, whose database goes away and comes back while calls are up. */
@Tag("slow")
@Timeout(120)
class StoreAwayTest {
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(8);
    private static final DialPlan PLAN = DialPlan.standard()
            .with("2000", Persona.of("answers", new Step.Ring(), new Step.Answer()))
            .with(
                    "2005",
                    Persona.of(
                            "leaves after two seconds",
                            new Step.Ring(),
                            new Step.Answer(),
                            new Step.Wait(Duration.ofSeconds(2)),
                            new Step.Press("5"),
                            new Step.HangUp()));

    @TempDir
    private Path folder;

    private final LoopbackTrunk trunk = LoopbackTrunk.builder().dialPlan(PLAN).start();
    private CutLine line;
    private Map<String, String> environment = Map.of();

    @BeforeEach
    void open() throws Exception {
        StoreSettings store = Databases.POSTGRESQL.fresh();
        URI place = URI.create(store.url().replaceFirst("^jdbc:", ""));
        line = CutLine.to(place.getPort());
        environment = Map.of(
                "OUTDIAL_STORE_URL",
                store.url().replace(":" + place.getPort() + "/", ":" + line.port() + "/"),
                "OUTDIAL_STORE_USER",
                store.user());
    }

    @AfterEach
    void close() throws Exception {
        if (line != null) line.close();
        trunk.close();
    }

    private String answered(WireBench bench, String number) throws Exception {
        String call = bench.create("/calls", "{\"to\":\"" + number + "\"}");
        bench.await(call, "progressing");
        return call;
    }

    private static Duration time(AutoCloseable what) throws Exception {
        long start = System.nanoTime();
        what.close();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void callsGoOnAndWhatHappenedIsCaughtUp() throws Exception {
        try (WireBench bench = WireBench.start(folder, trunk.port(), environment)) {
            String leaves = answered(bench, "2005");
            String stays = answered(bench, "2000");

            line.cut();
            Duration refused = time(() -> {
                HttpResponse<String> answer = bench.send("POST", "/api/v1/calls", "{\"to\":\"2000\"}");
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
                assertThat(bench.send("GET", "/api/v1/calls/" + stays, "").statusCode())
                        .isEqualTo(503);
                assertThat(bench.send("GET", "/readyz", "").statusCode()).isEqualTo(503);
                assertThat(bench.send("GET", "/healthz", "").statusCode()).isEqualTo(200);
            });
            assertThat(refused).isLessThan(LONGEST_ANSWER.multipliedBy(3));
            // The far end of one hangs up meanwhile; that of the other goes on hearing us.
            trunk.calls().stream()
                    .filter(call -> call.number().equals("2005"))
                    .forEach(call -> assertThat(trunk.awaitEnd(call.callId(), Duration.ofSeconds(10)))
                            .isPresent());
            assertThat(trunk.calls().stream()
                            .filter(call -> call.number().equals("2000"))
                            .allMatch(call -> call.end().isEmpty()))
                    .isTrue();

            line.mend();
            JsonNode ready = awaitReady(bench);
            assertThat(ready.path("ready").asBoolean()).isTrue();
            JsonNode over = bench.await(leaves, "hangup");
            assertThat(over.path("outcome").asText()).isEqualTo("completed");
            assertThat(over.path("hangup_by").asText()).isEqualTo("remote");
            assertThat(bench.types(leaves)).contains("dtmf.received").endsWith("call.ended");
            // The trunk has two channels, and one is in use: that of the call that ended meanwhile is free again.
            String next = placedOnce(bench);
            assertThat(bench.await(next, "hangup").path("outcome").asText()).isEqualTo("completed");
            bench.hangUp(stays);
            assertThat(bench.await(stays, "hangup").path("outcome").asText()).isEqualTo("completed");
            assertThat(trunk.calls()).hasSize(3);
        }
    }

    /** As a customer does it: a request that may have been lost is sent again under its key. @return the call */
    private static String placedOnce(WireBench bench) throws Exception {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            HttpResponse<String> answer =
                    bench.send("POST", "/api/v1/calls", "{\"to\":\"2005\"}", "Idempotency-Key", "next");
            if (answer.statusCode() == 201) {
                return answer.headers().firstValue("Location").orElseThrow().replace("/api/v1/calls/", "");
            }
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(System.nanoTime() - until).as("the store is back").isNegative();
            Thread.sleep(50); // the database, which nobody tells us of
        }
    }

    private static JsonNode awaitReady(WireBench bench) throws Exception {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (bench.send("GET", "/readyz", "").statusCode() != 200) {
            assertThat(System.nanoTime() - until).as("the store is back").isNegative();
            Thread.sleep(50); // the database, which nobody tells us of
        }
        return bench.get("/readyz");
    }

    @Test
    void aServerThatEndsWithoutItsStoreEndsItsCallsAndTheNextOneTellsOfThem() throws Exception {
        String call;
        WireBench first = WireBench.start(folder, trunk.port(), environment);
        try {
            call = answered(first, "2000");
            line.cut();
        } finally {
            assertThat(time(first)).isLessThan(Duration.ofSeconds(40));
        }
        assertThat(trunk.calls())
                .singleElement()
                .satisfies(one -> assertThat(one.end()).isPresent());

        line.mend();
        try (WireBench second = WireBench.start(folder, trunk.port(), environment)) {
            JsonNode over = second.await(call, "hangup");
            assertThat(over.path("outcome").asText()).isEqualTo("completed");
            assertThat(over.path("hangup_by").asText()).isEqualTo("local");
            assertThat(second.types(call)).endsWith("call.ended").containsOnlyOnce("call.ended");
        }
    }
}
