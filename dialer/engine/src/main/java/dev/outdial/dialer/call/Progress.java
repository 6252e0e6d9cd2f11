package dev.outdial.dialer.call;

import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.outcome.Phase;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How far the call came, and when. */
record Progress(Phase phase, OptionalLong ringingNanos, OptionalLong answeredNanos) {
    static final Progress START = new Progress(Phase.NONE, OptionalLong.empty(), OptionalLong.empty());

    Progress reached(Phase reached) {
        return new Progress(phase.furthest(reached), ringingNanos, answeredNanos);
    }

    Progress ringing(Phase reached, long now) {
        return new Progress(
                phase.furthest(reached), ringingNanos.isPresent() ? ringingNanos : OptionalLong.of(now), answeredNanos);
    }

    Progress answered(long now) {
        return new Progress(phase.furthest(Phase.ANSWERED), ringingNanos, OptionalLong.of(now));
    }

    boolean hasRung() {
        return ringingNanos.isPresent();
    }

    CallOutcome outcome(
            OutcomeKind kind,
            OptionalInt sipCode,
            OptionalInt cause,
            EndedBy by,
            boolean retryable,
            String reason,
            long endNanos) {
        long ringEnd = answeredNanos.orElse(endNanos);
        return new CallOutcome(
                kind,
                sipCode,
                cause,
                by,
                phase,
                retryable,
                reason,
                millis(ringEnd - ringingNanos.orElse(ringEnd)),
                millis(endNanos - answeredNanos.orElse(endNanos)));
    }

    private static long millis(long nanos) {
        return Math.max(0, nanos / 1_000_000);
    }
}
