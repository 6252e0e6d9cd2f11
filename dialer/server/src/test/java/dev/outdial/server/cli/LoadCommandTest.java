package dev.outdial.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code outdial load} against the loopback trunk. */
@Timeout(30)
class LoadCommandTest {
    private static LoopbackTrunk trunk =
            LoopbackTrunk.builder().user("alice", "wonderland").start();

    @BeforeAll
    static void openTrunk() {
        trunk.close();
        trunk = LoopbackTrunk.builder().user("alice", "wonderland").start();
    }

    @AfterAll
    static void closeTrunk() {
        trunk.close();
    }

    @Test
    void callsThatAreAnsweredAreCountedWithTheLatenessOfTheirPackets() {
        Run run = load("1001", "wonderland", "5", "--hold", "100ms");

        assertThat(run.status()).isZero();
        assertThat(run.out())
                .startsWith(
                        "{\"asked\":5,\"calls\":5,\"answered\":5,\"failed\":0,\"causes\":{},\"lateness\":{\"packets\":")
                .contains("\"p50Millis\":", "\"p99Millis\":", "\"p999Millis\":", "\"maxMillis\":");
        assertThat(run.out().lines()).hasSize(1);
    }

    @Test
    void callsThatAreNotAnsweredAreCountedByOutcomeAndStatus() {
        Run run = load("1002", "wonderland", "3", "--hold", "0s");

        assertThat(run.status()).isEqualTo(13);
        assertThat(run.out())
                .startsWith("{\"asked\":3,\"calls\":3,\"answered\":0,\"failed\":3,\"causes\":{\"busy 486\":3},");
    }

    @Test
    void noMoreCallsBeginThanThereMayBeAtATime() throws Exception {
        Run run = load("1001", "wonderland", "5", "--hold", "100ms", "--at-once", "1");

        assertThat(run.status()).isZero();
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.get("answered").asInt()).isEqualTo(5);
        assertThat(report.get("waited").asInt()).isEqualTo(4);
    }

    @Test
    void thereMustBeRoomForACall() {
        Run run = load("1001", "wonderland", "5", "--at-once", "0");

        assertThat(run.status()).isEqualTo(64);
        assertThat(run.err()).contains("--at-once: 0 is less than one");
    }

    @Test
    void whereTheTrunkDoesNotRegisterNobodyIsCalled() {
        Run run = load("1001", "looking-glass", "3", "--hold", "0s");

        assertThat(run.status()).isEqualTo(13);
        assertThat(run.out()).startsWith("{\"asked\":3,\"calls\":0,\"answered\":0,\"failed\":0,\"causes\":{},");
        assertThat(run.err()).contains("the registrar does not accept this user and password");
    }

    @Test
    void aSteadyLoadSaysWhatTheProcessTookWhileAllCallsWereUp() throws Exception {
        Run run = load("1001", "wonderland", "4", "--steady", "500ms");

        assertThat(run.status()).isZero();
        JsonNode report = new ObjectMapper().readTree(run.out());
        JsonNode steady = report.get("steady");
        assertThat(steady.get("calls").asInt()).isEqualTo(4);
        assertThat(steady.get("seconds").asDouble()).isGreaterThanOrEqualTo(0.5);
        assertThat(steady.get("cpuPercent").asDouble()).isNotNegative();
        assertThat(steady.get("javaThreadNames").size())
                .isEqualTo(steady.get("javaThreads").asInt());
        assertThat(steady.get("javaThreadNames").toString()).contains("outdial-media");
        assertThat(steady.get("collectors").size()).isPositive();
        // Four calls of half a second would be 100; on a machine that stalls, packet times are missed.
        assertThat(report.get("rtp").get("sent").asInt()).isGreaterThan(20);
    }

    @Test
    void callsOfASteadyLoadThatNobodyAnswersDoNotHoldItUp() throws Exception {
        Run run = load("1002", "wonderland", "3", "--steady", "10m", "--settle", "10m");

        assertThat(run.status()).isEqualTo(13);
        assertThat(new ObjectMapper().readTree(run.out()).get("steady").isNull())
                .isTrue();
    }

    @Test
    void aSteadyLoadHasNoOtherHold() {
        Run run = Run.outdial("load", "1001", "--calls", "1", "--cps", "1", "--steady", "1s", "--hold", "1s");

        assertThat(run.status()).isEqualTo(64);
        assertThat(run.err()).contains("--steady: a time above zero is expected, and no --hold beside it");
    }

    private static Run load(String number, String password, String calls, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "load",
                number,
                "--json",
                "--trunk",
                "sip:alice@127.0.0.1:" + trunk.port(),
                "--password",
                password,
                "--calls",
                calls,
                "--cps",
                "50"));
        arguments.addAll(List.of(more));
        return Run.outdial(arguments.toArray(String[]::new));
    }
}
