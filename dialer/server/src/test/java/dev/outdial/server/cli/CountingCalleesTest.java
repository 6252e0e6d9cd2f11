package dev.outdial.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.testbed.counting.CountReport;
import dev.outdial.testbed.counting.CountingCallees;
import dev.outdial.testbed.counting.CountingOptions;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code outdial load} against callees that only count, in one process. */
@Timeout(30)
class CountingCalleesTest {
    private static final int CALLS = 12;

    @Test
    void everyPacketOfEveryCallIsCounted() throws Exception {
        try (var callees = callees(CountingOptions.SILENT)) {
            JsonNode load = load(callees);
            callees.close();
            CountReport counted = callees.report();

            assertThat(counted.streams()).isEqualTo(CALLS);
            assertThat(counted.packets())
                    .isEqualTo(load.get("rtp").get("sent").asLong())
                    .isPositive();
            assertThat(counted.lost()).isZero();
            assertThat(counted.steady().intervals()).isPositive();
            assertThat(counted.sent()).isZero();
            assertThat(load.get("rtp").get("received").asLong()).isZero();
        }
    }

    @Test
    @Tag("slow")
    void calleesThatSpeakAreHeardAndSoAreTheirKeys() throws Exception {
        try (var callees =
                callees(new CountingOptions(true, true, Optional.of(Duration.ofSeconds(1)), Duration.ZERO))) {
            JsonNode load = load(callees);
            callees.close();
            CountReport counted = callees.report();

            assertThat(counted.sent()).isPositive();
            assertThat(load.get("rtp").get("received").asLong()).isBetween(1L, counted.sent());
            assertThat(load.get("rtp").get("lost").asLong()).isZero();
            assertThat(counted.keysPressed()).isGreaterThanOrEqualTo(CALLS);
            // A key that is down when its call ends is heard though it was never released, or released and not heard.
            assertThat(load.get("keysHeard").asLong())
                    .isBetween(counted.keysPressed() - CALLS / 2, counted.keysPressed() + CALLS / 2);
        }
    }

    private static CountingCallees callees(CountingOptions options) {
        return CountingCallees.open(InetAddress.getLoopbackAddress(), options, 7);
    }

    private static JsonNode load(CountingCallees callees) throws Exception {
        try (LoopbackTrunk trunk = LoopbackTrunk.builder()
                .counting(callees)
                .dialPlan(DialPlan.counting())
                .start()) {
            Run run = Run.outdial(
                    "load",
                    "1001",
                    "--json",
                    "--trunk",
                    "sip:alice@127.0.0.1:" + trunk.port(),
                    "--no-register",
                    "--calls",
                    String.valueOf(CALLS),
                    "--cps",
                    "40",
                    "--steady",
                    "1500ms");
            assertThat(run.status()).isZero();
            return new ObjectMapper().readTree(run.out());
        }
    }
}
