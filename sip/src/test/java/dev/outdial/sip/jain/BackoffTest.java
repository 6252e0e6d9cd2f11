package dev.outdial.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff<String> backoff = new Backoff<>();
    private long now = Long.MAX_VALUE - 5; // where the clock runs over

    private long restMillis(double chance) {
        backoff.failed("target", now, chance);
        long start = now;
        while (!backoff.mayTry("target", now)) now += TimeUnit.MILLISECONDS.toNanos(1);
        return TimeUnit.NANOSECONDS.toMillis(now - start);
    }

    @Test
    void aTargetRestsTwiceAsLongAfterEachFailureButNotLongerThanThirtySeconds() {
        assertThat(backoff.mayTry("target", now)).isTrue();
        for (long millis : new long[] {500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000})
            assertThat(restMillis(0)).isEqualTo(millis);
        backoff.succeeded("target");
        assertThat(restMillis(0)).isEqualTo(500);
    }

    @Test
    void chanceShortensARestByUpToHalf() {
        assertThat(restMillis(0.5)).isEqualTo(375);
        assertThat(restMillis(1)).isEqualTo(500);
    }

    @Test
    void eachTargetRestsForItself() {
        backoff.failed("target", now, 0);
        assertThat(backoff.mayTry("other", now)).isTrue();
        for (int i = 0; i < 2_000; i++) backoff.failed("target " + i, now, 0);
        assertThat(backoff.mayTry("target", now)).as("forgotten").isTrue();
    }
}
