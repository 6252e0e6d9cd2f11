package dev.outdial.dialer.detect;

/** What a tone in the far end's sound says. */
public enum ToneKind {
    /** A phone rings. */
    RINGBACK("ringback"),
    /** The callee is busy. */
    BUSY("busy"),
    /** The network has no way to the callee (congestion, reorder, fast busy). */
    CONGESTION("congestion"),
    /** Special information tone: the number was changed or is out of service. */
    INTERCEPT("special information: intercept"),
    /** Special information tone: there is no such number. */
    VACANT_CODE("special information: no such number"),
    /** Special information tone: equipment on the way failed. */
    REORDER("special information: reorder"),
    /** Special information tone: all circuits are busy. */
    NO_CIRCUIT("special information: no circuit"),
    /** Special information tone that does not say what of. */
    SPECIAL_INFORMATION("special information"),
    /** A fax machine that calls. */
    FAX_CALLING("calling fax"),
    /** A fax machine, or a modem of old, that answers. */
    FAX_ANSWER("answering fax"),
    /** A modem, or a fax machine that is as fast as one. */
    MODEM("modem"),
    /** One steady tone that is none of the others: most likely an answering machine's. */
    BEEP("beep");

    private final String words;

    ToneKind(String words) {
        this.words = words;
    }

    /** What it is in words. */
    public String words() {
        return words;
    }
}
