package dev.outdial.dialer.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.json.FlowReader;
import dev.outdial.dialer.flow.machine.FlowEnd;
import dev.outdial.dialer.flow.machine.FlowHappening;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.testing.FakeCall;
import dev.outdial.dialer.testing.FakePerson;
import dev.outdial.dialer.testing.FakeTrunk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Flows that call others, in simulated time. */
@Timeout(60)
class OtherCallsTest {
    private final FakeTrunk trunk = FakeTrunk.named("carrier");
    private final List<FlowHappening> heard = new CopyOnWriteArrayList<>();
    private Optional<Dialer> open = Optional.empty();

    @AfterEach
    void close() {
        open.ifPresent(Dialer::close);
    }

    private FlowRunner runner() {
        Dialer dialer = trunk.dialer();
        open = Optional.of(dialer);
        return new FlowRunner(
                dialer,
                FlowSettings.of()
                        .withFlows(id -> id.equals("greeting")
                                ? Optional.of(FlowReader.read("[{'type':'beep'}]".replace('\'', '"')))
                                : Optional.empty()));
    }

    private FlowResult run(String flow) throws InterruptedException {
        return runner().dial(DialRequest.over("carrier", "+4930111"), read(flow), heard::add)
                .awaitEnd();
    }

    private static Flow read(String flow) {
        return FlowReader.read(flow.replace('\'', '"'));
    }

    private static String connect(String more, String... numbers) {
        var destinations = new StringBuilder();
        for (String number : numbers)
            destinations.append(destinations.isEmpty() ? "" : ",").append("{'type':'tel','target':'" + number + "'}");
        return "{'type':'connect','option':{'source':{'type':'tel','target':'+4930555'},'destinations':[" + destinations
                + "]" + more + "}}";
    }

    private FakeCall callTo(String number) {
        return trunk.calls().stream()
                .filter(call -> call.number().equals(number))
                .findFirst()
                .orElseThrow();
    }

    private List<String> failed() {
        return heard.stream()
                .filter(FlowHappening.StepFailed.class::isInstance)
                .map(happening -> ((FlowHappening.StepFailed) happening).why())
                .toList();
    }

    @Test
    void theCallHearsRingingAndThenWhoAnswersAndGoesOnWhenHeLeaves() throws Exception {
        trunk.callee("+4930111").answers();
        trunk.callee("+4930222").rings().answersAfter(Duration.ofSeconds(5)).hangsUpAfter(Duration.ofSeconds(20));
        FlowResult result = run("[" + connect("", "+4930222") + ",{'type':'beep'}]");
        assertThat(result.end()).isEqualTo(FlowEnd.COMPLETED);
        FakeCall first = callTo("+4930111");
        assertThat(first.playedBeneath()).containsExactly("a phone that rings");
        assertThat(first.played()).hasSize(1);
        assertThat(result.outcome().talkMillis()).isBetween(24_000L, 26_500L);
        assertThat(callTo("+4930222").awaitEnd().endedBy()).isEqualTo(EndedBy.REMOTE);
        assertThat(failed()).isEmpty();
    }

    @Test
    void whoIsBusyHasTheFlowGoOnAtOnce() throws Exception {
        trunk.callee("+4930111").answers();
        trunk.callee("+4930222").isBusy();
        FlowResult result = run("[" + connect("", "+4930222") + ",{'type':'beep'}]");
        assertThat(result.end()).isEqualTo(FlowEnd.COMPLETED);
        assertThat(callTo("+4930111").played()).hasSize(1);
        assertThat(callTo("+4930222").awaitEnd().kind()).isEqualTo(OutcomeKind.BUSY);
    }

    @Test
    void ofSeveralTheFirstWhoAnswersTalksAndTheOthersAreGivenUp() throws Exception {
        trunk.callee("+4930111").answers();
        trunk.callee("+4930222").rings().answersAfter(Duration.ofSeconds(9));
        trunk.callee("+4930333").rings().answersAfter(Duration.ofSeconds(3)).hangsUpAfter(Duration.ofSeconds(9));
        FlowResult result = run("[" + connect("", "+4930222", "+4930333") + "]");
        assertThat(result.end()).isEqualTo(FlowEnd.COMPLETED);
        assertThat(callTo("+4930222").awaitEnd().kind()).isEqualTo(OutcomeKind.CANCELED);
    }

    @Test
    void whenTheCallItselfLeavesTheOtherIsHungUp() throws Exception {
        trunk.callee("+4930111").answers().hangsUpAfter(Duration.ofSeconds(20));
        trunk.callee("+4930222").answersAfter(Duration.ofSeconds(3));
        FlowResult result = run("[" + connect("", "+4930222") + "]");
        assertThat(result.end()).isEqualTo(FlowEnd.CALL_ENDED);
        assertThat(callTo("+4930222").awaitEnd().endedBy()).isEqualTo(EndedBy.LOCAL);
    }

    @Test
    void whenTheCallLeavesWhileNobodyAnswersHeIsGivenUp() throws Exception {
        trunk.callee("+4930111").answers().hangsUpAfter(Duration.ofSeconds(4));
        trunk.callee("+4930222").rings().neverAnswers();
        FlowResult result = run("[" + connect("", "+4930222") + "]");
        assertThat(result.end()).isEqualTo(FlowEnd.CALL_ENDED);
        assertThat(callTo("+4930222").awaitEnd().kind()).isEqualTo(OutcomeKind.CANCELED);
    }

    @Test
    void whoCannotBeDialledFailsTheStepWithASentence() throws Exception {
        trunk.callee("+4930111").answers();
        FlowResult result = run(
                "[{'type':'connect','option':{'destinations':["
                        + "{'type':'sip','target':'sip:127.0.0.1'},{'type':'tel','target':'nobody at all'}]}},{'type':'beep'}]");
        assertThat(result.end()).isEqualTo(FlowEnd.COMPLETED);
        assertThat(failed())
                .singleElement()
                .satisfies(why -> assertThat(why).contains("names nobody").contains("nobody at all"));
        assertThat(trunk.calls()).hasSize(1);
    }

    private FakeCall answering(String flow) throws InterruptedException {
        FlowRunner runner = runner();
        open.orElseThrow().onIncoming(incoming -> runner.answer(incoming, read(flow), heard::add));
        FakeCall call = trunk.callsUs("+4930999", "+4930111", FakePerson.who());
        call.awaitEnd();
        return call;
    }

    @Test
    void aCallerIsAnsweredWhenTheOtherAnswersAndNotBefore() throws Exception {
        trunk.callee("+4930222").rings().answersAfter(Duration.ofSeconds(5)).hangsUpAfter(Duration.ofSeconds(5));
        FakeCall caller = answering("[" + connect("", "+4930222") + "]");
        assertThat(caller.rang()).isTrue();
        assertThat(caller.answered()).isTrue();
        assertThat(caller.playedBeneath()).isEmpty();
        assertThat(caller.outcome().orElseThrow().talkMillis()).isBetween(4900L, 5200L);
    }

    @Test
    void whereNobodyAnswersTheCallerHearsWhy() throws Exception {
        trunk.callee("+4930222").isBusy();
        FakeCall caller = answering("[" + connect(",'relay_reason':true", "+4930222") + ",{'type':'answer'}]");
        assertThat(caller.answered()).isFalse();
        assertThat(caller.refusal()).hasValue(486);
    }

    private static String call(String more) {
        return "{'type':'call','option':{'destinations':[{'type':'tel','target':'+4930222'}]" + more + "}}";
    }

    @Test
    void furtherCallsHaveAFlowOfTheirOwnAndTheFirstGoesOn() throws Exception {
        trunk.callee("+4930111").answers();
        trunk.callee("+4930222").answersAfter(Duration.ofSeconds(8));
        FlowResult result = run("[" + call(",'flow_id':'greeting'") + ",{'type':'beep'}]");
        assertThat(result.end()).isEqualTo(FlowEnd.COMPLETED);
        FakeCall second = callTo("+4930222");
        assertThat(second.awaitEnd().kind()).isEqualTo(OutcomeKind.COMPLETED);
        assertThat(second.played()).hasSize(1);
    }

    @Test
    void chainedCallsEndWithTheFirst() throws Exception {
        trunk.callee("+4930111").answers();
        trunk.callee("+4930222").answers();
        run("[" + call(",'chained':true,'actions':[{'type':'sleep','option':{'duration':600000}}]")
                + ",{'type':'sleep','option':{'duration':5000}}]");
        assertThat(callTo("+4930222").awaitEnd().talkMillis()).isBetween(4000L, 10_000L);
    }

    @Test
    void aFlowThatNobodyKnowsIsRunByNoCall() throws Exception {
        trunk.callee("+4930111").answers();
        FlowResult result = run("[" + call(",'flow_id':'elsewhere'") + ",{'type':'beep'}]");
        assertThat(result.end()).isEqualTo(FlowEnd.COMPLETED);
        assertThat(failed()).hasSize(1);
        assertThat(trunk.calls()).hasSize(1);
    }

    @Test
    void aConferenceIsLeftByWhoIsKickedAndEndsWithTheLast() throws Exception {
        trunk.callee("+4930111").answers();
        trunk.callee("+4930222").answers().hangsUpAfter(Duration.ofSeconds(30));
        FlowRunner runner = runner();
        Flow flow = read("[{'type':'confbridge_join','option':{'confbridge_id':'ours'}},{'type':'beep'}]");
        var kicked = runner.dial(DialRequest.over("carrier", "+4930111"), flow, heard::add);
        var left = runner.dial(DialRequest.over("carrier", "+4930222"), flow);
        kicked.call().awaitAnswer();
        left.call().awaitAnswer();
        while (runner.conferences().list().getOrDefault("ours", List.of()).size() < 2)
            assertThat(left.call().awaitEnd(Duration.ofMillis(20))).isEmpty();
        assertThat(runner.conferences().kick("nobody")).isFalse();
        assertThat(runner.conferences().kick(kicked.call().id())).isTrue();
        assertThat(kicked.awaitEnd().end()).isEqualTo(FlowEnd.COMPLETED);
        assertThat(callTo("+4930111").played()).hasSize(1);
        assertThat(left.awaitEnd().end()).isEqualTo(FlowEnd.CALL_ENDED);
        while (!runner.conferences().list().isEmpty()) Thread.onSpinWait();
        assertThat(runner.conferences().end("ours")).isFalse();
    }
}
