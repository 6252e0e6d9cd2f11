package dev.outdial.dialer.outcome;

/** The furthest point that a call reached, in the order in which a call passes them. */
public enum Phase {
    /** No INVITE was handed to the wire. */
    NONE("none"),
    /** The INVITE left. */
    SENT("sent"),
    /** A 180, 181, 182 or 183 without a session description arrived. */
    RINGING("ringing"),
    /** A provisional response with a session description arrived. */
    EARLY_MEDIA("early-media"),
    /** A 2xx arrived. */
    ANSWERED("answered"),
    /** After the answer, RTP of the far end was received. */
    MEDIA("media");

    private final String word;

    Phase(String word) {
        this.word = word;
    }

    /** The word used in JSON, logs and documents. */
    public String word() {
        return word;
    }

    /** The later of the two phases. */
    public Phase furthest(Phase other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
