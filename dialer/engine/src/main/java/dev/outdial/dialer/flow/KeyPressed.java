package dev.outdial.dialer.flow;

/** What a key does while something is heard. */
public enum KeyPressed {
    /** It is kept, and the sound goes on. */
    IGNORED,
    /** It is kept, the sound ends, and the next step comes. */
    GOES_ON
}
