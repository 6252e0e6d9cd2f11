package dev.outdial.server.http.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.server.http.limit.KeyLimits.Entry;
import dev.outdial.server.http.limit.TokenBucket.Rate;
import dev.outdial.server.http.limit.TokenBucket.Taking;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** How many are let through at one moment. */
    private static int atOnce(TokenBucket bucket, Rate rate, long now) {
        int count = 0;
        while (bucket.take(rate, now) instanceof Taking.Taken taken) {
            bucket = taken.next();
            count++;
        }
        return count;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE, Long.MIN_VALUE})
    void aFullOneLetsABurstThrough(long now) {
        assertThat(atOnce(TokenBucket.full(now), new Rate(10, 7), now)).isEqualTo(7);
    }

    @Test
    void afterThatSoManyASecond() {
        var rate = new Rate(10, 5);
        TokenBucket bucket = TokenBucket.full(0);
        int count = 0;
        for (long now = 0; now < 10 * SECOND; now += SECOND / 100)
            if (bucket.take(rate, now) instanceof Taking.Taken taken) {
                bucket = taken.next();
                count++;
            }
        assertThat(count).isEqualTo(5 + 100 - 1);
    }

    @Test
    void theWaitIsAsLongAsItTakes() {
        var rate = new Rate(2, 1);
        TokenBucket empty = TokenBucket.full(0).take(rate, 0).next();
        assertThat(empty.take(rate, SECOND / 10)).isEqualTo(new Taking.Refused(empty, SECOND * 4 / 10));
        assertThat(empty.take(rate, SECOND / 2)).isInstanceOf(Taking.Taken.class);
    }

    @Test
    void restingSavesNoMoreThanABurst() {
        assertThat(atOnce(TokenBucket.full(0), new Rate(10, 3), 1000 * SECOND)).isEqualTo(3);
    }

    @Test
    void aRateMustMakeSense() {
        assertThatThrownBy(() -> new Rate(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rate(Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rate(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void manyUsersAreForgottenWhenTheyRest() {
        var now = new AtomicLong();
        var limits = new KeyLimits(new Rate(1, 1), 1, now::get);
        limits.enter("stays");
        for (int i = 0; i < 10_001; i++) {
            limits.enter("user" + i);
            limits.leave("user" + i);
        }
        now.addAndGet(2 * SECOND);
        assertThat(limits.enter("new")).isEqualTo(new Entry.Admitted());
        // Its request is not over: it is not forgotten.
        assertThat(limits.enter("stays")).isEqualTo(new Entry.TooMany());
    }
}
