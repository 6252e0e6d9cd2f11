package dev.outdial.dialer.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.flow.machine.FlowEnd;
import dev.outdial.dialer.flow.machine.FlowHappening;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flows in calls that nobody answers, or that last too long. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class UnansweredFlowTest {
    private static final String HELLO = "[{\"type\": \"talk\", \"option\": {\"text\": \"hello\"}}]";

    private static final DialPlan PLAN = DialPlan.standard()
            .with("486", refuses(486))
            .with("480", refuses(480))
            .with("603", refuses(603))
            .with("404", refuses(404))
            .with("503", refuses(503));

    @TempDir
    static Path folder;

    private static FlowBench bench;

    private static Persona refuses(int status) {
        return Persona.of("refuses", new Step.Refuse(status));
    }

    @BeforeAll
    static void open() throws Exception {
        bench = new FlowBench(folder, PLAN);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    /** V33. */
    @ParameterizedTest
    @CsvSource({"486, BUSY", "480, NO_ANSWER", "603, REJECTED", "404, FAILED", "503, FAILED"})
    void whoRefusesEndsTheFlowBeforeItsFirstStep(int status, OutcomeKind kind) throws Exception {
        FlowBench.Run run = bench.dial(String.valueOf(status), HELLO);
        assertThat(run.ended().end()).isEqualTo(FlowEnd.CALL_ENDED);
        CallOutcome outcome = run.flowCall().call().awaitEnd();
        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(outcome.sipCode()).hasValue(status);
        assertThat(run.notes().glance()).last().isEqualTo("> ACK");
        assertThat(run.all()).noneMatch(FlowHappening.StepStarted.class::isInstance);
    }

    /** V31 with a shorter time. */
    @Test
    void whoNeverPicksUpIsGivenUp() throws Exception {
        FlowBench.Run run = bench.dial(FlowBench.to("1003").ringingFor(Duration.ofMillis(400)), HELLO);
        CallOutcome outcome = run.flowCall().call().awaitEnd();
        assertThat(outcome.kind()).isEqualTo(OutcomeKind.NO_ANSWER);
        assertThat(outcome.endedBy()).isEqualTo(EndedBy.LOCAL);
        assertThat(run.notes().glance()).contains("> CANCEL");
        assertThat(run.ended().end()).isEqualTo(FlowEnd.CALL_ENDED);
    }

    /** V32 with a shorter time. */
    @Test
    void aCallThatLastsTooLongEndsItsFlow() throws Exception {
        FlowBench.Run run = bench.dial(
                FlowBench.to("1001").lastingAtMost(Duration.ofMillis(500)),
                "[{\"type\": \"sleep\", \"option\": {\"duration\": 60000}}]");
        CallOutcome outcome = run.flowCall().call().awaitEnd();
        assertThat(outcome.kind()).isEqualTo(OutcomeKind.COMPLETED);
        assertThat(outcome.endedBy()).isEqualTo(EndedBy.LOCAL);
        assertThat(run.notes().countOf("> BYE")).isEqualTo(1);
        assertThat(run.ended().end()).isEqualTo(FlowEnd.CALL_ENDED);
    }
}
