package dev.outdial.dialer.sound;

/** Which way sound goes in a call. */
public enum SoundDirection {
    /** From us to the far end. */
    OUTGOING,
    /** From the far end to us. */
    INCOMING,
    /** Both ways. */
    BOTH
}
