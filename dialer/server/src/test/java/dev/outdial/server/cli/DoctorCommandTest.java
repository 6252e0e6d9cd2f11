package dev.outdial.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.testbed.peer.ScriptedPeer;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code outdial doctor} against the loopback trunk. */
@Tag("slow")
@Timeout(60)
class DoctorCommandTest {
    private static final String PASSWORD = "wonderland";

    private static Run doctor(LoopbackTrunk trunk, String password, String... more) {
        var arguments = new ArrayList<>(List.of(
                "doctor",
                "--local",
                "127.0.0.1",
                "--trunk",
                "sip:alice@127.0.0.1:" + trunk.port(),
                "--password",
                password));
        arguments.addAll(List.of(more));
        return Run.outdial(arguments.toArray(String[]::new));
    }

    private static LoopbackTrunk trunk() {
        return LoopbackTrunk.builder().user("alice", PASSWORD).start();
    }

    private static JsonNode step(JsonNode report, String name) {
        for (JsonNode step : report.get("steps")) {
            if (step.get("name").asText().equals(name)) {
                return step;
            }
        }
        throw new AssertionError("no step " + name + " in " + report);
    }

    @Test
    void aTrunkThatWorksIsSaidToInALineAStep() {
        try (LoopbackTrunk trunk = trunk()) {
            Run run = doctor(trunk, PASSWORD);

            assertThat(run.out())
                    .contains("dns        ok       the trunk is given by its address: udp:127.0.0.1:" + trunk.port())
                    .contains("register   ok       200 OK")
                    .contains("sound      skipped  no number was given to call")
                    .doesNotContain(PASSWORD);
            // The network and the load of the machine that this runs on are not ours.
            assertThat(run.status()).isEqualTo(run.out().contains("FAILED") ? 1 : 0);
            assertThat(trunk.isRegistered("alice")).isFalse();
        }
    }

    @Test
    void aWrongPasswordIsOneOfTheStepsOfOneJsonObject() throws IOException {
        try (LoopbackTrunk trunk = trunk()) {
            Run run = doctor(trunk, "guess", "--number", "1008", "--json");

            JsonNode report = new ObjectMapper().readTree(run.out());
            assertThat(run.status()).as(run.toString()).isEqualTo(1);
            assertThat(report.get("allWell").asBoolean()).isFalse();
            assertThat(step(report, "register").get("result").asText()).isEqualTo("failed");
            assertThat(step(report, "register").get("advice").asText()).contains("check --user");
            assertThat(step(report, "java").get("result").asText()).isEqualTo("ok");
            assertThat(step(report, "java").get("advice").isNull()).isTrue();
            assertThat(step(report, "sound").get("result").asText()).isEqualTo("skipped");
            assertThat(run.out() + run.err()).doesNotContain("guess");
            assertThat(trunk.calls()).isEmpty();
        }
    }

    @Test
    void aMachineIsLookedAtWithoutATrunk() {
        Run run = Run.outdial("doctor", "--speech", "exec:no-such-program-anywhere");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out())
                .contains("speech     FAILED   there is no program no-such-program-anywhere -> install it")
                .contains("java       ok       Java ")
                .doesNotContain("register");
    }

    @Test
    void aTakenPortEndsTheLookAndIsNoWrongUsage() {
        try (LoopbackTrunk trunk = trunk();
                var other = ScriptedPeer.open()) {
            Run run = Run.outdial(
                    "doctor", "--local", "127.0.0.1:" + other.port(), "--trunk", "sip:alice@127.0.0.1:" + trunk.port());

            assertThat(run.status()).as(run.toString()).isEqualTo(1);
            assertThat(run.out()).contains("sip-port   FAILED").doesNotContain("dns");
        }
    }

    @Test
    void whatMakesNoSenseIsWrongUsage() {
        assertThat(Run.outdial("doctor", "--number", "1000").status()).isEqualTo(64);
        assertThat(Run.outdial(
                                "doctor",
                                "--number",
                                "no number",
                                "--trunk",
                                "sip:alice@127.0.0.1;transport=tcp",
                                "--no-register")
                        .status())
                .isEqualTo(64);
    }
}
