package dev.outdial.dialer.outcome;

/** What became of a call, in one word. The exit status is the one of the {@code outdial} command. */
public enum OutcomeKind {
    /** Answered, then ended by anyone. */
    COMPLETED("completed", 0),
    /** The callee was busy: 486, 600 or Q.850 cause 17. */
    BUSY("busy", 10),
    /** Nobody picked up: our ring timer, 480, 408 after ringing, Q.850 causes 18 and 19. */
    NO_ANSWER("no-answer", 11),
    /** A person or a policy said no: 403, 603, 607, 608 and other 6xx, or Q.850 cause 21. */
    REJECTED("rejected", 12),
    /** The wire, the trunk, the number, the codec or the authentication failed, or the call was dropped. */
    FAILED("failed", 13),
    /** Given up before the answer: by us, or since another telephone took the call (Q.850 cause 26). */
    CANCELED("canceled", 14),
    /** Our own guard said no; no INVITE was sent. */
    REFUSED("refused", 15),
    /** A crash between permit and settlement: nobody knows. */
    UNKNOWN("unknown", 16);

    private final String word;
    private final int exitStatus;

    OutcomeKind(String word, int exitStatus) {
        this.word = word;
        this.exitStatus = exitStatus;
    }

    /** The word used in JSON, logs and documents. */
    public String word() {
        return word;
    }

    /** The exit status of the {@code outdial} command for this outcome, 0 or 10 to 16. */
    public int exitStatus() {
        return exitStatus;
    }
}
