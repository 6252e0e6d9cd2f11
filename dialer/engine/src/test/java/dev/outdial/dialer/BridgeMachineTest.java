package dev.outdial.dialer.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.bridge.BridgeMachine.Action;
import dev.outdial.dialer.bridge.BridgeMachine.Event;
import dev.outdial.dialer.bridge.BridgeMachine.Side;
import dev.outdial.dialer.bridge.BridgeMachine.State;
import dev.outdial.dialer.bridge.BridgeMachine.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BridgeMachineTest {
    private static final Event FIRST = new Event.Answered(Side.FIRST);
    private static final Event SECOND = new Event.Answered(Side.SECOND);
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
    void itIsJoinedWhenBothAreAnsweredInAnyOrderAndOnce() {
        assertThat(after(FIRST, FIRST)).isEmpty();
        assertThat(after(FIRST, SECOND, SECOND)).containsExactly(Action.JOIN, Action.TELL_JOINED);
        assertThat(after(SECOND, FIRST, FIRST)).containsExactly(Action.JOIN, Action.TELL_JOINED);
    }

    @Test
    void whoeverEndsPartsThemAndIsToldOf() {
        assertThat(after(FIRST, SECOND, new Event.Ended(Side.SECOND), new Event.Ended(Side.FIRST), CLOSE))
                .containsExactly(
                        Action.JOIN, Action.TELL_JOINED, Action.PART, Action.TELL_SECOND_LEFT, Action.TELL_CLOSED);
        assertThat(after(FIRST, new Event.Ended(Side.FIRST), SECOND))
                .containsExactly(Action.TELL_FIRST_LEFT, Action.TELL_CLOSED);
    }

    @Test
    void itIsTakenApartOnce() {
        assertThat(after(FIRST, SECOND, CLOSE, CLOSE))
                .containsExactly(Action.JOIN, Action.TELL_JOINED, Action.PART, Action.TELL_CLOSED);
        assertThat(after(CLOSE, FIRST, SECOND)).containsExactly(Action.TELL_CLOSED);
    }
}
