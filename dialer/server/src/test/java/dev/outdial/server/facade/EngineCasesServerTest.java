package dev.outdial.server.facade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.sound.WavFile;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.trunk.TrunkCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The acceptance cases of engine and trunk that end the server. */
@Tag("slow")
@Timeout(90)
@Execution(ExecutionMode.CONCURRENT)
class EngineCasesServerTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    @DisplayName(
            "E01: a trunk is registered with digest, again before that runs out, and no longer when the server ends")
    void e01() throws Exception {
        try (var carrier = LoopbackTrunk.builder()
                .user("alice", "secret")
                .longestRegistration(Duration.ofSeconds(4))
                .start()) {
            try (var bench = new FacadeBench(folder, DialPlan.empty())) {
                var api = new EngineCases(bench);
                String trunk = api.trunk("e01", carrier.port(), ",\"password\":\"secret\"");
                FacadeBench.await("a registration", () -> carrier.isRegistered("alice"));
                assertThat(registrar(carrier)).startsWith("> REGISTER", "< 401", "> REGISTER with digest", "< 200");
                // Time has to pass at the registrar: the first one would have run out by then.
                FacadeBench.await("a refresh", () -> granted(carrier) >= 2);
                assertThat(carrier.isRegistered("alice")).isTrue();
                assertThat(api.get("/trunks/" + trunk + "/status").path("state").asText())
                        .isEqualTo("registered");
                assertThat(api.get("/events?after=0&limit=200").path("items"))
                        .anyMatch(event -> event.path("type").asText().equals("trunk.registered")
                                && event.path("data").path("trunk").asText().equals("e01"));
            }
            assertThat(carrier.isRegistered("alice")).isFalse();
            SipMessage last = carrier.otherMessages().stream()
                    .map(one -> one.message())
                    .filter(message -> message.isRequest("REGISTER"))
                    .toList()
                    .getLast();
            assertThat(last.header("Expires").orElse("")
                            + last.header("Contact").orElse(""))
                    .containsAnyOf("expires=0", "0<");
        }
    }

    private static long granted(LoopbackTrunk carrier) {
        return registrar(carrier).stream().filter("< 200"::equals).count();
    }

    /** What the registrar heard and said. */
    private static List<String> registrar(LoopbackTrunk carrier) {
        return carrier.otherMessages().stream()
                .map(one -> one.message())
                .map(message -> message.isRequest()
                        ? "> " + message.method()
                                + (message.header("Authorization").isPresent() ? " with digest" : "")
                        : "< " + message.status())
                .toList();
    }

    @Test
    @DisplayName(
            "E12: a server that ends says BYE or CANCEL to each call, closes recordings, and all are told to be over")
    void e12() throws Exception {
        var plan = DialPlan.empty()
                .with("2001", Persona.of("answers and stays", new Step.Answer()))
                .with("2002", Persona.of("rings", new Step.Ring()));
        try (var carrier = LoopbackTrunk.builder().dialPlan(plan).start()) {
            String answered;
            String ringing;
            try (var bench = new FacadeBench(folder, DialPlan.empty())) {
                var api = new EngineCases(bench);
                String unused = api.trunk("e12", carrier.port(), ",\"register\":false");
                answered = api.call("e12", "2001", ",\"record\":true");
                ringing = api.call("e12", "2002", "");
                JsonNode up = api.await(answered, EngineCases.ANSWERED);
                JsonNode rings = api.await(ringing, "ringing");
                assertThat(List.of(
                                up.path("t_end").isNull(), rings.path("t_end").isNull()))
                        .containsOnly(true);
                Thread.sleep(500); // something is recorded
            }

            assertThat(end(carrier, "2001").glance()).contains("> ACK").endsWith("> BYE", "< 200 OK");
            assertThat(end(carrier, "2002").glance())
                    .contains("> CANCEL", "< 487 Request Terminated")
                    .endsWith("> ACK");
            try (Stream<Path> files = Files.walk(folder)) {
                List<Path> sounds =
                        files.filter(file -> file.toString().endsWith(".wav")).toList();
                assertThat(sounds).hasSize(1);
                assertThat(WavFile.read(sounds.getFirst())).hasSizeGreaterThan(2_000);
            }
            try (var next = new FacadeBench(folder, DialPlan.empty())) {
                var api = new EngineCases(next);
                assertThat(api.over(answered).path("outcome").asText()).isEqualTo("completed");
                assertThat(api.over(ringing).path("outcome").asText()).isEqualTo("canceled");
                for (String call : List.of(answered, ringing))
                    assertThat(api.types(call)).containsOnlyOnce("call.ended").endsWith("call.ended");
            }
        }
    }

    private static TrunkCall end(LoopbackTrunk carrier, String number) {
        TrunkCall call = carrier.calls().stream()
                .filter(one -> one.number().equals(number))
                .findFirst()
                .orElseThrow();
        return carrier.awaitEnd(call.callId(), FacadeBench.SOON).orElseThrow();
    }
}
