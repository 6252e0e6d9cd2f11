package dev.outdial.dialer;

import static dev.outdial.dialer.BridgedTransferMachine.Action.HANG_UP_FIRST;
import static dev.outdial.dialer.BridgedTransferMachine.Action.HANG_UP_THIRD;
import static dev.outdial.dialer.BridgedTransferMachine.Action.PART;
import static dev.outdial.dialer.BridgedTransferMachine.Action.STOP_MUSIC;
import static dev.outdial.dialer.BridgedTransferMachine.Action.TELL;
import static dev.outdial.dialer.BridgedTransferMachine.Event.FIRST_ENDED;
import static dev.outdial.dialer.BridgedTransferMachine.Event.GIVEN_UP;
import static dev.outdial.dialer.BridgedTransferMachine.Event.THIRD_ANSWERED;
import static dev.outdial.dialer.BridgedTransferMachine.Event.THIRD_ENDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.BridgedTransferMachine.Action;
import dev.outdial.dialer.BridgedTransferMachine.Event;
import dev.outdial.dialer.BridgedTransferMachine.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every crossing of two calls' ends and answers. */
class BridgedTransferMachineTest {
    private static List<Action> after(Event... events) {
        State state = State.DIALLING;
        var actions = new ArrayList<Action>();
        for (Event event : events) {
            BridgedTransferMachine.Step step = BridgedTransferMachine.step(state, event);
            state = step.next();
            actions.addAll(step.actions());
        }
        return actions;
    }

    @Test
    void theyTalkFromTheAnswerAndWhoeverLeavesTakesTheOtherAlong() {
        assertThat(after(THIRD_ANSWERED)).containsExactly(STOP_MUSIC, TELL);
        assertThat(after(THIRD_ANSWERED, THIRD_ENDED, FIRST_ENDED))
                .containsExactly(STOP_MUSIC, TELL, PART, HANG_UP_FIRST);
        assertThat(after(THIRD_ANSWERED, FIRST_ENDED, THIRD_ENDED))
                .containsExactly(STOP_MUSIC, TELL, PART, HANG_UP_THIRD);
    }

    @Test
    void whereNobodyAnswersTheFirstGoesOn() {
        assertThat(after(THIRD_ENDED)).containsExactly(PART, STOP_MUSIC, TELL).doesNotContain(HANG_UP_FIRST);
        // Later it ends as any call does.
        assertThat(after(THIRD_ENDED, FIRST_ENDED)).containsExactly(PART, STOP_MUSIC, TELL);
    }

    @Test
    void whenTheFirstHangsUpWhileTheThirdRingsTheThirdIsGivenUp() {
        assertThat(after(FIRST_ENDED, THIRD_ENDED)).containsExactly(PART, HANG_UP_THIRD);
    }

    @Test
    void anAnswerThatCrossesTheEndOfTheFirstIsEndedInEitherOrder() {
        assertThat(after(FIRST_ENDED, THIRD_ANSWERED, THIRD_ENDED)).containsExactly(PART, HANG_UP_THIRD);
        assertThat(after(THIRD_ANSWERED, FIRST_ENDED, THIRD_ENDED))
                .containsExactly(STOP_MUSIC, TELL, PART, HANG_UP_THIRD);
    }

    @Test
    void whoeverGivesUpKeepsTheFirst() {
        assertThat(after(GIVEN_UP, THIRD_ENDED)).containsExactly(PART, STOP_MUSIC, HANG_UP_THIRD);
        assertThat(after(GIVEN_UP, THIRD_ANSWERED, FIRST_ENDED)).containsExactly(PART, STOP_MUSIC, HANG_UP_THIRD);
        // Both at once: they talk.
        assertThat(after(THIRD_ANSWERED, GIVEN_UP)).containsExactly(STOP_MUSIC, TELL);
        assertThat(after(GIVEN_UP, GIVEN_UP, FIRST_ENDED)).containsExactly(PART, STOP_MUSIC, HANG_UP_THIRD);
    }

    @Test
    void nothingIsToldOrDoneTwice() {
        assertThat(after(THIRD_ANSWERED, THIRD_ANSWERED, THIRD_ENDED, THIRD_ENDED, FIRST_ENDED, GIVEN_UP))
                .containsExactly(STOP_MUSIC, TELL, PART, HANG_UP_FIRST);
    }
}
