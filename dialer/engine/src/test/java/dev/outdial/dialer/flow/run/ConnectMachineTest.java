package dev.outdial.dialer.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.flow.run.ConnectMachine.Action;
import dev.outdial.dialer.flow.run.ConnectMachine.Event;
import dev.outdial.dialer.flow.run.ConnectMachine.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a call that is connected with somebody. */
class ConnectMachineTest {
    private static List<Action> after(boolean early, Event... events) {
        State state = ConnectMachine.begin(early);
        var actions = new ArrayList<Action>();
        for (Event event : events) {
            ConnectMachine.Step step = ConnectMachine.step(state, event);
            state = step.next();
            actions.addAll(step.actions());
        }
        return actions;
    }

    @Test
    void theFirstWhoAnswersIsJoinedUntilHeLeaves() {
        assertThat(after(false, new Event.EarlyMedia(0), new Event.Won(1), new Event.MemberEnded(0)))
                .containsExactly(new Action.StopRinging(), new Action.AnswerFirst(), new Action.Join(1));
        assertThat(after(false, new Event.Won(1), new Event.MemberEnded(1)))
                .endsWith(new Action.Part(), new Action.HangUpMembers(), new Action.TellFinished());
    }

    @Test
    void whoIsHeardBeforeTheAnswerGoesOnToBeHeard() {
        assertThat(after(true, new Event.EarlyMedia(0), new Event.EarlyMedia(1), new Event.Won(0)))
                .containsExactly(
                        new Action.StopRinging(),
                        new Action.Hear(0),
                        new Action.StopRinging(),
                        new Action.AnswerFirst());
    }

    @Test
    void whoAnswersTakesThePlaceOfWhoWasHeard() {
        assertThat(after(true, new Event.EarlyMedia(0), new Event.Won(1)))
                .containsExactly(
                        new Action.StopRinging(),
                        new Action.Hear(0),
                        new Action.StopRinging(),
                        new Action.Part(),
                        new Action.AnswerFirst(),
                        new Action.Join(1));
    }

    @Test
    void nobodyAnswersAndTheCallIsLeftAsItIs() {
        assertThat(after(false, new Event.MemberEnded(0), new Event.AllOver(), new Event.AllOver()))
                .containsExactly(new Action.StopRinging(), new Action.Part(), new Action.TellNobody());
    }

    @Test
    void whenTheCallEndsWhoeverWasDialledIsHungUpOnce() {
        assertThat(after(false, new Event.FirstEnded(), new Event.AllOver(), new Event.Won(0)))
                .containsExactly(new Action.Part(), new Action.HangUpMembers(), new Action.TellFinished());
        assertThat(after(false, new Event.Won(0), new Event.FirstEnded(), new Event.MemberEnded(0)))
                .endsWith(new Action.Part(), new Action.HangUpMembers(), new Action.TellFinished());
    }

    @Test
    void whatIsGivenUpIsToldToNobody() {
        assertThat(after(false, new Event.GivenUp(), new Event.AllOver()))
                .containsExactly(new Action.StopRinging(), new Action.Part(), new Action.HangUpMembers());
        assertThat(after(false, new Event.Won(0), new Event.GivenUp(), new Event.MemberEnded(0)))
                .endsWith(new Action.Part(), new Action.HangUpMembers());
    }

    @Test
    void whileTheyTalkWhatHappensToOthersChangesNothing() {
        List<Action> talking = after(true, new Event.Won(1));
        assertThat(after(true, new Event.Won(1), new Event.EarlyMedia(0), new Event.Won(0), new Event.MemberEnded(0)))
                .isEqualTo(talking);
    }
}
