package dev.outdial.dialer.outcome;

/** Why our side ended a call, where it did. */
public enum LocalReason {
    /** Whoever has the call said so. */
    HANG_UP("hang-up"),
    /** It rang for as long as it was to ring. */
    RING_TIME("ring time"),
    /** It lasted as long as it was to last. */
    MAX_DURATION("maximum duration"),
    /** Somebody else of a group picked up. */
    ANSWERED_ELSEWHERE("answered elsewhere"),
    /** The dialer was closed. */
    CLOSING("closing"),
    /** The answer had no sound that we can do. */
    INCOMPATIBLE("incompatible"),
    /** The far end's sound was missed for too long. */
    SILENCE("silence"),
    /** A fault of our own. */
    FAULT("fault");

    private final String word;

    LocalReason(String word) {
        this.word = word;
    }

    /** The word used in JSON, logs and documents. */
    public String word() {
        return word;
    }
}
