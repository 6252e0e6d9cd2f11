package dev.outdial.server.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.dialer.probe.ParkJitter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A bench too small to say anything of speed: that both processes find each other and both reports are read. */
@Timeout(60)
class BenchTest {
    @Test
    @Tag("slow")
    void aRunIsMeasuredAtBothEnds() throws Exception {
        var scenario = new Scenario("4-two-way", 4, 20, true, false, List.of());
        var progress = new ArrayList<String>();

        Bench.Outcome outcome = bench(1, progress::add).run(List.of(scenario));

        assertThat(outcome.trouble()).isEmpty();
        ScenarioResult result = outcome.results().getFirst();
        Figures figures = result.best();
        assertThat(figures.calls()).isEqualTo(4);
        assertThat(figures.answered()).isEqualTo(4);
        assertThat(figures.lostOut()).isZero();
        assertThat(figures.lostIn()).isZero();
        // Four calls of a second would be 200 packets each way; a stalled machine sends fewer.
        assertThat(figures.sent()).isGreaterThan(40);
        assertThat(figures.received()).isGreaterThan(40);
        assertThat(figures.p99Millis()).isPositive();
        assertThat(figures.javaThreads()).isPositive();
        assertThat(figures.calleesCpuSeconds()).isPositive();
        assertThat(result.allMet()).isTrue();
        assertThat(progress).containsExactly("4-two-way, run 1 of 1");
    }

    @Test
    @Tag("slow")
    void whatWasFinishedBeforeARunBrokeOffIsKept() throws Exception {
        var good = new Scenario("1-one-way", 1, 20, false, false, List.of());
        var impossible = new Scenario("0-one-way", 0, 20, false, false, List.of());
        var never = new Scenario("2-one-way", 2, 20, false, false, List.of());

        Bench.Outcome outcome = bench(1, line -> {}).run(List.of(good, impossible, never));

        assertThat(outcome.results()).extracting(ScenarioResult::scenario).containsExactly("1-one-way");
        assertThat(outcome.trouble()).hasValue("0-one-way: the process ended without saying '{'");
    }

    @Test
    @Tag("slow")
    void aBenchThatIsEndedReturnsTheRunsThatWereFinished() throws Exception {
        var scenario = new Scenario("1-one-way", 1, 20, false, false, List.of());
        var itself = new AtomicReference<Bench>();
        itself.set(bench(2, line -> {
            if (line.endsWith("run 2 of 2")) {
                itself.get().end();
            }
        }));

        Bench.Outcome outcome = itself.get().run(List.of(scenario, scenario));

        assertThat(outcome.results()).hasSize(1);
        assertThat(outcome.results().getFirst().runs()).hasSize(1);
        assertThat(outcome.trouble()).hasValue("1-one-way: the bench was ended");
    }

    @Test
    void whoeverReadsAProcessThatIsKilledSeesTheEndOfItsWords() throws Exception {
        var children = new Children();
        try (Child child = children.start(OptionalInt.empty(), List.of("testbed", "--listen", "127.0.0.1:0"))) {
            child.awaitLine("listens at");

            children.end();

            assertThatThrownBy(() -> child.awaitLine("never said")).hasMessageContaining("ended without saying");
        }
        assertThatThrownBy(() -> children.start(OptionalInt.empty(), List.of("--version")))
                .isInstanceOf(IOException.class)
                .hasMessage("the bench was ended");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '"', textBlock = """
            14 => {"asked":4,"calls":4,"steady":{}}   => the load exited with status 14
            70 => {"asked":4,"calls":4,"steady":{}}   => the load exited with status 70
            13 => {"asked":4,"calls":3,"steady":{}}   => the load was cut short: it placed 3 of 4 calls
            0  => {}                                  => the load was cut short: it placed 0 of 0 calls
            13 => {"asked":4,"calls":4,"steady":null} => the load had no steady time: none of its calls was up
            """)
    void aLoadThatDidNotComeToItsEndFailsTheRun(int status, String load, String why) throws Exception {
        JsonNode report = new ObjectMapper().readTree(load);

        assertThatThrownBy(() -> Bench.check(report, status))
                .isInstanceOf(IOException.class)
                .hasMessage(why);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 13})
    void callsThatNobodyAnsweredAreFiguresAndFailNoRun(int status) throws Exception {
        Bench.check(new ObjectMapper().readTree("{\"asked\":4,\"calls\":4,\"steady\":{}}"), status);
    }

    @Test
    void aReportOfLessThanWasAskedForSaysSoAndMeetsNothing() {
        var machine = new Machine("any", 2, "any", "any");
        var jitter = new ParkJitter(1, 0, 0, 0, 0);

        assertThat(new BenchReport(machine, jitter, true, List.of()).allMet()).isTrue();
        assertThat(new BenchReport(machine, jitter, false, List.of()).allMet()).isFalse();
        assertThat(new BenchReport(machine, jitter, false, List.of()).lines())
                .last()
                .asString()
                .startsWith("Cut short");
    }

    private static Bench bench(int runs, Consumer<String> progress) {
        return new Bench(Duration.ofMillis(100), Duration.ofSeconds(1), runs, progress);
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
