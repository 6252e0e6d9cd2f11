package dev.outdial.media.tone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.tone.CadenceMachine.Event;
import dev.outdial.media.tone.CadenceMachine.State;
import dev.outdial.media.tone.ProgressTone.Meaning;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CadenceMachineTest {
    private static final List<ProgressTone> SPAIN = ProgressTones.of("ES").tones();

    /** What is heard of sound and silence in turn, and at which interval. */
    private static List<String> heard(List<ProgressTone> tones, int... intervals) {
        var heard = new ArrayList<String>();
        State state = State.SILENT;
        long at = 1000;
        for (int i = 0; i <= intervals.length; i++) {
            var step = CadenceMachine.step(tones, state, i % 2 == 0 ? new Event.Began(at) : new Event.Ended(at));
            state = step.next();
            int number = i;
            step.heard().ifPresent(meaning -> heard.add(meaning + " after " + number));
            if (i < intervals.length) at += intervals[i];
        }
        return heard;
    }

    @Test
    void whatMayBeEitherIsToldWhenItIsOne() {
        assertThat(heard(SPAIN, 200, 200, 200, 200, 200, 600, 200)).containsExactly("CONGESTION after 6");
        assertThat(heard(SPAIN, 200, 200, 200, 200, 200, 200, 200)).containsExactly("BUSY after 6");
    }

    @Test
    void aToneIsToldOnceHoweverLongItGoesOn() {
        assertThat(heard(SPAIN, 1500, 3000, 1500, 3000, 1500, 3000, 1500)).containsExactly("RINGBACK after 2");
    }

    @Test
    void aFirstBurstThatWasCutOffDoesNotCount() {
        assertThat(heard(SPAIN, 700, 3000, 1500, 3000)).containsExactly("RINGBACK after 3");
    }

    @Test
    void whatIsNoCadenceIsNothingAndWhatFollowsItIsHeard() {
        assertThat(heard(SPAIN, 330, 90, 1000, 700, 60, 2000)).isEmpty();
        assertThat(heard(SPAIN, 330, 90, 1000, 700, 1500, 3000, 1500)).containsExactly("RINGBACK after 6");
    }

    @Test
    void oneToneTurnsIntoAnother() {
        assertThat(heard(SPAIN, 1500, 3000, 1500, 3000, 200, 200, 200, 200, 200, 200, 200, 200))
                .hasSize(2)
                .first()
                .isEqualTo("RINGBACK after 2");
    }

    @Test
    void whatElseIsHeardBetweenBeginsItAnew() {
        var began = CadenceMachine.step(SPAIN, State.SILENT, new Event.Began(0)).next();
        var ended = CadenceMachine.step(SPAIN, began, new Event.Ended(1500)).next();
        var disturbed = CadenceMachine.step(SPAIN, ended, new Event.Disturbed()).next();
        assertThat(disturbed).isEqualTo(State.SILENT);
        assertThat(CadenceMachine.step(SPAIN, disturbed, new Event.Began(4500)).heard())
                .isEmpty();
        assertThat(CadenceMachine.step(SPAIN, ended, new Event.Began(4500)).heard())
                .contains(Meaning.RINGBACK);
    }
}
