package dev.outdial.dialer.outcome;

/** Which side ended a call. */
public enum EndedBy {
    /** Our side: a hang-up, the ring time or the maximum duration, a guard, a fault of our own. */
    LOCAL("local"),
    /** The far end or something on the way to it; its silence too. */
    REMOTE("remote");

    private final String word;

    EndedBy(String word) {
        this.word = word;
    }

    /** The word used in JSON, logs and documents. */
    public String word() {
        return word;
    }
}
