package dev.outdial.dialer.outcome;

/**
 * Why our side ends a call, as the far end is told: an answered one by BYE and one that is not answered yet by CANCEL, both with a Q.850
 * cause in a Reason header (RFC 3326; a CANCEL for {@link #NORMAL} goes without), a call to us that nobody answered by a final response.
 */
public enum HangUpCause {
    /** There is nothing more to say. */
    NORMAL("normal", 16, 480),
    /** It has taken as long as it may. */
    TIMEOUT("timeout", 16, 480),
    /** A machine answered, and a person was wanted. */
    MACHINE("machine", 16, 480),
    /** Somebody else whom we rang was quicker: phones then show no missed call (RFC 3326 section 3.1). */
    ANSWERED_ELSEWHERE("answered elsewhere", 26, 480),
    /** Who should talk with it is busy. */
    BUSY("busy", 17, 486),
    /** Who should talk with it does not pick up. */
    NO_ANSWER("no answer", 19, 480),
    /** Somebody or a policy does not want it. */
    REJECTED("rejected", 21, 603),
    /** Something that it needs went wrong. */
    FAILED("failed", 41, 408);

    private final String word;
    private final int q850;
    private final int refusal;

    HangUpCause(String word, int q850, int refusal) {
        this.word = word;
        this.q850 = q850;
        this.refusal = refusal;
    }

    /** The word used in JSON, logs and documents. */
    public String word() {
        return word;
    }

    /** The cause of ITU-T Q.850 that is sent, 16 to 41. */
    public int q850() {
        return q850;
    }

    /** The SIP status that refuses a call to us. */
    public int refusal() {
        return refusal;
    }
}
