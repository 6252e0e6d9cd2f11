package dev.outdial.server.calls.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.server.calls.CallSeries;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What the sound of a call was like, made of its totals. */
class CourseTest {
    private static final Instant FIRST = Instant.parse("2026-03-01T12:00:01Z");

    private final Course course = new Course();

    private static CallStatistics total(long received, long lost, double jitterMillis, OptionalDouble levelDbov) {
        return new CallStatistics(
                0,
                received,
                lost,
                jitterMillis,
                0,
                0,
                0,
                0,
                0,
                0,
                OptionalDouble.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                levelDbov);
    }

    private static CallStatistics total(long received, long lost, double jitterMillis) {
        return total(received, lost, jitterMillis, OptionalDouble.of(-20));
    }

    @Test
    void eachSecondHasItsOwnLossAndNoneWhereNothingCame() {
        assertThat(course.series()).isEmpty();
        course.second(total(0, 0, 0, OptionalDouble.empty()), FIRST);
        course.second(total(50, 0, 1.26), FIRST.plusSeconds(1));
        course.second(total(90, 10, 4), FIRST.plusSeconds(2));
        course.second(total(141, 9, 3), FIRST.plusSeconds(3)); // one came late

        CallSeries series = course.series().orElseThrow();
        assertThat(series.json())
                .hasToString("{\"t_start\":\"2026-03-01T12:00:00.000Z\",\"interval_ms\":1000,"
                        + "\"jitter_ms\":[null,1.3,4.0,3.0],\"loss_percent\":[null,0.0,20.0,0.0],"
                        + "\"level_dbov\":[null,-20.0,-20.0,-20.0]}");
        assertThat(CallSeries.read(series.json().toString()).orElseThrow().json())
                .isEqualTo(series.json());
        assertThat(CallSeries.read("")).isEmpty();
    }

    @Test
    void aLongCallTakesNoMoreRoomThanAQuarterOfAnHour() {
        int seconds = 3 * 3600;
        for (int i = 1; i <= seconds; i++) course.second(total(49L * i, i, 2), FIRST.plusSeconds(i));

        CallSeries series = course.series().orElseThrow();
        assertThat(series.intervalMillis()).isEqualTo(16_000);
        assertThat(series.points()).hasSize(seconds / 16);
        assertThat(series.points()).allSatisfy(point -> {
            assertThat(point.lossPercent()).hasValue(2);
            assertThat(point.jitterMillis()).hasValue(2);
            assertThat(point.levelDbov().orElseThrow()).isCloseTo(-20, within(1e-9));
        });
    }
}
