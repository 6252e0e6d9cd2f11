package dev.outdial.server.facade.neutrino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.facade.neutrino.Turns.Turn;
import dev.outdial.server.http.limit.TokenBucket.Rate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final AtomicLong nanos = new AtomicLong(5);

    private Turns turns(int together, Duration longestWait) {
        return new Turns(new Rate(2, 2), together, longestWait, nanos::get);
    }

    private static Turn after(long millis) {
        return new Turn.After(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void twoBeginAtOnceAndTheOthersTwoASecondInTheOrderInWhichTheyCame() {
        Turns turns = turns(10, Duration.ofSeconds(10));

        assertThat(turns.enter("a")).isEqualTo(after(0));
        assertThat(turns.enter("a")).isEqualTo(after(0));
        assertThat(turns.enter("a")).isEqualTo(after(500));
        assertThat(turns.enter("a")).isEqualTo(after(1000));
        assertThat(turns.enter("b")).as("another user").isEqualTo(after(0));
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(700));
        assertThat(turns.enter("a")).isEqualTo(after(800));
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(60));
        assertThat(turns.enter("a")).isEqualTo(after(0));
    }

    @Test
    void moreThanMayBeTogetherAreRefusedAtOnceUntilOneLeaves() {
        Turns turns = turns(3, Duration.ofSeconds(10));
        for (int i = 0; i < 3; i++) assertThat(turns.enter("a")).isInstanceOf(Turn.After.class);

        assertThat(turns.enter("a")).isEqualTo(new Turn.TooMany());
        assertThat(turns.enter("b")).isEqualTo(after(0));
        turns.leave("a");
        assertThat(turns.enter("a")).as("whoever was refused took no turn").isEqualTo(after(1000));
    }

    @Test
    void whoWouldHaveToWaitForTooLongIsToldSoAndTakesNoTurn() {
        Turns turns = turns(100, Duration.ofSeconds(10));
        for (int i = 0; i < 22; i++) assertThat(turns.enter("a")).isInstanceOf(Turn.After.class);

        assertThat(turns.enter("a")).isEqualTo(new Turn.TooLong());
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(500));
        assertThat(turns.enter("a")).isEqualTo(after(10_000));
    }
}
