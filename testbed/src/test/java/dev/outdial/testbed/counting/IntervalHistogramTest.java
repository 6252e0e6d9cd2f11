package dev.outdial.testbed.counting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IntervalHistogramTest {
    private static final long MILLI = 1_000_000;

    private final IntervalHistogram histogram = new IntervalHistogram(20 * MILLI);

    @Test
    void anErrorIsToldToTheNextTenMicroseconds() {
        add(99, 123_456);
        add(1, 49 * MILLI);

        assertThat(histogram.pacing().p50Millis()).isEqualTo(0.13);
        assertThat(histogram.pacing().p99Millis()).isEqualTo(0.13);
        assertThat(histogram.pacing().p999Millis()).isEqualTo(49);
    }

    @Test
    void aLargeErrorIsToldToTheNextMillisecondAndNotAsTheLargest() {
        add(900, 0);
        add(95, 70 * MILLI + 1);
        add(4, 1_999 * MILLI + 1);
        add(1, 5_000 * MILLI);

        assertThat(histogram.pacing().p99Millis()).isEqualTo(71);
        assertThat(histogram.pacing().p999Millis()).isEqualTo(2_000);
        assertThat(histogram.pacing().maxMillis()).isEqualTo(5_000);
    }

    @Test
    void whatIsBeyondAllStepsIsToldAsTheLargest() {
        add(10, 2_500 * MILLI);
        add(1, 3_000 * MILLI);

        assertThat(histogram.pacing().p50Millis()).isEqualTo(3_000);
        assertThat(histogram.pacing().longestIntervalMillis()).isEqualTo(3_020);
    }

    @Test
    void aQuantileIsNeverAboveTheLargest() {
        add(3, 50 * MILLI);

        assertThat(histogram.pacing().p99Millis()).isEqualTo(50);
    }

    @Test
    void whatIsNotSureCountsForTheLongestOnly() {
        add(2, MILLI);
        histogram.add(35 * MILLI, false);

        assertThat(histogram.pacing()).isEqualTo(new Pacing(2, 1, 1, 1, 1, 1, 35));
    }

    @Test
    void whereNothingWasTakenEverythingIsZero() {
        assertThat(histogram.pacing()).isEqualTo(new Pacing(0, 0, 0, 0, 0, 0, 0));
    }

    private void add(int times, long errorNanos) {
        for (int i = 0; i < times; i++) histogram.add(20 * MILLI + errorNanos, true);
    }
}
