package dev.outdial.testbed.uas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.testbed.uas.CallEnd.Kind;
import dev.outdial.testbed.uas.UasMachine.Action;
import dev.outdial.testbed.uas.UasMachine.Event;
import dev.outdial.testbed.uas.UasMachine.State;
import dev.outdial.testbed.uas.UasMachine.Timers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UasMachineTest {
    private static final long MILLI = 1_000_000;
    private static final Timers UDP = new Timers(500 * MILLI, 4000 * MILLI, false);
    private static final Timers TCP = new Timers(500 * MILLI, 4000 * MILLI, true);

    private final List<Action> done = new ArrayList<>();
    private State state = UasMachine.start();
    private long now;

    private void tell(Timers timers, Event... events) {
        for (var event : events) {
            var next = new UasMachine(timers).step(state, event, now);
            state = next.state();
            done.addAll(next.actions());
        }
    }

    /** Lets deadlines pass, each when it is due, and gives the times at which something was done, in milliseconds. */
    private List<Long> letPass(Timers timers) {
        var times = new ArrayList<Long>();
        while (state.nextDeadlineNanos().isPresent()) {
            now = state.nextDeadlineNanos().getAsLong();
            int before = done.size();
            tell(timers, new Event.DeadlinePassed());
            if (done.size() > before) times.add(now / MILLI);
        }
        return times;
    }

    @Test
    void anUnacknowledgedAnswerIsSentAgainFor32SecondsThenByeIs() {
        tell(TCP, new Event.AnswerRequested());

        var times = letPass(TCP);

        // 13.3.1.4: T1, doubling up to T2, for 64 T1, over TCP too; then BYE, which TCP does not need to repeat, for 64
        // T1 more.
        assertThat(times)
                .containsExactly(
                        500L, 1500L, 3500L, 7500L, 11_500L, 15_500L, 19_500L, 23_500L, 27_500L, 31_500L, 32_000L,
                        64_000L);
        assertThat(done).contains(new Action.SendBye());
        assertThat(state).isEqualTo(new State.Over(new CallEnd(Kind.UNACKNOWLEDGED, 200)));
    }

    @Test
    void aRefusalIsSentAgainOverUdpOnly() {
        tell(UDP, new Event.RefuseRequested(486));
        assertThat(letPass(UDP)).hasSize(11);

        done.clear();
        state = UasMachine.start();
        tell(TCP, new Event.RefuseRequested(486));
        letPass(TCP);
        assertThat(done).doesNotContain(new Action.SendLastAgain());
        assertThat(state).isEqualTo(new State.Over(new CallEnd(Kind.REFUSED, 486)));
    }

    @Test
    void wakingTooEarlyOrTwiceDoesNoHarm() {
        tell(UDP, new Event.AnswerRequested());
        done.clear();
        tell(UDP, new Event.DeadlinePassed(), new Event.DeadlinePassed());
        assertThat(done).isEmpty();
        now = 500 * MILLI;
        tell(UDP, new Event.DeadlinePassed(), new Event.DeadlinePassed());
        assertThat(done).containsExactly(new Action.SendLastAgain());
    }

    @Test
    void aCalleeThatHangsUpAtOnceWaitsForTheAck() {
        tell(UDP, new Event.AnswerRequested(), new Event.HangUpRequested());
        assertThat(done).containsExactly(new Action.SendAnswer());

        tell(UDP, new Event.Acknowledged(), new Event.ByeAnswered());
        assertThat(done).endsWith(new Action.SendBye(), new Action.ReportEnd(new CallEnd(Kind.CALLEE_HUNG_UP, 200)));
    }

    @Test
    void aCancelThatCrossedTheAnswerHasNoEffectButIsAnswered() {
        tell(UDP, new Event.AnswerRequested(), new Event.CancelReceived(), new Event.Acknowledged());

        assertThat(done).containsExactly(new Action.SendAnswer(), new Action.AcceptCancel());
        assertThat(state).isEqualTo(new State.Confirmed());
    }

    @Test
    void theEndIsReportedOnceWhateverComesAfterIt() {
        tell(UDP, new Event.AnswerRequested(), new Event.Acknowledged(), new Event.HangUpRequested());
        tell(UDP, new Event.ByeReceived(), new Event.ByeAnswered(), new Event.ByeReceived(), new Event.ByeAnswered());
        tell(UDP, new Event.HangUpRequested(), new Event.DeadlinePassed(), new Event.InviteRepeated());

        assertThat(done.stream().filter(Action.ReportEnd.class::isInstance)).hasSize(1);
        assertThat(done.stream().filter(Action.AcceptBye.class::isInstance)).hasSize(2);
    }
}
