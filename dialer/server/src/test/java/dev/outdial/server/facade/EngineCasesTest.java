package dev.outdial.server.facade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.server.serve.FacadeBench.Told;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.probe.StreamReport;
import dev.outdial.testbed.rtp.G711;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.trunk.TrunkCall;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The acceptance cases of engine and trunk, over HTTP and a trunk of the testbed: E02, E03, E08, E11, E13. The others: {@code
 * EngineCasesPeerTest} (far ends that no telephone is like: E02, E04 to E07, E09, E16), {@code EngineCasesServerTest} (E01, E12), {@code
 * EngineCasesLoadTest} (E10), {@code EngineCasesEmbeddedTest} (E14), {@code EngineCasesRestartTest} (E17). E15 is one of each facade: {@code
 * SettingsTest} of Neutrino, {@code CequensGuardedSoundTest}, {@code VoipbinSettingsTest}, {@code BandwidthEventsTest}.
 */
@Tag("slow")
@Timeout(90)
@Execution(ExecutionMode.CONCURRENT)
class EngineCasesTest {
    private static final String TIMED = "+15550800008";
    private static final String STALLED = "+15550800011";
    private static final String ONCE = "+15550800013";
    private static final String CODEC = "2003";
    private static final String REFUSES = "+15550800003";
    private static final Persona STAYS = Persona.of("answers and stays", new Step.Answer());

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static FacadeBench bench;

    @SuppressWarnings("NullAway.Init")
    private static EngineCases api;

    @BeforeAll
    static void start() {
        bench = new FacadeBench(
                folder,
                DialPlan.empty()
                        .with(TIMED, STAYS)
                        .with(STALLED, STAYS)
                        .with(ONCE, STAYS)
                        .with(REFUSES, Persona.of("has none of our codecs", new Step.Refuse(488))));
        api = new EngineCases(bench);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    @DisplayName("E02: a wrong password fails after one more try")
    void e02() throws Exception {
        try (var carrier = LoopbackTrunk.builder()
                .user("alice", "right")
                .dialPlan(DialPlan.empty().with("2002", STAYS))
                .start()) {
            String unused = api.trunk("e02", carrier.port(), ",\"register\":false,\"password\":\"wrong\"");
            JsonNode over = api.over(api.call("e02", "2002", ""));

            assertThat(over.path("outcome").asText()).as(over.toString()).isEqualTo("failed");
            assertThat(over.path("sip_code").asInt()).isEqualTo(407);
            assertThat(carrier.calls())
                    .singleElement()
                    .satisfies(call -> assertThat(call.glance().stream().filter(line -> line.equals("> INVITE")))
                            .hasSize(2));
        }
    }

    @Test
    @DisplayName("E03: a far end that knows one law alone is spoken to in that law")
    void e03OneLaw() throws Exception {
        for (G711 law : G711.values()) {
            try (var carrier = LoopbackTrunk.builder()
                    .codecs(List.of(law))
                    .keepSoundSeconds(10)
                    .dialPlan(DialPlan.empty().with(CODEC, STAYS))
                    .start()) {
                String unused = api.trunk("e03" + law, carrier.port(), ",\"register\":false");
                JsonNode over = api.over(api.call("e03" + law, CODEC, ",\"say\":\"In one law.\""));

                assertThat(over.path("outcome").asText()).as(over.toString()).isEqualTo("completed");
                assertThat(over.path("codec").asText()).isEqualTo(law.encodingName());
                TrunkCall call = carrier.awaitEnd(over.path("sip_call_id").asText(), FacadeBench.SOON)
                        .orElseThrow();
                assertThat(FacadeBench.phrases(call, "In one law.")).containsExactly("In one law.");
                assertThat(call.media().orElseThrow().received().payloadTypes()).containsExactly(law.payloadType());
            }
        }
    }

    @Test
    @DisplayName("E03: 488 is failed with cause 88")
    void e03None() throws Exception {
        JsonNode over = api.over(api.create("/calls", "{\"to\":\"" + REFUSES + "\"}"));

        assertThat(over.path("outcome").asText()).as(over.toString()).isEqualTo("failed");
        assertThat(over.path("sip_code").asInt()).isEqualTo(488);
        assertThat(over.path("q850").asInt()).isEqualTo(88);
        assertThat(over.path("cause").asText()).isEqualTo("INCOMPATIBLE_DESTINATION");
    }

    @Test
    @DisplayName(
            "E08: 50 packets a second of one source, numbered and timed without a gap, in words and in silence between them")
    void e08() throws Exception {
        String id = api.create("/calls", """
                {"to":"%s","actions":[
                  {"type":"talk","option":{"text":"Before."}},
                  {"type":"sleep","option":{"duration":1000}},
                  {"type":"talk","option":{"text":"After."}},
                  {"type":"sleep","option":{"duration":500}}]}
                """.formatted(TIMED));
        JsonNode over = api.over(id);
        TrunkCall call = bench.awaitEndOfCallTo(TIMED);

        assertThat(over.path("outcome").asText()).isEqualTo("completed");
        assertThat(FacadeBench.phrases(call, "Before.", "After.")).containsExactly("Before.", "After.");
        StreamReport stream = call.media().orElseThrow().received();
        assertThat(stream.isClean()).as(stream.toString()).isTrue();
        assertThat(stream.ssrcs()).hasSize(1);
        assertThat(stream.timestampSteps()).containsOnlyKeys(160L);
        assertThat(stream.durationMillis()).isGreaterThan(2 * FacadeBench.PHRASE_MILLIS + 1500);
        // Where this machine stalls, time is left out: its longest stall is taken off, and shorter ones are allowed
        // for.
        double steadyMillis = stream.durationMillis() - (stream.longestIntervalMillis() - 20);
        assertThat((stream.packetCount() - 1) * 1000 / steadyMillis)
                .as(stream.toString())
                .isBetween(45.0, 52.0);
    }

    @Test
    @DisplayName("E11: who is told does not answer for 10 s: the call goes on as ever, and all is told later, in order")
    void e11() throws Exception {
        String path = "/stalled";
        String sink = bench.stallingSink(path, Duration.ofSeconds(10));
        String id = api.create("/calls", """
                {"to":"%s","say":"Not held up.","callbacks":{"url":"%s","timeout_ms":30000}}
                """.formatted(STALLED, sink));
        JsonNode over = api.over(id);
        TrunkCall call = bench.awaitEndOfCallTo(STALLED);

        assertThat(bench.told(path)).as("the first is not answered yet").hasSize(1);
        assertThat(over.path("outcome").asText()).isEqualTo("completed");
        assertThat(FacadeBench.phrases(call, "Not held up.")).containsExactly("Not held up.");
        StreamReport stream = call.media().orElseThrow().received();
        assertThat(stream.isClean()).as(stream.toString()).isTrue();
        List<String> ids =
                api.events(id).stream().map(event -> event.path("id").asText()).toList();
        // The first is told again where its answer came too late: once at least is what is promised.
        FacadeBench.await("all events", () -> told(path).size() >= ids.size());
        assertThat(told(path)).containsExactlyElementsOf(ids);
        List<Told> all = bench.told(path);
        assertThat(all.getLast().millis() - all.getFirst().millis()).isGreaterThanOrEqualTo(9_900);
    }

    private static List<String> told(String path) {
        return bench.told(path).stream()
                .map(one -> one.json().path("id").asText())
                .distinct()
                .toList();
    }

    @Test
    @DisplayName("E13: one Idempotency-Key twice is one call and one INVITE")
    void e13() throws Exception {
        String body = "{\"to\":\"" + ONCE + "\",\"say\":\"Once.\"}";
        HttpResponse<String> first = api.send("POST", "/calls", body, "Idempotency-Key", "e13");
        HttpResponse<String> again = api.send("POST", "/calls", body, "Idempotency-Key", "e13");

        assertThat(List.of(first.statusCode(), again.statusCode())).containsExactly(201, 201);
        String id = FacadeBench.json(first).path("id").asText();
        assertThat(FacadeBench.json(again).path("id").asText()).isEqualTo(id);
        JsonNode over = api.over(id);
        assertThat(over.path("outcome").asText()).isEqualTo("completed");
        TrunkCall unused = bench.awaitEndOfCallTo(ONCE);
        HttpResponse<String> late = api.send("POST", "/calls", body, "Idempotency-Key", "e13");
        assertThat(FacadeBench.json(late).path("id").asText()).isEqualTo(id);
        assertThat(api.get("/calls?to=%2B15550800013").path("items")).hasSize(1);
        // That a second one came would be seen by now: each was answered before.
        assertThat(bench.callsTo(ONCE)).hasSize(1);
        assertThat(bench.trunk().awaitEnd("no such call", Duration.ofMillis(300)))
                .isEmpty();
        assertThat(bench.callsTo(ONCE)).hasSize(1);
    }
}
