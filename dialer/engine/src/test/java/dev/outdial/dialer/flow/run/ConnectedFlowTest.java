package dev.outdial.dialer.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.flow.machine.FlowEnd;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.trunk.TrunkCall;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Flows that call others, over the wire: who hears whom, and who is hung up when. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class ConnectedFlowTest {
    private static final DialPlan PLAN = DialPlan.standard()
            .with("2001", Persona.of("talks", new Step.Answer(), new Step.SayTone(575, Duration.ofSeconds(30))))
            .with("2101", talksAndHangsUp(0))
            .with("2102", Persona.of("is busy", new Step.Refuse(486)))
            .with(
                    "2103",
                    Persona.of(
                            "speaks before it answers",
                            new Step.EarlyMedia(),
                            new Step.SayTone(1775, Duration.ofMillis(700)),
                            new Step.Answer(),
                            new Step.Wait(Duration.ofMillis(200)),
                            new Step.HangUp()))
            .with("2104", Persona.of("rings", new Step.Ring()))
            .with("2105", talksAndHangsUp(300))
            .with("2106", talksAndHangsUp(0))
            .with("2107", Persona.of("rings", new Step.Ring()))
            .with("2108", Persona.of("listens", new Step.Answer()));

    @TempDir
    static Path folder;

    private static FlowBench bench;

    private static Persona talksAndHangsUp(int afterMillis) {
        return Persona.of(
                "talks and hangs up",
                new Step.Ring(),
                new Step.Wait(Duration.ofMillis(afterMillis)),
                new Step.Answer(),
                new Step.SayTone(1175, Duration.ofMillis(900)),
                new Step.HangUp());
    }

    private static String connect(String options) {
        return """
            [{"type": "talk", "option": {"text": "one moment"}},
             {"type": "connect", "option": {"source": {"type": "tel", "target": "+15559876543"}, %s}},
             {"type": "talk", "option": {"text": "back again"}}]
            """.formatted(options);
    }

    @BeforeAll
    static void open() throws Exception {
        bench = new FlowBench(folder, PLAN);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    /** V08, V09. */
    @Test
    void twoHearEachOtherUntilOneLeavesAndTheFlowGoesOn() throws Exception {
        FlowBench.Run run =
                bench.dial("2001", connect("\"destinations\": [{\"type\": \"extension\", \"target\": \"2101\"}]"));
        CalleeNotes first = run.notes();
        TrunkCall second = bench.onlyCallTo("2101");
        CalleeNotes other = CalleeNotes.of(second, "");
        assertThat(other.request("INVITE").from().orElseThrow().uri().toString())
                .contains("+15559876543");
        assertThat(first.phrases()).containsExactly("one moment", "back again");
        assertThat(first.millisOf(1175)).isGreaterThan(500);
        assertThat(other.millisOf(575)).isGreaterThan(500);
        assertThat(first.millisOf(575) + other.millisOf(1175)).isZero();
        assertThat(other.glance()).contains("< BYE");
        assertThat(first.countOf("> BYE")).isEqualTo(1);
        assertThat(run.ended().end()).isEqualTo(FlowEnd.COMPLETED);
        assertThat(run.flowCall().call().awaitEnd().endedBy()).isEqualTo(EndedBy.LOCAL);
    }

    /** V10. */
    @Test
    void whereTheOnlyOneIsBusyTheFlowGoesOnAtOnce() throws Exception {
        FlowBench.Run run =
                bench.dial("1001", connect("\"destinations\": [{\"type\": \"extension\", \"target\": \"2102\"}]"));
        assertThat(run.notes().phrases()).containsExactly("one moment", "back again");
        assertThat(CalleeNotes.of(bench.onlyCallTo("2102"), "").glance()).contains("< 486 Busy Here");
    }

    /** V12. */
    @Test
    void whatTheNetworkPlaysBeforeTheAnswerIsHeard() throws Exception {
        FlowBench.Run run = bench.dial(
                "1001",
                connect("\"early_media\": true, \"destinations\": [{\"type\": \"extension\", \"target\": \"2103\"}]"));
        CalleeNotes notes = run.notes();
        assertThat(notes.millisOf(1775)).isGreaterThan(300);
        assertThat(notes.phrases()).containsExactly("one moment", "back again");
    }

    /** V13. */
    @Test
    void ofSeveralTheFirstWhoAnswersIsConnected() throws Exception {
        FlowBench.Run run = bench.dial(
                "1001",
                connect("\"destinations\": [{\"type\": \"extension\", \"target\": \"2104\"},"
                        + " {\"type\": \"extension\", \"target\": \"2105\"}]"));
        assertThat(run.notes().millisOf(1175)).isGreaterThan(500);
        CalleeNotes loser = CalleeNotes.of(bench.onlyCallTo("2104"), "");
        assertThat(loser.glance()).contains("> CANCEL", "< 487 Request Terminated");
        assertThat(run.notes().phrases()).containsExactly("one moment", "back again");
    }

    /** V48. */
    @Test
    void whoStaysAnonymousIsNamedToTheTrunkAlone() throws Exception {
        FlowBench.Run run = bench.dial(
                "1001",
                connect("\"anonymous\": \"yes\", \"destinations\": [{\"type\": \"extension\", \"target\": \"2106\"}]"));
        run.notes();
        SipMessage invite = CalleeNotes.of(bench.onlyCallTo("2106"), "").request("INVITE");
        assertThat(invite.header("From").orElseThrow()).contains("anonymous").doesNotContain("15559876543");
        assertThat(invite.header("Privacy")).hasValue("id");
        assertThat(invite.header("P-Asserted-Identity").orElseThrow()).contains("+15559876543");
    }

    /** V54. */
    @Test
    void chainedCallsEndWithTheOneTheyHangOn() throws Exception {
        FlowBench.Run run = bench.dial("1001", """
                [{"type": "call", "option": {"chained": true,
                    "destinations": [{"type": "extension", "target": "2107"}, {"type": "extension", "target": "2108"}],
                    "actions": [{"type": "talk", "option": {"text": "chained"}},
                                {"type": "sleep", "option": {"duration": 60000}}]}},
                 {"type": "sleep", "option": {"duration": 2200}}]
                """);
        CalleeNotes master = run.notes();
        assertThat(master.countOf("> BYE")).isEqualTo(1);
        assertThat(CalleeNotes.of(bench.onlyCallTo("2107"), "").glance()).contains("> CANCEL");
        CalleeNotes chained = CalleeNotes.of(bench.onlyCallTo("2108"), run.json());
        assertThat(chained.phrases()).containsExactly("chained");
        assertThat(chained.countOf("> BYE")).isEqualTo(1);
    }
}
