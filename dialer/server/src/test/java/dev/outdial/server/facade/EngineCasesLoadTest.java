package dev.outdial.server.facade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.dialer.probe.ParkJitter;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.probe.StreamReport;
import dev.outdial.testbed.sound.Tones;
import dev.outdial.testbed.sound.WavFile;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.trunk.TrunkCall;
import dev.outdial.testbed.web.WebAnswers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The acceptance case of many calls. Nothing runs beside it: it is about time. */
@Tag("slow")
@Timeout(90)
@Isolated
class EngineCasesLoadTest {
    private static final int CALLS = 100;

    @Test
    @DisplayName("E10: a hundred calls at once hear their sound without a gap, and all end as they should")
    void e10(@TempDir Path folder) throws Exception {
        var plan = DialPlan.empty().with("2010", Persona.of("answers and stays", new Step.Answer()));
        try (var carrier = LoopbackTrunk.builder()
                        .dialPlan(plan)
                        .calleesTalk(false)
                        .keepSoundSeconds(0)
                        .start();
                var bench = new FacadeBench(
                        folder,
                        DialPlan.empty(),
                        "OUTDIAL_HTTP_REQUESTS_PER_SECOND",
                        "10000",
                        "OUTDIAL_HTTP_BURST",
                        "10000")) {
            bench.web.on(
                    "/six.wav", WebAnswers.content("audio/wav", WavFile.bytes(new Tones(0.3, 1000).samples(6000))));
            var api = new EngineCases(bench);
            String unused =
                    api.trunk("e10", carrier.port(), ",\"register\":false,\"max_channels\":100,\"max_cps\":100");
            String play = ",\"play\":\"" + bench.web.uri("/six.wav") + "\"";
            bench.web.on(
                    "/one.wav", WebAnswers.content("audio/wav", WavFile.bytes(new Tones(0.3, 1000).samples(1000))));
            // What is run for the first time is compiled meanwhile, which takes the machine from those who listen.
            List<String> before = new ArrayList<>();
            for (int i = 0; i < CALLS; i++)
                before.add(api.call("e10", "2010", ",\"play\":\"" + bench.web.uri("/one.wav") + "\""));
            for (String id : before)
                assertThat(api.over(id).path("outcome").asText()).isEqualTo("completed");
            // How late this machine itself wakes a thread meanwhile: at the ear of the testbed that adds to what we are
            // late.
            var machine = CompletableFuture.supplyAsync(() -> ParkJitter.measure(Duration.ofSeconds(9)));
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) ids.add(api.call("e10", "2010", play));

            double lateMillis = machine.join().maxMillis();
            Instant lastAnswer = Instant.MIN;
            Instant firstEnd = Instant.MAX;
            for (String id : ids) {
                JsonNode over = api.over(id);
                assertThat(over.path("outcome").asText()).as(over.toString()).isEqualTo("completed");
                assertThat(api.events(id, "call.ended")).hasSize(1);
                Instant answer = Instant.parse(over.path("t_answer").asText());
                Instant end = Instant.parse(over.path("t_end").asText());
                if (answer.isAfter(lastAnswer)) lastAnswer = answer;
                if (end.isBefore(firstEnd)) firstEnd = end;
                TrunkCall call = carrier.awaitEnd(over.path("sip_call_id").asText(), FacadeBench.SOON)
                        .orElseThrow();
                StreamReport stream = call.media().orElseThrow().received();
                assertThat(stream.lostCount()).as(stream.toString()).isZero();
                assertThat(stream.packetCount()).as(stream.toString()).isGreaterThanOrEqualTo(300);
                assertThat(stream.longestIntervalMillis())
                        .as("%s; the machine is late by %s ms", stream, lateMillis)
                        .isLessThanOrEqualTo(60 + lateMillis);
            }
            assertThat(firstEnd).as("all are up at once").isAfter(lastAnswer);
        }
    }
}
