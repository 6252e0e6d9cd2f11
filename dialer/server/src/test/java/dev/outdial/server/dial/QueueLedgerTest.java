package dev.outdial.server.dial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.ledger.Admission;
import dev.outdial.dialer.ledger.Attempt;
import dev.outdial.dialer.ledger.AttemptLedger;
import dev.outdial.dialer.ledger.Permit;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.server.calls.ServiceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class QueueLedgerTest {
    private static final Instant NOW = Instant.parse("2026-01-15T08:00:00Z");
    private static final Attempt ATTEMPT = new Attempt("request", 1, "carrier", "+15551230000", "call-id");

    private Supplier<Admission> answer = () -> new Permit(ATTEMPT, Long.MAX_VALUE);
    private final QueueLedger ledger = new QueueLedger(new AttemptLedger() {
        @Override
        public Admission admit(Attempt attempt, Instant now) {
            return answer.get();
        }

        @Override
        public void invited(Permit permit) {}

        @Override
        public void settled(Permit permit, CallOutcome outcome) {}
    });

    @Test
    void whoMustWaitForLongGoesBackToTheQueueUntilThen() {
        List<Attempt> permitted = new ArrayList<>();
        ledger.expect("request", permitted::add);
        Instant morning = NOW.plusSeconds(3600);
        answer = () -> new Admission.Later(morning, "quiet hours");

        assertThat(ledger.admit(ATTEMPT, NOW)).isInstanceOf(Admission.Refused.class);
        assertThat(ledger.forget("request")).contains(new QueueLedger.Postponed(morning, "quiet hours", "call-id"));
        assertThat(ledger.forget("request")).isEmpty();
        assertThat(permitted).isEmpty();
    }

    @Test
    void whoCannotBeAskedAboutOrIsNotOursGoesBackToTheQueueToo() {
        ledger.expect("request", permitted -> {});
        answer = () -> {
            throw new ServiceException(ServiceException.Kind.UNAVAILABLE, "store_unavailable", "away");
        };
        assertThat(ledger.admit(ATTEMPT, NOW)).isInstanceOf(Admission.Refused.class);
        assertThat(ledger.forget("request")).map(QueueLedger.Postponed::rule).contains("store");

        ledger.expect("request", permitted -> {});
        answer = () -> new Admission.Refused("lease", "another process's");
        assertThat(ledger.admit(ATTEMPT, NOW)).isInstanceOf(Admission.Refused.class);
        assertThat(ledger.forget("request")).map(QueueLedger.Postponed::rule).contains("lease");
    }

    @Test
    void whoWaitsForThePaceOfItsTrunkStaysInTheEnginesLine() {
        ledger.expect("request", permitted -> {});
        var later = new Admission.Later(NOW.plusSeconds(60));
        answer = () -> later;

        assertThat(ledger.admit(ATTEMPT, NOW)).isSameAs(later);
        assertThat(ledger.forget("request")).isEmpty();
    }

    @Test
    void aPermitIsToldOfBeforeItIsUsedAndOthersPass() {
        List<Attempt> permitted = new ArrayList<>();
        ledger.expect("request", permitted::add);
        assertThat(ledger.admit(ATTEMPT, NOW)).isInstanceOf(Permit.class);
        assertThat(permitted).containsExactly(ATTEMPT);

        var other = new Attempt("transfer", 1, "carrier", "+15551230000", "other");
        var later = new Admission.Later(NOW.plusSeconds(3600), "quiet hours");
        answer = () -> later;
        assertThat(ledger.admit(other, NOW)).isSameAs(later);
    }
}
