package dev.outdial.server.store;

import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.outcome.Phase;
import java.util.OptionalInt;

/** How attempts end. */
final class Outcomes {
    private Outcomes() {}

    static CallOutcome busy() {
        return of(OutcomeKind.BUSY, Phase.RINGING);
    }

    static CallOutcome failedBeforeRinging() {
        return of(OutcomeKind.FAILED, Phase.SENT);
    }

    static CallOutcome canceledBeforeItLeft() {
        return of(OutcomeKind.CANCELED, Phase.NONE);
    }

    private static CallOutcome of(OutcomeKind kind, Phase phase) {
        return new CallOutcome(
                kind, OptionalInt.empty(), OptionalInt.empty(), EndedBy.values()[0], phase, true, "so it is", 0, 0);
    }
}
