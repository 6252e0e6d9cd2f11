package dev.outdial.server.calls.live;

import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.retry.RetryPolicy;
import dev.outdial.server.calls.Schedule;
import dev.outdial.server.dial.QueueLedger.Postponed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What becomes of a call of the queue when its dialling has come to an end. Pure. */
sealed interface AfterDialling {
    /** Nobody was called: it goes back to the queue. */
    record Wait(Postponed until) implements AfterDialling {}

    /** It came to nothing, and is dialled again then. */
    record Again(Instant due) implements AfterDialling {}

    /** It is over. */
    record Over() implements AfterDialling {}

    /**
     * How it ended.
     *
     * @param postponed what the ledger said in place of yes or no
     * @param isAsked whether our side wanted it to end
     * @param attempt of which number the last permit was; 0 where none was given
     */
    record Ended(CallOutcome outcome, Optional<Postponed> postponed, boolean isAsked, int attempt) {}

    /**
     * Decides.
     *
     * @param retryWait before the second attempt
     * @param random 0 to 1, spreads attempts
     */
    static AfterDialling of(Ended ended, Schedule schedule, Duration retryWait, Instant now, double random) {
        OutcomeKind kind = ended.outcome().kind();
        if (ended.postponed().isPresent() && kind == OutcomeKind.REFUSED) {
            return new Wait(ended.postponed().get());
        }
        if (kind == OutcomeKind.CANCELED && !ended.isAsked() && ended.attempt() == 0) {
            // The dialer was closed while it waited for its trunk's pace: nobody wanted it canceled, nobody was called.
            return new Wait(new Postponed(now, "closing", ""));
        }
        if (schedule.retries() == 0 || ended.isAsked()) return new Over();
        var decision = RetryPolicy.of(schedule.retries() + 1, retryWait)
                .decide(Math.max(1, ended.attempt()), ended.outcome(), random);
        if (!(decision instanceof RetryPolicy.Decision.Again again)) return new Over();
        Instant due = now.plus(again.pause());
        boolean isTooLate = schedule.giveUpAt().filter(due::isAfter).isPresent();
        return isTooLate ? new Over() : new Again(due);
    }
}
