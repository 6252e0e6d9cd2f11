package dev.outdial.media.amd;

/** How a machine's greeting came to its end: from then on it listens. */
public enum GreetingEnd {
    /** With a beep, and silence after it. */
    BEEP,
    /** With silence, and no beep in time. */
    SILENCE,
    /** It did not end in {@link MachineRules#longestMessageMillis}. */
    TOO_LONG
}
