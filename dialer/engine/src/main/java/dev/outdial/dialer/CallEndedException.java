package dev.outdial.dialer;

import dev.outdial.dialer.outcome.CallOutcome;

/** The call was over, or ended meanwhile, so that what was asked of it could not be done; it says how the call ended. */
public final class CallEndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient CallOutcome outcome;

    CallEndedException(CallOutcome outcome) {
        super("the call has ended: " + outcome.kind().word() + ", " + outcome.reason());
        this.outcome = outcome;
    }

    /** How the call ended. */
    public CallOutcome outcome() {
        return outcome;
    }
}
