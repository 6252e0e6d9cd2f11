package dev.outdial.testbed.dialplan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.testbed.dialplan.PersonaMachine.Event;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PersonaMachineTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void theListenerRingsAnswersListensAndPressesOne() {
        var listener = DialPlan.standard().persona("1000").orElseThrow();

        var begun = PersonaMachine.start(listener, 0);
        assertThat(begun.actions()).containsExactly(new Step.Ring());
        assertThat(begun.state().nextDeadlineNanos()).isEqualTo(OptionalLong.of(SECOND / 2));
        assertThat(PersonaMachine.step(begun.state(), Event.TIME_PASSED, SECOND / 2 - 1)
                        .actions())
                .isEmpty();

        var answered = PersonaMachine.step(begun.state(), Event.TIME_PASSED, SECOND / 2);
        assertThat(answered.actions()).containsExactly(new Step.Answer());
        assertThat(PersonaMachine.step(answered.state(), Event.TIME_PASSED, 9 * SECOND)
                        .actions())
                .isEmpty();

        var pressed = PersonaMachine.step(answered.state(), Event.MESSAGE_HEARD, 9 * SECOND);
        assertThat(pressed.actions()).containsExactly(new Step.Press("1"));
        var stays = PersonaMachine.step(pressed.state(), Event.OWN_SOUND_ENDED, 10 * SECOND);
        assertThat(stays.actions()).isEmpty();
        assertThat(stays.state().nextDeadlineNanos()).isEmpty();
    }

    @Test
    void fullNumbersAreTheStrangersAndShortOnesMustBeListed() {
        var plan = DialPlan.standard();

        assertThat(plan.persona("+15551234567")).isEqualTo(plan.persona("1000"));
        assertThat(plan.persona("55512")).isPresent();
        assertThat(plan.persona("5551")).isEmpty();
        assertThat(plan.persona("anonymous")).isEmpty();
        assertThat(plan.toString().lines()).hasSize(14).anyMatch(l -> l.equals("1002  is busy (486)"));
    }

    @Test
    void stepsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new Step.Refuse(200)).hasMessageContaining("200");
        assertThatThrownBy(() -> new Step.Press("12x")).hasMessageContaining("x");
        assertThatThrownBy(() -> new Step.Wait(Duration.ofSeconds(-1))).hasMessageContaining("negative");
    }
}
