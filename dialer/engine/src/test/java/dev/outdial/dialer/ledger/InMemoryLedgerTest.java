package dev.outdial.dialer.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.outcome.Phase;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class InMemoryLedgerTest {
    private final InMemoryLedger ledger = new InMemoryLedger(() -> 1_000);

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

    private Admission admit(String request, int number, String callId) {
        return ledger.admit(new Attempt(request, number, "carrier", "+15551234567", callId), Instant.EPOCH);
    }
}
