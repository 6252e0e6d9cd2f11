package dev.outdial.dialer.ledger;

import dev.outdial.dialer.guard.Destination;
import dev.outdial.dialer.guard.DialGuard;
import dev.outdial.dialer.guard.Judgment;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.outcome.Phase;
import dev.outdial.dialer.pace.CallPacer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Says what speaks against an attempt, by rules and by what is known of attempts before it: the one decision behind every ledger. It
 * remembers nothing. <b>Threading:</b> any.
 */
public final class AttemptJudge {
    /** When to ask again where as many calls go on as may. */
    private static final Duration UNTIL_ONE_ENDS = Duration.ofMillis(200);

    private final LedgerRules rules;
    private final DialGuard guard;
    private final DialGuard bench;

    /**
     * What a ledger knows that bears on an attempt.
     *
     * @param callIdKnown whether its Call-ID was ever given a permit
     * @param attemptKnown whether its number of its request was
     * @param counts whether it is a call to the number of its own, and no other way for one that nobody heard
     * @param dialled when the number was dialled before, as far back as the longest limit goes
     */
    public record Past(boolean callIdKnown, boolean attemptKnown, boolean counts, List<Instant> dialled) {
        public Past {
            dialled = List.copyOf(dialled);
        }
    }

    /** A judge who keeps to rules. */
    public AttemptJudge(LedgerRules rules) {
        this.rules = rules;
        this.guard = new DialGuard(rules.guard());
        this.bench = new DialGuard(rules.bench());
    }

    /** What an attempt's target is. Takes a while for the first number. */
    public Destination read(Attempt attempt) {
        return guard(attempt).read(attempt.target());
    }

    /** What its calls are counted by: the number with its country, or the target as it is. */
    public static String counted(Attempt attempt, Destination destination) {
        return destination.e164().orElse(attempt.target());
    }

    /** How far back limits go for such an attempt; zero where there are none. */
    public Duration longestLimit(Attempt attempt) {
        return (attempt.loopback() ? rules.bench() : rules.guard())
                .limits().stream()
                        .map(limit -> limit.within())
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO);
    }

    /** What speaks against the attempt but the pace; empty for nothing. */
    public Optional<Admission> objection(Attempt attempt, Destination destination, Past past, Instant now) {
        if (past.callIdKnown()) {
            return refused("once", "Call-ID " + attempt.callId() + " has been dialled already");
        }
        if (past.attemptKnown()) {
            return refused(
                    "once",
                    "attempt " + attempt.number() + " of request " + attempt.requestId() + " has been dialled already");
        }
        return switch (guard(attempt).judge(destination, past.counts() ? past.dialled() : List.of(), now)) {
            case Judgment.Refused refused -> refused(refused.rule(), refused.why());
            case Judgment.Later later -> Optional.of(new Admission.Later(later.when(), later.rule()));
            case Judgment.Allowed allowed -> Optional.empty();
        };
    }

    /** What the pace says: not before the next slot of the trunk and of all trunks; empty for now. */
    public static Optional<Admission> pause(CallPacer trunk, CallPacer all, long nowNanos, Instant now) {
        OptionalLong one = trunk.waitNanos(nowNanos);
        OptionalLong inAll = all.waitNanos(nowNanos);
        Duration wait = one.isEmpty() || inAll.isEmpty()
                ? UNTIL_ONE_ENDS
                : Duration.ofNanos(Math.max(one.getAsLong(), inAll.getAsLong()));
        return wait.isPositive() ? Optional.of(new Admission.Later(now.plus(wait))) : Optional.empty();
    }

    /** Whether somebody may have heard an attempt: the next way for its request is another call to the number then. */
    public static boolean mayHaveBeenHeard(CallOutcome outcome) {
        return outcome.kind() != OutcomeKind.FAILED
                ? outcome.phase() != Phase.NONE
                : outcome.phase().compareTo(Phase.RINGING) >= 0;
    }

    private DialGuard guard(Attempt attempt) {
        return attempt.loopback() ? bench : guard;
    }

    private static Optional<Admission> refused(String rule, String why) {
        return Optional.of(new Admission.Refused(rule, why));
    }
}
