package dev.outdial.dialer.gather;

/** Why a gathering of keys ended. */
public enum GatherEnd {
    /** As many keys came as were asked for. */
    MAX_DIGITS("max-digits"),
    /** A terminating key was pressed. */
    TERMINATING_DIGIT("terminating-digit"),
    /** No key, or no further one, came in time. */
    INTER_DIGIT_TIMEOUT("inter-digit-timeout"),
    /** The call ended, whoever ended it. */
    HUNG_UP("hung-up"),
    /** Our side wanted no more. */
    CANCELLED("cancelled");

    private final String word;

    GatherEnd(String word) {
        this.word = word;
    }

    /** The word used in JSON, logs and documents. */
    public String word() {
        return word;
    }
}
