package dev.outdial.dialer.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CallPacerTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void callsBeginOneSlotAfterAnother() {
        CallPacer pacer = CallPacer.begin(new PaceLimits(2, 100), 0);
        assertThat(pacer.waitNanos(0)).hasValue(0);
        pacer = pacer.begun(0);
        assertThat(pacer.waitNanos(0)).hasValue(SECOND / 2);
        assertThat(pacer.waitNanos(SECOND / 2)).hasValue(0);
    }

    @Test
    void timeInWhichNobodyCalledIsNotSavedUpForABurst() {
        CallPacer pacer = CallPacer.begin(new PaceLimits(1, 100), 0).begun(0);
        long later = 60 * SECOND;
        pacer = pacer.begun(later);
        assertThat(pacer.waitNanos(later)).hasValue(SECOND);
    }

    @Test
    void whoAsksALittleLateDoesNotPushTheOthersBack() {
        var random = new SplittableRandom(1);
        CallPacer pacer = CallPacer.begin(new PaceLimits(10, 10_000), 0);
        long now = 0;
        for (int i = 0; i < 1000; i++) {
            now += pacer.waitNanos(now).getAsLong() + random.nextLong(30_000_000);
            pacer = pacer.begun(now);
        }
        assertThat(now).isBetween(99 * SECOND, 101 * SECOND);
    }

    @Test
    void neverMoreThanTheRateInAnySecond() {
        var random = new SplittableRandom(2);
        CallPacer pacer = CallPacer.begin(new PaceLimits(5, 10_000), 0);
        long[] begun = new long[500];
        long now = 0;
        for (int i = 0; i < begun.length; i++) {
            now += pacer.waitNanos(now).getAsLong() + (i % 7 == 0 ? random.nextLong(3 * SECOND) : 0);
            pacer = pacer.begun(now);
            begun[i] = now;
        }
        // Five slots and the one that was asked for late.
        for (int i = 6; i < begun.length; i++)
            assertThat(begun[i] - begun[i - 6]).isGreaterThanOrEqualTo(SECOND);
    }

    @Test
    void noMoreThanThatManyGoOnAtOnce() {
        CallPacer pacer = CallPacer.begin(new PaceLimits(Double.POSITIVE_INFINITY, 2), 0)
                .begun(0)
                .begun(0);
        assertThat(pacer.waitNanos(SECOND)).isEqualTo(OptionalLong.empty());
        assertThat(pacer.ended().waitNanos(SECOND)).hasValue(0);
    }

    @Test
    void limitsThatWouldLetNobodyCallAreAClearError() {
        assertThatThrownBy(() -> new PaceLimits(0, 1)).hasMessageContaining("0.0 calls a second");
        assertThatThrownBy(() -> new PaceLimits(1, 0)).hasMessageContaining("0 calls at once");
    }
}
