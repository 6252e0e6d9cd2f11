package dev.outdial.dialer.gather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.gather.GatherMachine.Event;
import dev.outdial.dialer.gather.GatherMachine.State;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatherMachineTest {
    private static final long SECOND = 1_000_000_000;

    private State state = GatherMachine.begin(GatherRequest.DEFAULT, false, 0);
    private long now = -3; // nanoTime may be negative
    private int promptsStopped;

    private void begin(GatherRequest request, boolean prompted) {
        state = GatherMachine.begin(request, prompted, now);
    }

    private void hear(Event event) {
        GatherMachine.Step step = GatherMachine.step(state, event, now);
        state = step.next();
        if (step.stopsPrompt()) promptsStopped++;
    }

    private void press(String keys) {
        for (char key : keys.toCharArray()) hear(new Event.Key(key));
    }

    private void pass(double seconds) {
        now += (long) (seconds * SECOND);
        hear(new Event.Tick());
    }

    private void assertDone(String digits, GatherEnd reason) {
        assertThat(state.inWord()).isEqualTo(GatherState.DONE);
        assertThat(((State.Done) state).result()).isEqualTo(new Gathered(digits, reason, Optional.empty()));
        assertThat(GatherMachine.nextDeadlineNanos(state)).isEmpty();
        // It ends once, whatever comes late.
        State over = state;
        press("9#");
        hear(new Event.PromptOver());
        hear(new Event.Cancel());
        hear(new Event.HungUp());
        pass(100);
        assertThat(state).isEqualTo(over);
    }

    @Test
    void asManyDigitsAsAskedForAreEnough() {
        begin(GatherRequest.digits(2), false);
        press("2");
        assertThat(state.digits()).isEqualTo("2");
        assertThat(state.inWord()).isEqualTo(GatherState.COLLECTING);
        press("5");
        assertDone("25", GatherEnd.MAX_DIGITS);
    }

    @Test
    void theTerminatingKeyEndsItAndIsNotPartOfTheResult() {
        begin(GatherRequest.DEFAULT, false);
        press("12#");
        assertDone("12", GatherEnd.TERMINATING_DIGIT);
    }

    @Test
    void anyOfSeveralTerminatingKeysEndsItThoughNotAllowed() {
        begin(GatherRequest.DEFAULT.endedBy("*A").of("12"), false);
        press("1#32A");
        assertDone("12", GatherEnd.TERMINATING_DIGIT);
    }

    @Test
    void withoutAKeyItEndsAfterTheInterDigitTime() {
        begin(GatherRequest.DEFAULT.eachWithin(Duration.ofSeconds(2)), false);
        pass(1.999);
        assertThat(state.inWord()).isEqualTo(GatherState.COLLECTING);
        pass(0.001);
        assertDone("", GatherEnd.INTER_DIGIT_TIMEOUT);
    }

    @Test
    void eachKeyHasTheTimeAnew() {
        begin(GatherRequest.DEFAULT, false);
        for (int i = 0; i < 5; i++) {
            pass(4.9);
            press("7");
        }
        assertThat(GatherMachine.nextDeadlineNanos(state)).hasValue(now + 5 * SECOND);
        pass(5);
        assertDone("77777", GatherEnd.INTER_DIGIT_TIMEOUT);
    }

    @Test
    void aKeyThatIsNotAllowedNeitherEndsThePromptNorGivesMoreTime() {
        begin(GatherRequest.DEFAULT.of("12"), true);
        press("9");
        assertThat(state.inWord()).isEqualTo(GatherState.PROMPTING);
        assertThat(promptsStopped).isZero();
        hear(new Event.PromptOver());
        pass(4);
        press("9");
        pass(1);
        assertDone("", GatherEnd.INTER_DIGIT_TIMEOUT);
    }

    @Test
    void theTimeBeginsWithTheEndOfThePrompt() {
        begin(GatherRequest.DEFAULT, true);
        assertThat(GatherMachine.nextDeadlineNanos(state)).isEmpty();
        pass(60);
        assertThat(state.inWord()).isEqualTo(GatherState.PROMPTING);
        hear(new Event.PromptOver());
        assertThat(GatherMachine.nextDeadlineNanos(state)).hasValue(now + 5 * SECOND);
        pass(5);
        assertDone("", GatherEnd.INTER_DIGIT_TIMEOUT);
    }

    @Test
    void aKeyEndsThePromptAndTheNextHasItsTimeFromThen() {
        begin(GatherRequest.DEFAULT, true);
        pass(1);
        press("4");
        assertThat(promptsStopped).isEqualTo(1);
        assertThat(state.digits()).isEqualTo("4");
        hear(new Event.PromptOver());
        assertThat(GatherMachine.nextDeadlineNanos(state)).hasValue(now + 5 * SECOND);
        press("2#");
        assertThat(promptsStopped).isEqualTo(1);
        assertDone("42", GatherEnd.TERMINATING_DIGIT);
    }

    @Test
    void oneKeyMayEndPromptAndGatheringAtOnce() {
        begin(GatherRequest.digits(1), true);
        press("4");
        assertThat(promptsStopped).isEqualTo(1);
        assertDone("4", GatherEnd.MAX_DIGITS);
    }

    @Test
    void aPromptWithoutBargeInIsHeardToItsEndAndThenWhatWasPressedCounts() {
        begin(GatherRequest.digits(3).withoutBargeIn(), true);
        press("12");
        assertThat(state.inWord()).isEqualTo(GatherState.PROMPTING);
        assertThat(promptsStopped).isZero();
        hear(new Event.PromptOver());
        assertThat(state.digits()).isEqualTo("12");
        press("3");
        assertDone("123", GatherEnd.MAX_DIGITS);
    }

    @Test
    void whatWasPressedDuringSuchAPromptMayEndItAtOnce() {
        begin(GatherRequest.DEFAULT.withoutBargeIn(), true);
        press("12#34");
        hear(new Event.PromptOver());
        assertDone("12", GatherEnd.TERMINATING_DIGIT);
    }

    @Test
    void withoutTypeAheadItIsThrownAway() {
        begin(GatherRequest.digits(2).withoutBargeIn().withoutTypeAhead(), true);
        press("12#");
        hear(new Event.PromptOver());
        press("34");
        assertDone("34", GatherEnd.MAX_DIGITS);
    }

    @Test
    void cancellingEndsThePromptTooAndKeepsWhatWasPressed() {
        begin(GatherRequest.DEFAULT, true);
        hear(new Event.Cancel());
        assertThat(promptsStopped).isEqualTo(1);
        assertDone("", GatherEnd.CANCELLED);

        begin(GatherRequest.DEFAULT, false);
        press("5");
        hear(new Event.Cancel());
        assertDone("5", GatherEnd.CANCELLED);
    }

    @Test
    void theEndOfTheCallEndsItWithWhatWasPressed() {
        begin(GatherRequest.DEFAULT, false);
        press("5");
        hear(new Event.HungUp());
        assertDone("5", GatherEnd.HUNG_UP);

        begin(GatherRequest.DEFAULT, true);
        hear(new Event.HungUp());
        assertDone("", GatherEnd.HUNG_UP);
    }

    @Test
    void aFloodOfKeysEndsEvenWhereNoNumberIsAskedFor() {
        begin(GatherRequest.DEFAULT.endedBy(""), false);
        press("1".repeat(300));
        assertThat(state.digits()).hasSize(256);
        assertThat(state.inWord()).isEqualTo(GatherState.DONE);
        begin(GatherRequest.DEFAULT.withoutBargeIn(), true);
        press("1".repeat(300));
        assertThat(((State.Prompting) state).typed()).hasSize(256);
    }

    @Test
    void theTagComesBack() {
        begin(GatherRequest.digits(1).tagged("menu"), false);
        press("1");
        assertThat(((State.Done) state).result().tag()).contains("menu");
    }

    @Test
    void anImpossibleRequestSaysWhatIsWrongWithIt() {
        assertThatThrownBy(() -> GatherRequest.digits(0)).hasMessageContaining("0 is not 1 to 30");
        assertThatThrownBy(() -> GatherRequest.digits(31)).hasMessageContaining("31 is not 1 to 30");
        assertThatThrownBy(() -> GatherRequest.DEFAULT.eachWithin(Duration.ofMillis(30_001)))
                .hasMessageContaining("at most 30 s");
        assertThatThrownBy(() -> GatherRequest.DEFAULT.eachWithin(Duration.ZERO))
                .hasMessageContaining("above 0");
        assertThatThrownBy(() -> GatherRequest.DEFAULT.endedBy("x")).hasMessageContaining("'x' is not a key");
        assertThatThrownBy(() -> GatherRequest.DEFAULT.of("")).hasMessageContaining("no key is allowed");
    }
}
