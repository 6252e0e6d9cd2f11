package dev.outdial.server.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A bench too small to say anything of speed: that both processes find each other and both reports are read. */
@Timeout(60)
class BenchTest {
    @Test
    void aRunIsMeasuredAtBothEnds() throws Exception {
        var scenario = new Scenario("4-two-way", 4, 20, true, false, List.of());
        var progress = new ArrayList<String>();

        ScenarioResult result =
                new Bench(Duration.ofMillis(100), Duration.ofSeconds(1), 1, progress::add).run(scenario);

        Figures figures = result.best();
        assertThat(figures.calls()).isEqualTo(4);
        assertThat(figures.answered()).isEqualTo(4);
        assertThat(figures.lostOut()).isZero();
        assertThat(figures.lostIn()).isZero();
        // Four calls of a second, both ways, and what goes before and after it.
        assertThat(figures.sent()).isGreaterThan(160);
        assertThat(figures.received()).isGreaterThan(160);
        assertThat(figures.p99Millis()).isPositive();
        assertThat(figures.javaThreads()).isPositive();
        assertThat(figures.calleesCpuSeconds()).isPositive();
        assertThat(result.allMet()).isTrue();
        assertThat(progress).containsExactly("4-two-way, run 1 of 1");
    }

    @Test
    void aProcessThatBreaksOffIsToldAtOnce() throws Exception {
        try (Child child = Child.start(OptionalInt.empty(), List.of("--version"))) {
            assertThatThrownBy(() -> child.awaitLine("listens at"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("ended without saying 'listens at'");
        }
    }
}
