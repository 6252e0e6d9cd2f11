package dev.outdial.dialer.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FirstWordGuardTest {
    private final FirstWordGuard guard = FirstWordGuard.answeredAt(0);

    @Test
    void thePromptWaitsForTheFarEndToBeHeard() {
        assertThat(guard.at(399_000_000L).open()).isFalse();
        assertThat(guard.heardFarEnd().open()).isTrue();
        assertThat(guard.heardFarEnd().nextDeadlineNanos()).isEmpty();
    }

    @Test
    void aSilentFarEndIsSpokenToAfterFourHundredMilliseconds() {
        assertThat(guard.nextDeadlineNanos()).hasValue(400_000_000L);
        assertThat(guard.at(400_000_000L).open()).isTrue();
    }
}
