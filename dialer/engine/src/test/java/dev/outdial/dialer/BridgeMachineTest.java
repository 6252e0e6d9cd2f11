package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.BridgeMachine.Action;
import dev.outdial.dialer.BridgeMachine.Event;
import dev.outdial.dialer.BridgeMachine.Side;
import dev.outdial.dialer.BridgeMachine.State;
import dev.outdial.dialer.BridgeMachine.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BridgeMachineTest {
    private static final Event FIRST = new Event.Ready(Side.FIRST);
    private static final Event SECOND = new Event.Ready(Side.SECOND);
    private static final Event OPENED = new Event.Opened();
    private static final Event FAILED = new Event.Failed();
    private static final Event FIRST_ENDED = new Event.Ended(Side.FIRST);
    private static final Event SECOND_ENDED = new Event.Ended(Side.SECOND);
    private static final Event CLOSE = new Event.Close();

    private static List<Action> after(Event... events) {
        State state = BridgeMachine.begin();
        var actions = new ArrayList<Action>();
        for (Event event : events) {
            Step step = BridgeMachine.step(state, event);
            state = step.next();
            actions.addAll(step.actions());
        }
        return actions;
    }

    @Test
    void itIsJoinedWhenBothAreReadyInAnyOrderAndOnce() {
        assertThat(after(FIRST, FIRST)).isEmpty();
        assertThat(after(FIRST, SECOND, SECOND)).containsExactly(Action.JOIN);
        assertThat(after(SECOND, FIRST, OPENED, FIRST, OPENED)).containsExactly(Action.JOIN, Action.TELL_JOINED);
    }

    @Test
    void joinedIsToldOnlyWhenTheyAre() {
        assertThat(after(FIRST, SECOND, FAILED, OPENED)).containsExactly(Action.JOIN, Action.TELL_CLOSED);
        assertThat(after(FIRST, SECOND, CLOSE, OPENED)).containsExactly(Action.JOIN, Action.PART, Action.TELL_CLOSED);
        assertThat(after(FIRST, SECOND, FIRST_ENDED, OPENED))
                .containsExactly(Action.JOIN, Action.PART, Action.TELL_FIRST_LEFT, Action.TELL_CLOSED);
        assertThat(after(OPENED, FAILED, FIRST)).isEmpty();
    }

    @Test
    void whoeverEndsPartsThemAndIsToldOf() {
        assertThat(after(FIRST, SECOND, OPENED, SECOND_ENDED, FIRST_ENDED, CLOSE))
                .containsExactly(
                        Action.JOIN, Action.TELL_JOINED, Action.PART, Action.TELL_SECOND_LEFT, Action.TELL_CLOSED);
        assertThat(after(FIRST, FIRST_ENDED, SECOND)).containsExactly(Action.TELL_FIRST_LEFT, Action.TELL_CLOSED);
    }

    @Test
    void itIsTakenApartOnce() {
        assertThat(after(FIRST, SECOND, OPENED, FAILED, CLOSE, CLOSE))
                .containsExactly(Action.JOIN, Action.TELL_JOINED, Action.PART, Action.TELL_CLOSED);
        assertThat(after(CLOSE, FIRST, SECOND)).containsExactly(Action.TELL_CLOSED);
    }
}
