package dev.outdial.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PulseTest {
    private final Pulse pulse = new Pulse();

    @Test
    void aStackWhoseThreadIsGoneDoesNotWork() {
        assertThat(pulse.beats(true, 0, 0)).isTrue();
        assertThat(pulse.beats(false, 0, 0)).isFalse();
    }

    @Test
    void aQuietStackWorks() {
        for (int i = 0; i < 100; i++) assertThat(pulse.beats(true, 7, 7)).isTrue();
    }

    @Test
    void whatIsReceivedAndNotReadForThreeLooksShowsThatItDoesNot() {
        assertThat(pulse.beats(true, 7, 7)).isTrue();
        assertThat(pulse.beats(true, 8, 7)).isTrue();
        assertThat(pulse.beats(true, 9, 7)).isTrue();
        assertThat(pulse.beats(true, 9, 7)).isFalse();
    }

    @Test
    void whoIsBehindButReadsWorks() {
        for (int i = 1; i < 100; i++) {
            assertThat(pulse.beats(true, 1_000_000, i / 2)).isTrue();
        }
    }
}
