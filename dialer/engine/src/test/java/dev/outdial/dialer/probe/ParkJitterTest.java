package dev.outdial.dialer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ParkJitterTest {
    @Test
    void quantilesAreThoseOfTheSleepsThatWereMeasured() {
        long[] micros = LongStream.rangeClosed(1, 1000).map(i -> i * 1000).toArray();

        assertThat(ParkJitter.of(micros)).isEqualTo(new ParkJitter(1000, 0.5, 0.99, 0.999, 1.0));
    }

    @Test
    void atLeastOneSleepIsMeasured() {
        assertThat(ParkJitter.measure(Duration.ofMillis(1)).parks()).isPositive();
    }
}
