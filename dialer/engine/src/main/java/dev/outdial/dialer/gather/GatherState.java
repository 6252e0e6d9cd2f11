package dev.outdial.dialer.gather;

/** How far a gathering of keys is. */
public enum GatherState {
    /** Its prompt plays, or waits to. */
    PROMPTING,
    /** It waits for keys. */
    COLLECTING,
    /** It is over. */
    DONE
}
