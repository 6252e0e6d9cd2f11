package dev.outdial.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PulseTest {
    private final Pulse pulse = new Pulse(0);

    private boolean beats(boolean attended, long received, long read, int second) {
        return pulse.beats(attended, received, read, TimeUnit.SECONDS.toNanos(second));
    }

    @Test
    void aStackWhoseThreadIsGoneDoesNotWork() {
        assertThat(beats(true, 0, 0, 5)).isTrue();
        assertThat(beats(false, 0, 0, 10)).isFalse();
    }

    @Test
    void aQuietStackWorks() {
        assertThat(beats(true, 7, 7, 5)).isTrue();
        assertThat(beats(true, 7, 7, 500)).isTrue();
        assertThat(beats(true, 8, 7, 505)).isTrue();
    }

    @Test
    void whatIsReceivedAndNotReadForTenSecondsShowsThatItDoesNot() {
        assertThat(beats(true, 7, 7, 5)).isTrue();
        assertThat(beats(true, 9, 7, 10)).isTrue();
        assertThat(beats(true, 9, 7, 15)).isFalse();
    }

    @Test
    void whoIsBehindButReadsWorks() {
        for (int second = 5; second < 100; second += 5)
            assertThat(beats(true, 1_000_000, second, second)).isTrue();
    }
}
