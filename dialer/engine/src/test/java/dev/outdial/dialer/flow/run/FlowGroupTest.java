package dev.outdial.dialer.flow.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.Call;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.json.FlowReader;
import dev.outdial.dialer.flow.machine.FlowEnd;
import dev.outdial.dialer.flow.machine.FlowHappening;
import dev.outdial.dialer.group.GroupPlan;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.TrunkCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Several callees who are rung for one flow, over a trunk on loopback. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class FlowGroupTest {
    private static final String HELLO = """
            [{"type": "digits_receive", "option": {"duration": 1000, "length": 1}},
             {"type": "talk", "option": {"text": "hello ${who} ${voipbin.call.digits}"}}]
            """;
    private static final DialPlan PLAN = DialPlan.standard()
            .with("2001", rings())
            .with("2002", answersAfter(300))
            .with("2003", answersAfter(0))
            .with("2004", answersAfter(100))
            .with("2005", Persona.of("is busy", new Step.Refuse(486)))
            .with("2006", answersAfter(0))
            .with("2007", rings())
            .with("2008", rings())
            .with("2009", rings())
            .with("2010", rings());

    @TempDir
    static Path folder;

    private static FlowBench bench;

    private final List<String> told = new CopyOnWriteArrayList<>();

    private static Persona rings() {
        return Persona.of("rings", new Step.Ring());
    }

    private static Persona answersAfter(int millis) {
        return Persona.of(
                "answers and presses a key at once",
                new Step.Ring(),
                new Step.Wait(Duration.ofMillis(millis)),
                new Step.Answer(),
                new Step.Press("5"));
    }

    @BeforeAll
    static void open() throws Exception {
        bench = new FlowBench(folder, PLAN);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    private FlowGroup dial(GroupPlan plan, AnswerMethod method, DialRequest... members) {
        Flow flow = FlowReader.read(HELLO);
        return bench.runner.dialGroup(List.of(members), plan, method, flow, (member, happening) -> {
            if (happening instanceof FlowHappening.Ended ended) told.add(member + " " + ended.end());
        });
    }

    private static DialRequest to(String number) {
        return FlowBench.to(number).with("who", number);
    }

    private static List<String> heardBy(String number) {
        return CalleeNotes.of(bench.onlyCallTo(number), "")
                .knowing("hello " + number + " 5", "hello " + number)
                .phrases();
    }

    /** V37. */
    @Test
    void ofAllWhoRingTheFirstWhoAnswersHasTheFlow() throws Exception {
        FlowGroup group = dial(GroupPlan.ringAll(), AnswerMethod.HANGUP_OTHERS, to("2001"), to("2002"));
        FlowCall winner = group.awaitWinner().orElseThrow();
        assertThat(group.calls()).hasSize(2).allMatch(Optional::isPresent);
        assertThat(winner.call().id())
                .isEqualTo(group.calls().get(1).map(Call::id).orElseThrow());
        List<Optional<CallOutcome>> outcomes = group.awaitEnd();
        assertThat(outcomes)
                .extracting(outcome -> outcome.orElseThrow().kind())
                .containsExactly(OutcomeKind.CANCELED, OutcomeKind.COMPLETED);
        TrunkCall loser = bench.onlyCallTo("2001");
        assertThat(loser.glance()).contains("> CANCEL", "< 487 Request Terminated");
        assertThat(heardBy("2002")).containsExactly("hello 2002 5");
        assertThat(group.flowCalls()).containsExactly(winner);
        assertThat(told).containsExactly("1 " + FlowEnd.COMPLETED);
    }

    /** V38. */
    @Test
    void whereNothingBecomesOfTheOthersEachWhoAnswersHasItsOwnCopy() throws Exception {
        FlowGroup group = dial(
                GroupPlan.ringAll(),
                AnswerMethod.NONE,
                to("2003"),
                to("2004"),
                to("2007").ringingFor(Duration.ofMillis(600)));
        assertThat(group.calls()).hasSize(3).allMatch(Optional::isPresent);
        assertThat(group.awaitEnd())
                .extracting(outcome -> outcome.orElseThrow().kind())
                .containsExactly(OutcomeKind.COMPLETED, OutcomeKind.COMPLETED, OutcomeKind.NO_ANSWER);
        assertThat(heardBy("2003")).containsExactly("hello 2003 5");
        assertThat(heardBy("2004")).containsExactly("hello 2004 5");
        assertThat(group.flowCalls()).hasSize(2);
        assertThat(told).containsExactlyInAnyOrder("0 COMPLETED", "1 COMPLETED", "2 CALL_ENDED");
    }

    /** V39. */
    @Test
    void oneAfterAnotherTheNextIsDialledWhenTheOneBeforeRefused() throws Exception {
        FlowGroup group = dial(
                GroupPlan.oneAfterAnother(Duration.ofSeconds(10)),
                AnswerMethod.NONE,
                to("2005"),
                to("2006"),
                to("2008"));
        assertThat(group.awaitWinner().orElseThrow().call().id())
                .isEqualTo(group.calls().get(1).map(Call::id).orElseThrow());
        assertThat(group.awaitEnd()).last().isEqualTo(Optional.empty());
        assertThat(heardBy("2006")).containsExactly("hello 2006 5");
        TrunkCall busy = bench.onlyCallTo("2005");
        assertThat(bench.onlyCallTo("2006").invitedNanos())
                .isGreaterThan(busy.messages().stream()
                        .filter(message -> !message.message().isRequest()
                                && message.message().status() == 486)
                        .findFirst()
                        .orElseThrow()
                        .atNanos());
        assertThat(bench.callsTo("2008")).isEmpty();
    }

    @Test
    void nobodyWhoAnswersMeansNoFlow() throws Exception {
        FlowGroup group = dial(
                GroupPlan.ringAll().within(Duration.ofMillis(400)), AnswerMethod.HANGUP_OTHERS, to("2009"), to("1003"));
        assertThat(group.awaitWinner()).isEmpty();
        assertThat(group.awaitEnd())
                .extracting(outcome -> outcome.orElseThrow().kind())
                .containsExactly(OutcomeKind.NO_ANSWER, OutcomeKind.NO_ANSWER);
        assertThat(group.flowCalls()).isEmpty();
    }

    @Test
    void aGroupThatIsHungUpRingsNobody() throws Exception {
        for (AnswerMethod method : AnswerMethod.values()) {
            FlowGroup group = dial(GroupPlan.ringAll(), method, to("2010"), to("1003"));
            group.hangUp();
            group.hangUp();
            assertThat(group.awaitEnd())
                    .extracting(outcome -> outcome.orElseThrow().kind())
                    .containsOnly(OutcomeKind.CANCELED);
            assertThat(group.awaitWinner()).isEmpty();
        }
    }

    @Test
    void aGroupOfNobodyIsRefused() {
        assertThatThrownBy(() -> dial(GroupPlan.ringAll(), AnswerMethod.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a group of nobody");
        assertThatThrownBy(() -> dial(GroupPlan.ringAll(), AnswerMethod.NONE, DialRequest.over("nobody's", "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no trunk");
    }
}
