package dev.outdial.dialer.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.outcome.Phase;
import dev.outdial.dialer.outcome.RefusedBy;
import dev.outdial.dialer.outcome.Verdict;
import dev.outdial.dialer.retry.RetryPolicy.Decision;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetryPolicyTest {
    private static final RetryPolicy POLICY =
            RetryPolicy.of(5, Duration.ofSeconds(10)).spread(0);

    /** The column "retry makes sense" of the table of outcomes. */
    @ParameterizedTest
    @CsvSource({
        "486,true",
        "600,true",
        "480,true",
        "408,true",
        "503,true",
        "500,true",
        "504,true",
        "403,false",
        "603,false",
        "607,false",
        "608,false",
        "404,false",
        "484,false",
        "488,false",
        "501,false",
        "604,false"
    })
    void whatTheWireSaidDecides(int status, boolean again) {
        Verdict verdict = Verdict.of(status, OptionalInt.empty(), false);
        CallOutcome outcome = outcome(verdict.kind(), Phase.SENT, verdict.retryable());
        assertThat(POLICY.decide(1, outcome, 0.5) instanceof Decision.Again).isEqualTo(again);
    }

    @ParameterizedTest
    @EnumSource(
            value = OutcomeKind.class,
            names = {"REJECTED", "REFUSED", "UNKNOWN", "COMPLETED", "CANCELED"})
    void whatIsNoFailureIsNotDialledAgainUnlessTold(OutcomeKind kind) {
        CallOutcome outcome = outcome(kind, kind == OutcomeKind.COMPLETED ? Phase.MEDIA : Phase.SENT, false);
        assertThat(POLICY.decide(1, outcome, 0.5)).isInstanceOf(Decision.Enough.class);
        if (kind != OutcomeKind.CANCELED) {
            assertThat(POLICY.after(EnumSet.of(kind)).evenIfAnswered().decide(1, outcome, 0.5))
                    .isInstanceOf(Decision.Again.class);
        }
    }

    @Test
    void whereSomebodyPickedUpItIsNotDialledAgainUnlessTold() {
        CallOutcome dropped = outcome(OutcomeKind.FAILED, Phase.MEDIA, false);
        CallOutcome tooLate = outcome(OutcomeKind.NO_ANSWER, Phase.ANSWERED, true);
        assertThat(POLICY.decide(1, dropped, 0)).isEqualTo(new Decision.Enough("somebody had picked up"));
        assertThat(POLICY.decide(1, tooLate, 0)).isEqualTo(new Decision.Enough("somebody had picked up"));
        assertThat(POLICY.evenIfAnswered().decide(1, dropped, 0)).isInstanceOf(Decision.Again.class);
    }

    @Test
    void theWaitsGrowByTheirFactorUpToTheLongest() {
        RetryPolicy growing = POLICY.growing(3, Duration.ofSeconds(100));
        assertThat(wait(growing, 1, 0.5)).isEqualTo(Duration.ofSeconds(10));
        assertThat(wait(growing, 2, 0.5)).isEqualTo(Duration.ofSeconds(30));
        assertThat(wait(growing, 3, 0.5)).isEqualTo(Duration.ofSeconds(90));
        assertThat(wait(growing, 4, 0.5)).isEqualTo(Duration.ofSeconds(100));
    }

    @Test
    void theyAreSpreadToEitherSideAndNeverBeyondTheLongest() {
        RetryPolicy spread = POLICY.growing(1, Duration.ofSeconds(11)).spread(0.5);
        assertThat(wait(spread, 1, 0)).isEqualTo(Duration.ofSeconds(5));
        assertThat(wait(spread, 1, 0.5)).isEqualTo(Duration.ofSeconds(10));
        assertThat(wait(spread, 1, 0.999)).isEqualTo(Duration.ofSeconds(11));
    }

    @Test
    void theBudgetIsOfAttemptsByTheirNumbers() {
        assertThat(POLICY.decide(4, outcome(OutcomeKind.BUSY, Phase.SENT, true), 0))
                .isInstanceOf(Decision.Again.class);
        assertThat(POLICY.decide(5, outcome(OutcomeKind.BUSY, Phase.SENT, true), 0))
                .isInstanceOf(Decision.Enough.class);
        assertThat(POLICY.decide(Integer.MAX_VALUE, outcome(OutcomeKind.BUSY, Phase.SENT, true), 0))
                .isInstanceOf(Decision.Enough.class);
    }

    @Test
    void whoAsksToBeLeftAloneForAWhileIsLeftAlone() {
        CallOutcome failed = outcome(OutcomeKind.FAILED, Phase.SENT, true);
        RetryPolicy patient = POLICY.growing(1, Duration.ofMinutes(1));
        assertThat(wait(patient, failed.refused(RefusedBy.CARRIER, Optional.of(Duration.ofSeconds(30)))))
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(wait(patient, failed.refused(RefusedBy.CARRIER, Optional.of(Duration.ofSeconds(3)))))
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(patient.decide(1, failed.refused(RefusedBy.CARRIER, Optional.of(Duration.ofSeconds(61))), 0))
                .isInstanceOf(Decision.Enough.class);
    }

    @Test
    void waitsNeverOverflowHoweverManyAttemptsThereAre() {
        RetryPolicy endless = new RetryPolicy(
                Integer.MAX_VALUE,
                Duration.ofDays(1),
                1e12,
                Duration.ofDays(30),
                1,
                EnumSet.of(OutcomeKind.BUSY),
                false);
        assertThat(wait(endless, 1_000_000, 0.9)).isEqualTo(Duration.ofDays(30));
        assertThat(wait(endless, 1_000_000, 0)).isEqualTo(Duration.ZERO);
    }

    @Test
    void whatMakesNoSenseIsRefusedWithASentence() {
        assertThatThrownBy(() -> RetryPolicy.of(0, Duration.ofSeconds(1))).hasMessageContaining("0 attempts");
        assertThatThrownBy(() -> RetryPolicy.of(1, Duration.ofSeconds(-1))).hasMessageContaining("negative");
        assertThatThrownBy(() -> POLICY.growing(0.5, Duration.ofHours(1))).hasMessageContaining("factor");
        assertThatThrownBy(() -> POLICY.growing(2, Duration.ofSeconds(1))).hasMessageContaining("longest");
        assertThatThrownBy(() -> POLICY.spread(1.1)).hasMessageContaining("jitter");
        assertThatThrownBy(() -> POLICY.spread(Double.NaN)).hasMessageContaining("jitter");
        assertThatThrownBy(() -> POLICY.after(EnumSet.of(OutcomeKind.CANCELED))).hasMessageContaining("given up");
    }

    private static Duration wait(RetryPolicy policy, int attempt, double random) {
        return ((Decision.Again) policy.decide(attempt, outcome(OutcomeKind.BUSY, Phase.SENT, true), random)).pause();
    }

    private static Duration wait(RetryPolicy policy, CallOutcome outcome) {
        return ((Decision.Again) policy.decide(1, outcome, 0.5)).pause();
    }

    private static CallOutcome outcome(OutcomeKind kind, Phase phase, boolean retryable) {
        return new CallOutcome(
                kind, OptionalInt.empty(), OptionalInt.empty(), EndedBy.REMOTE, phase, retryable, "so it was", 0, 0);
    }
}
