package dev.outdial.sip.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @ParameterizedTest
    @ValueSource(longs = {1, 15, 16, 1_000_000, 500_000_000, 32_000_000_000L, 3_600_000_000_000L, Long.MAX_VALUE / 2})
    void noTimerGoesOffEarlyNorMoreThanASixteenthLate(long delay) {
        var random = new Random(delay);

        assertThat(LongStream.generate(random::nextLong).limit(10_000).map(now -> Slack.stretched(now, delay) - delay))
                .allSatisfy(late ->
                        assertThat(late).isBetween(0L, Math.min(delay / 16, SECOND * 268_435_456 / 1_000_000_000)));
    }

    @Test
    void whatIsDueIsDueNow() {
        assertThat(Slack.stretched(123, 0)).isZero();
        assertThat(Slack.stretched(123, -7)).isEqualTo(-7);
    }

    @Test
    void timersOfManyCallsGoOffTogether() {
        long t1 = Duration.ofMillis(500).toNanos();
        long between = Duration.ofMillis(5).toNanos();

        // 200 a second, for ten seconds, and a clock that passes zero meanwhile.
        long moments = LongStream.range(-1_000, 1_000)
                .map(call -> call * between)
                .map(now -> now + Slack.stretched(now, t1))
                .distinct()
                .count();

        assertThat(moments).isLessThan(610);
    }
}
