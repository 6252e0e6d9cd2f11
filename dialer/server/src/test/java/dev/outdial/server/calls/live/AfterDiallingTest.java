package dev.outdial.server.calls.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.outcome.Phase;
import dev.outdial.server.calls.Schedule;
import dev.outdial.server.calls.live.AfterDialling.Ended;
import dev.outdial.server.dial.QueueLedger.Postponed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AfterDiallingTest {
    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static CallOutcome outcome(OutcomeKind kind, int sipCode) {
        return new CallOutcome(
                kind,
                sipCode == 0 ? OptionalInt.empty() : OptionalInt.of(sipCode),
                OptionalInt.empty(),
                EndedBy.REMOTE,
                Phase.RINGING,
                false,
                "so it ended",
                0,
                0);
    }

    private static Schedule retrying(int times, Optional<Instant> giveUpAt) {
        return new Schedule(Optional.empty(), Optional.empty(), 0, times, giveUpAt);
    }

    private static AfterDialling after(Ended ended, Schedule schedule) {
        return AfterDialling.of(ended, schedule, MINUTE, NOW, 0.5);
    }

    private static Ended busy(int attempt) {
        return new Ended(outcome(OutcomeKind.BUSY, 486), Optional.empty(), false, attempt);
    }

    @Test
    void whomTheLedgerPutOffWaits() {
        var until = new Postponed(NOW.plusSeconds(90), "limit", "call-id");
        var refused = new Ended(outcome(OutcomeKind.REFUSED, 0), Optional.of(until), false, 0);

        assertThat(after(refused, Schedule.NOW)).isEqualTo(new AfterDialling.Wait(until));
        // Put off once, permitted later, and answered with busy: that counts.
        var permitted = new Ended(outcome(OutcomeKind.BUSY, 486), Optional.of(until), false, 1);
        assertThat(after(permitted, Schedule.NOW)).isEqualTo(new AfterDialling.Over());
    }

    @Test
    void whomAClosingDialerGaveUpBeforeItsPermitWaits() {
        CallOutcome canceled = outcome(OutcomeKind.CANCELED, 0);

        assertThat(after(new Ended(canceled, Optional.empty(), false, 0), Schedule.NOW))
                .isEqualTo(new AfterDialling.Wait(new Postponed(NOW, "closing", "")));
        assertThat(after(new Ended(canceled, Optional.empty(), true, 0), Schedule.NOW))
                .isEqualTo(new AfterDialling.Over());
        assertThat(after(new Ended(canceled, Optional.empty(), false, 1), Schedule.NOW))
                .isEqualTo(new AfterDialling.Over());
    }

    @Test
    void whoIsBusyIsDialledAgainAsOftenAsWanted() {
        Schedule twice = retrying(1, Optional.empty());

        assertThat(after(busy(1), twice))
                .isInstanceOfSatisfying(
                        AfterDialling.Again.class,
                        again -> assertThat(again.due())
                                .isBetween(NOW.plus(MINUTE.dividedBy(2)), NOW.plus(MINUTE.multipliedBy(2))));
        assertThat(after(busy(2), twice)).isEqualTo(new AfterDialling.Over());
        assertThat(after(busy(1), Schedule.NOW)).isEqualTo(new AfterDialling.Over());
    }

    @Test
    void nobodyIsDialledAgainWhoWasTalkedToOrWhomWeGaveUpOrWhoseTimeIsPast() {
        Schedule often = retrying(5, Optional.empty());
        var talked = new Ended(outcome(OutcomeKind.COMPLETED, 200), Optional.empty(), false, 1);

        assertThat(after(talked, often)).isEqualTo(new AfterDialling.Over());
        assertThat(after(new Ended(outcome(OutcomeKind.BUSY, 486), Optional.empty(), true, 1), often))
                .isEqualTo(new AfterDialling.Over());
        assertThat(after(busy(1), retrying(5, Optional.of(NOW.plusSeconds(10)))))
                .isEqualTo(new AfterDialling.Over());
    }
}
