package dev.outdial.media.dtmf;

/** The sixteen keys of a telephone and their event codes (RFC 4733 section 3.2). */
public final class Digits {
    private static final String BY_EVENT = "0123456789*#ABCD";

    private Digits() {}

    /** Whether each character is 0-9, *, #, or A-D. */
    public static boolean areAll(String digits) {
        return digits.chars().allMatch(c -> BY_EVENT.indexOf(c) >= 0);
    }

    /** Whether this event code is a key. */
    public static boolean isKey(int event) {
        return event >= 0 && event < BY_EVENT.length();
    }

    static char ofEvent(int event) {
        return BY_EVENT.charAt(event);
    }

    static int eventOf(char digit) {
        int event = BY_EVENT.indexOf(digit);
        if (event < 0) throw new IllegalArgumentException("'" + digit + "', expected one of " + BY_EVENT);
        return event;
    }
}
