package dev.outdial.dialer.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.guard.GuardPolicy;
import dev.outdial.dialer.guard.NumberLimit;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.outcome.Phase;
import dev.outdial.dialer.pace.PaceLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InMemoryLedgerTest {
    private final InMemoryLedger ledger =
            new InMemoryLedger(LedgerRules.STANDARD.guardedBy(GuardPolicy.BENCH), () -> 1_000);

    @Test
    void anAttemptIsPermittedOnce() {
        assertThat(admit("request", 1, "call-a")).isInstanceOf(Permit.class);
        assertThat(admit("request", 1, "call-b")).isInstanceOf(Admission.Refused.class);
        assertThat(admit("request", 2, "call-c")).isInstanceOf(Permit.class);
    }

    @Test
    void aCallIdIsPermittedOnce() {
        assertThat(admit("request", 1, "call-a")).isInstanceOf(Permit.class);
        assertThat(admit("other", 1, "call-a")).isInstanceOf(Admission.Refused.class);
    }

    @Test
    void permitsAreOpenUntilTheyAreSettled() {
        Permit permit = (Permit) admit("request", 1, "call-a");
        assertThat(ledger.open()).isEqualTo(1);
        ledger.invited(permit);
        ledger.settled(
                permit,
                new CallOutcome(
                        OutcomeKind.COMPLETED,
                        OptionalInt.of(200),
                        OptionalInt.of(16),
                        EndedBy.LOCAL,
                        Phase.MEDIA,
                        false,
                        "we hung up",
                        0,
                        0));
        assertThat(ledger.open()).isZero();
    }

    @Test
    void aPermitHoldsForItsTimeOnTheMonotonicClock() {
        Permit permit = (Permit) admit("request", 1, "call-a");

        assertThat(permit.isValidAt(1_000)).isTrue();
        assertThat(permit.isValidAt(permit.validUntilNanos() - 1)).isTrue();
        assertThat(permit.isValidAt(permit.validUntilNanos())).isFalse();
    }

    @Test
    void theGuardDecidesAndARefusedAttemptMayBeTriedAgain() {
        var guarded = new InMemoryLedger(LedgerRules.STANDARD, () -> 1_000);
        var attempt = new Attempt("request", 1, "carrier", "+15551234567", "call-a");
        assertThat(guarded.admit(attempt, Instant.EPOCH))
                .isEqualTo(new Admission.Refused("unassigned", "the number is assigned to nobody"));
        assertThat(guarded.open()).isZero();
        assertThat(guarded.admit(attempt.over(true), Instant.EPOCH)).isInstanceOf(Permit.class);
    }

    @Test
    void aNumberIsDialledAsOftenAsItsLimitAllowsHoweverItIsSpelled() {
        var rules =
                LedgerRules.STANDARD.guardedBy(GuardPolicy.STANDARD.limitedTo(new NumberLimit(1, Duration.ofHours(1))));
        var guarded = new InMemoryLedger(rules, () -> 1_000);
        assertThat(guarded.admit(new Attempt("a", 1, "carrier", "+14252337837", "call-a"), Instant.EPOCH))
                .isInstanceOf(Permit.class);
        assertThat(guarded.admit(new Attempt("b", 1, "carrier", "001 425 233 7837", "call-b"), Instant.EPOCH))
                .isEqualTo(new Admission.Later(Instant.EPOCH.plusSeconds(3600), "per-number limit"));
    }

    @Test
    void callsWaitForTheSlotOfTheirTrunkAndOfAllTrunks() {
        long[] nowNanos = {0};
        var rules = LedgerRules.STANDARD.paced(new PaceLimits(10, 100)).paced("slow", new PaceLimits(1, 100));
        var paced = new InMemoryLedger(rules, () -> nowNanos[0]);
        assertThat(paced.admit(new Attempt("a", 1, "slow", "1001", "call-a"), Instant.EPOCH))
                .isInstanceOf(Permit.class);
        assertThat(paced.admit(new Attempt("b", 1, "fast", "1001", "call-b"), Instant.EPOCH))
                .isEqualTo(new Admission.Later(Instant.EPOCH.plusMillis(100)));
        nowNanos[0] = 100_000_000;
        assertThat(paced.admit(new Attempt("b", 1, "fast", "1001", "call-b"), Instant.EPOCH))
                .isInstanceOf(Permit.class);
        assertThat(paced.admit(new Attempt("c", 1, "slow", "1001", "call-c"), Instant.EPOCH))
                .isEqualTo(new Admission.Later(Instant.EPOCH.plusMillis(900)));
    }

    @Test
    void anotherWayForTheSameRequestIsNoOtherCall() {
        var rules =
                LedgerRules.STANDARD.guardedBy(GuardPolicy.STANDARD.limitedTo(new NumberLimit(1, Duration.ofHours(1))));
        var guarded = new InMemoryLedger(rules, () -> 1_000);
        Admission first = guarded.admit(new Attempt("a", 1, "one", "+14252337837", "call-a"), Instant.EPOCH);
        guarded.settled((Permit) first, outcome(OutcomeKind.FAILED, Phase.SENT));
        assertThat(guarded.admit(new Attempt("a", 2, "other", "+14252337837", "call-b"), Instant.EPOCH))
                .isInstanceOf(Permit.class);
        assertThat(guarded.admit(new Attempt("b", 1, "one", "+14252337837", "call-c"), Instant.EPOCH))
                .isInstanceOf(Admission.Later.class);
    }

    @ParameterizedTest
    @CsvSource({"BUSY,SENT", "NO_ANSWER,RINGING", "FAILED,EARLY_MEDIA", "REJECTED,SENT", "COMPLETED,MEDIA"})
    void onceSomebodyMayHaveHeardItTheNextAttemptIsAnotherCallToTheNumber(OutcomeKind kind, Phase phase) {
        var rules =
                LedgerRules.STANDARD.guardedBy(GuardPolicy.STANDARD.limitedTo(new NumberLimit(1, Duration.ofHours(1))));
        var guarded = new InMemoryLedger(rules, () -> 1_000);
        Admission first = guarded.admit(new Attempt("a", 1, "one", "+14252337837", "call-a"), Instant.EPOCH);
        guarded.settled((Permit) first, outcome(kind, phase));
        assertThat(guarded.admit(new Attempt("a", 2, "one", "+14252337837", "call-b"), Instant.EPOCH))
                .isInstanceOf(Admission.Later.class);
    }

    private static CallOutcome outcome(OutcomeKind kind, Phase phase) {
        return new CallOutcome(
                kind, OptionalInt.empty(), OptionalInt.empty(), EndedBy.REMOTE, phase, false, "so it was", 0, 0);
    }

    private Admission admit(String request, int number, String callId) {
        return ledger.admit(new Attempt(request, number, "carrier", "+15551234567", callId), Instant.EPOCH);
    }
}
