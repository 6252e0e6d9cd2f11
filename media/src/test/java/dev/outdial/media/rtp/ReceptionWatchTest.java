package dev.outdial.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ReceptionWatchTest {
    private static final long SECONDS = 1_000_000_000;
    private final ReceptionWatch watch = new ReceptionWatch(30 * SECONDS);

    @Test
    void silenceIsToldOnceUntilTheFarEndIsHeardAgain() {
        watch.expect(true, 0);
        watch.heard(5 * SECONDS);
        assertThat(watch.nextDeadlineNanos()).isEqualTo(35 * SECONDS);
        assertThat(watch.wake(35 * SECONDS - 1)).isFalse();
        assertThat(watch.wake(36 * SECONDS)).isTrue();
        assertThat(watch.silentNanos(36 * SECONDS)).isEqualTo(31 * SECONDS);
        assertThat(watch.wake(90 * SECONDS)).isFalse();
        assertThat(watch.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
        watch.heard(100 * SECONDS);
        assertThat(watch.wake(130 * SECONDS)).isTrue();
    }

    @Test
    void aFarEndThatNeverSendsIsNoticedThirtySecondsAfterTheAnswer() {
        assertThat(watch.wake(500 * SECONDS)).isFalse();
        watch.expect(true, 500 * SECONDS);
        assertThat(watch.wake(529 * SECONDS)).isFalse();
        assertThat(watch.wake(530 * SECONDS)).isTrue();
    }

    @Test
    void whileItNeedNotSendTimeDoesNotRunAndAfterwardsItStartsAnew() {
        watch.expect(true, 0);
        watch.expect(false, 29 * SECONDS);
        assertThat(watch.wake(1000 * SECONDS)).isFalse();
        watch.expect(true, 1000 * SECONDS);
        assertThat(watch.wake(1029 * SECONDS)).isFalse();
        assertThat(watch.wake(1030 * SECONDS)).isTrue();
    }

    @Test
    void aRefreshedAgreementDoesNotHideADeadStream() {
        for (int second = 0; second < 30; second += 10) watch.expect(true, second * SECONDS);
        assertThat(watch.wake(30 * SECONDS)).isTrue();
    }

    @Test
    void zeroIsForEver() {
        var never = new ReceptionWatch(0);
        never.expect(true, 0);
        assertThat(never.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(never.wake(Long.MAX_VALUE)).isFalse();
        assertThatThrownBy(() -> new ReceptionWatch(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
