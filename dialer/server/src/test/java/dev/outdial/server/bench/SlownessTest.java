package dev.outdial.server.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SlownessTest {
    private static final long MILLI = 1_000_000;
    private static final long[] HUNDRED =
            LongStream.range(0, 100).map(sample -> sample * MILLI).toArray();

    private static Slowness samples(long usual, long slow) {
        return Slowness.of(
                HUNDRED,
                LongStream.range(0, 100)
                        .map(sample -> sample >= 70 && sample < 74 ? slow : usual)
                        .toArray());
    }

    @Test
    void whatTakesMuchLongerThanUsualIsSlow() {
        Slowness slowness = samples(20_000, 60_000);

        assertThat(slowness.part()).isEqualTo(0.04);
        assertThat(slowness.atNanos()).containsExactly(70 * MILLI, 71 * MILLI, 72 * MILLI, 73 * MILLI);
    }

    @Test
    void oneAloneDoesNotCount() {
        long[] took = LongStream.range(0, 100)
                .map(sample -> sample % 10 == 0 ? 90_000 : 20_000)
                .toArray();
        assertThat(Slowness.of(HUNDRED, took).part()).isZero();
        took[99] = 90_000;
        took[98] = 90_000;
        assertThat(Slowness.of(HUNDRED, took).atNanos()).containsExactly(98 * MILLI, 99 * MILLI);
    }

    @Test
    void twoThreadsOfOneCoreAreNot() {
        assertThat(samples(20_000, 45_000).part()).isZero();
    }

    @Test
    void whatWasUnderWayThenOrBeganSoonAfterwardsIsTouched() {
        Slowness slowness = samples(20_000, 60_000);

        assertThat(slowness.touches(0, 70 * MILLI)).isFalse();
        assertThat(slowness.touches(0, 71 * MILLI)).isTrue();
        assertThat(slowness.touches(133 * MILLI, 134 * MILLI)).isTrue();
        assertThat(slowness.touches(134 * MILLI, 135 * MILLI)).isFalse();
    }

    @Test
    void whereNothingWasSampledNothingIsKnown() {
        assertThat(Slowness.of(new long[0], new long[0]).part()).isZero();
    }

    @Test
    @Timeout(20)
    void aCanarySamplesAndShowsWhatCameSince() {
        long begun = System.nanoTime();
        try (var canary = Canary.start()) {
            while (canary.since(begun).samples() < 2) Thread.onSpinWait();
            assertThat(canary.since(begun + TimeUnit.HOURS.toNanos(1)).samples())
                    .isZero();
        }
    }
}
