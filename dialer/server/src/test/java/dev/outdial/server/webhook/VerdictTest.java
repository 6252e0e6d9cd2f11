package dev.outdial.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Instant CREATED = Instant.parse("2026-03-01T09:00:00Z");
    private static final Answer AWAY = new Answer.Unreachable("away");

    private static Duration pause(int triesBefore, double luck) {
        return switch (Verdict.of(AWAY, triesBefore, CREATED, CREATED, luck)) {
            case Verdict.Again again -> Duration.between(CREATED, again.at());
            case Verdict.Delivered yes -> throw new AssertionError(yes);
            case Verdict.Dead dead -> throw new AssertionError(dead);
        };
    }

    @Test
    void pausesDoubleUpToTwoHours() {
        assertThat(pause(0, 0.5)).isEqualTo(Duration.ofSeconds(5));
        assertThat(pause(1, 0.5)).isEqualTo(Duration.ofSeconds(10));
        assertThat(pause(2, 0.5)).isEqualTo(Duration.ofSeconds(20));
        assertThat(pause(10, 0.5)).isEqualTo(Duration.ofSeconds(5120));
        assertThat(pause(11, 0.5)).isEqualTo(Duration.ofHours(2));
        assertThat(pause(1_000_000, 0.5)).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void luckMovesAPauseByAQuarterAtMostAndUsesAllOfIt() {
        var random = new SplittableRandom(11);
        double least = 1;
        double most = 1;
        for (int i = 0; i < 100_000; i++) {
            int tries = random.nextInt(30);
            double luck = random.nextDouble();
            double ratio =
                    (double) pause(tries, luck).toMillis() / pause(tries, 0.5).toMillis();
            assertThat(ratio).isBetween(0.7499, 1.2501);
            least = Math.min(least, ratio);
            most = Math.max(most, ratio);
        }
        assertThat(least).isLessThan(0.76);
        assertThat(most).isGreaterThan(1.24);
    }

    @Test
    void theLastTryIsAtTheEndOfThreeDays() {
        Instant late = CREATED.plus(Verdict.LONGEST).minusSeconds(60);

        assertThat(Verdict.of(AWAY, 40, CREATED, late, 0.5))
                .isEqualTo(new Verdict.Again(CREATED.plus(Verdict.LONGEST), "away"));
        assertThat(Verdict.of(AWAY, 41, CREATED, CREATED.plus(Verdict.LONGEST), 0.5))
                .isEqualTo(new Verdict.Dead("away", false));
    }

    @Test
    void whatTheReceiverWantsCountsWhereItIsLonger() {
        var wantsHour = new Answer.Refused(503, Optional.of(Duration.ofHours(1)));
        var wantsNothing = new Answer.Refused(503, Optional.of(Duration.ZERO));

        assertThat(Verdict.of(wantsHour, 0, CREATED, CREATED, 0.5))
                .isEqualTo(new Verdict.Again(CREATED.plus(Duration.ofHours(1)), "answered 503"));
        assertThat(Verdict.of(wantsNothing, 0, CREATED, CREATED, 0.5))
                .isEqualTo(new Verdict.Again(CREATED.plusSeconds(5), "answered 503"));
    }

    @Test
    void retryAfterIsSecondsOrADateAndNeverMoreThanADay() {
        assertThat(RetryAfter.parse("120", CREATED)).contains(Duration.ofSeconds(120));
        assertThat(RetryAfter.parse("Sun, 01 Mar 2026 09:02:00 GMT", CREATED)).contains(Duration.ofSeconds(120));
        assertThat(RetryAfter.parse("Sun, 01 Mar 2026 08:00:00 GMT", CREATED)).contains(Duration.ZERO);
        assertThat(RetryAfter.parse("99999999999999999999", CREATED)).contains(Duration.ofHours(24));
        assertThat(RetryAfter.parse("Mon, 01 Mar 2999 08:00:00 GMT", CREATED)).isEmpty(); // which is a Friday
        assertThat(RetryAfter.parse("-1", CREATED)).isEmpty();
        assertThat(RetryAfter.parse("soon", CREATED)).isEmpty();
        assertThat(RetryAfter.parse("", CREATED)).isEmpty();
    }
}
