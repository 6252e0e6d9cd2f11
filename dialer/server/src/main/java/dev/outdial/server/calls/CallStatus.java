package dev.outdial.server.calls;

import java.util.Locale;

/** Where a call stands; forward only, as {@link #mayBecome} says. */
public enum CallStatus {
    /** Accepted, and waits to be dialled. */
    QUEUED,
    /** May have been dialled: never dialled again by itself. */
    DIALING,
    RINGING,
    PROGRESSING,
    /** Ended by us before the answer, which is not confirmed yet. */
    CANCELING,
    /** Ended by us after the answer, which is not confirmed yet. */
    TERMINATING,
    /** Over. */
    HANGUP;

    /** The word in JSON and in the store. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a call may go from here to there. */
    public boolean mayBecome(CallStatus next) {
        return switch (this) {
            case QUEUED -> next == DIALING || next == HANGUP;
            case DIALING ->
                next == RINGING || next == PROGRESSING || next == TERMINATING || next == CANCELING || next == HANGUP;
            case RINGING -> next == PROGRESSING || next == TERMINATING || next == CANCELING || next == HANGUP;
            case PROGRESSING -> next == TERMINATING || next == HANGUP;
            case CANCELING, TERMINATING -> next == HANGUP;
            case HANGUP -> false;
        };
    }
}
