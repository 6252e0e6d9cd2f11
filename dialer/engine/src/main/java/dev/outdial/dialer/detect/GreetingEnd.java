package dev.outdial.dialer.detect;

import java.util.Locale;

/** How a machine's greeting came to its end; after it the machine listens. */
public enum GreetingEnd {
    /** With a beep. */
    BEEP,
    /** With silence, and no beep in time. */
    SILENCE,
    /** It went on for too long to wait. */
    TOO_LONG;

    /** The word that reports use, such as {@code too-long}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
