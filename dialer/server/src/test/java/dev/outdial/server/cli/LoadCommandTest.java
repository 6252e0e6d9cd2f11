package dev.outdial.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.testbed.trunk.LoopbackTrunk;
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
        Run run = load("1001", "wonderland", "5", "100ms");

        assertThat(run.status()).isZero();
        assertThat(run.out())
                .startsWith(
                        "{\"asked\":5,\"calls\":5,\"answered\":5,\"failed\":0,\"causes\":{},\"lateness\":{\"packets\":")
                .contains("\"p50Millis\":", "\"p99Millis\":", "\"p999Millis\":", "\"maxMillis\":");
        assertThat(run.out().lines()).hasSize(1);
    }

    @Test
    void callsThatAreNotAnsweredAreCountedByOutcomeAndStatus() {
        Run run = load("1002", "wonderland", "3", "0s");

        assertThat(run.status()).isEqualTo(13);
        assertThat(run.out())
                .startsWith("{\"asked\":3,\"calls\":3,\"answered\":0,\"failed\":3,\"causes\":{\"busy 486\":3},");
    }

    @Test
    void whereTheTrunkDoesNotRegisterNobodyIsCalled() {
        Run run = load("1001", "looking-glass", "3", "0s");

        assertThat(run.status()).isEqualTo(13);
        assertThat(run.out()).startsWith("{\"asked\":3,\"calls\":0,\"answered\":0,\"failed\":0,\"causes\":{},");
        assertThat(run.err()).contains("the registrar does not accept this user and password");
    }

    private static Run load(String number, String password, String calls, String hold) {
        return Run.outdial(
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
                "50",
                "--hold",
                hold);
    }
}
