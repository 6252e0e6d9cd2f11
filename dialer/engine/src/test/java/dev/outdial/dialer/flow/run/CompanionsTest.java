package dev.outdial.dialer.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.Call;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.flow.json.FlowReader;
import dev.outdial.dialer.flow.machine.FlowEnd;
import dev.outdial.dialer.flow.machine.FlowHappening;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.testing.FakeTrunk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is told of calls that flows dial, in simulated time. */
@Timeout(60)
class CompanionsTest {
    private final FakeTrunk trunk = FakeTrunk.named("carrier");
    private final List<Heard> companions = new CopyOnWriteArrayList<>();
    private Optional<Dialer> open = Optional.empty();

    @AfterEach
    void close() {
        open.ifPresent(Dialer::close);
    }

    /** All that one hears. */
    private static final class Heard implements Companion {
        private final DialRequest request;
        private final Companions.Why why;
        private final List<CallEvent> events = new CopyOnWriteArrayList<>();
        private final List<FlowHappening> happenings = new CopyOnWriteArrayList<>();
        private final List<Call> calls = new CopyOnWriteArrayList<>();
        private final List<String> undialled = new CopyOnWriteArrayList<>();

        Heard(DialRequest request, Companions.Why why) {
            this.request = request;
            this.why = why;
        }

        @Override
        public DialRequest request() {
            return request;
        }

        @Override
        public void dialled(Call call) {
            calls.add(call);
        }

        @Override
        public void undialled(String sentence) {
            undialled.add(sentence);
        }

        @Override
        public void hear(CallEvent event) {
            events.add(event);
        }

        @Override
        public void hear(FlowHappening happening) {
            happenings.add(happening);
        }
    }

    private FlowResult run(String flow) throws InterruptedException {
        Dialer dialer = trunk.dialer();
        open = Optional.of(dialer);
        FlowStart start = FlowStart.usual().telling((request, why, flowId) -> {
            if (request.target().equals("+4930999")) throw new IllegalStateException("no such call");
            var heard = new Heard(request.asAttempt("row-" + request.target(), 1), why);
            companions.add(heard);
            return heard;
        });
        return new FlowRunner(dialer, FlowSettings.of())
                .dial(
                        DialRequest.over("carrier", "+4930111"),
                        FlowReader.read(flow.replace('\'', '"')),
                        start,
                        happening -> {},
                        event -> {})
                .awaitEnd();
    }

    private static String to(String... numbers) {
        return "'destinations':["
                + String.join(
                        ",",
                        List.of(numbers).stream()
                                .map(number -> "{'type':'tel','target':'" + number + "'}")
                                .toList())
                + "]";
    }

    @Test
    void whoHearsOfAConnectedCallHearsAllOfIt() throws Exception {
        trunk.callee("+4930111").answers();
        trunk.callee("+4930222").rings().answersAfter(Duration.ofSeconds(9));
        trunk.callee("+4930333").rings().answersAfter(Duration.ofSeconds(3)).hangsUpAfter(Duration.ofSeconds(9));

        FlowResult result = run("[{'type':'connect','option':{" + to("+4930222", "+4930333") + "}}]");

        assertThat(result.end()).isEqualTo(FlowEnd.COMPLETED);
        assertThat(companions)
                .hasSize(2)
                .allMatch(one -> one.why == Companions.Why.CONNECTED && one.calls.size() == 1)
                .allMatch(one -> one.undialled.isEmpty() && one.happenings.isEmpty());
        List<OutcomeKind> ends = companions.stream()
                .map(one -> one.calls.getFirst())
                .map(CompanionsTest::end)
                .toList();
        assertThat(ends).containsExactly(OutcomeKind.CANCELED, OutcomeKind.COMPLETED);
        assertThat(companions.getLast().events)
                .hasAtLeastOneElementOfType(CallEvent.Ringing.class)
                .hasAtLeastOneElementOfType(CallEvent.Answered.class);
    }

    private static OutcomeKind end(Call call) {
        try {
            return call.awaitEnd().kind();
        } catch (InterruptedException hurried) {
            throw new AssertionError(hurried);
        }
    }

    @Test
    void aPlacedCallAndItsFlowAreHeard() throws Exception {
        trunk.callee("+4930111").answers();
        trunk.callee("+4930222").answers();

        FlowResult result = run("[{'type':'call','option':{'chained':true," + to("+4930222")
                + ",'actions':[{'type':'beep'}]}},{'type':'sleep','option':{'duration':20000}}]");

        assertThat(result.end()).isEqualTo(FlowEnd.COMPLETED);
        assertThat(companions).singleElement().satisfies(one -> {
            assertThat(one.why).isEqualTo(Companions.Why.CHAINED);
            assertThat(one.happenings.getFirst()).isInstanceOf(FlowHappening.Started.class);
            assertThat(one.happenings.getLast()).isInstanceOf(FlowHappening.Ended.class);
            assertThat(one.events.getLast()).isInstanceOf(CallEvent.Ended.class);
        });
    }

    @Test
    void whoIsNotToBeDialledIsNot() throws Exception {
        trunk.callee("+4930111").answers();
        trunk.callee("+4930222").answers();

        FlowResult result = run("[{'type':'connect','option':{" + to("+4930222", "+4930999") + "}},{'type':'beep'},"
                + "{'type':'call','option':{" + to("+4930999") + ",'actions':[{'type':'beep'}]}}]");

        assertThat(result.outcome().kind()).isEqualTo(OutcomeKind.COMPLETED);
        assertThat(trunk.calls()).hasSize(1);
        assertThat(companions)
                .singleElement()
                .satisfies(one -> assertThat(one.undialled).containsExactly("another one may not be called"));
    }
}
