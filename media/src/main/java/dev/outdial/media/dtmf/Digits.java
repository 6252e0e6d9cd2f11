package dev.outdial.media.dtmf;

/**
 * The sixteen keys of a telephone and their event codes (RFC 4733 section 3.2), and the pauses that may be written between
 * them: {@code ,} and {@code w} for half a second, {@code W} for a second. A pause is no key: nobody presses or hears it.
 */
public final class Digits {
    /** The shortest key, and the shortest pause between two, that every telephone exchange must hear (ITU-T Q.24). */
    public static final int MIN_MILLIS = 40;
    /** The longest key and the longest pause after one. */
    public static final int MAX_MILLIS = 60_000;

    private static final String BY_EVENT = "0123456789*#ABCD";

    private Digits() {}

    /** Whether each character is a key or a pause. */
    public static boolean areKeysOrPauses(String sequence) {
        return sequence.chars().allMatch(c -> BY_EVENT.indexOf(c) >= 0 || pauseMillis((char) c) > 0);
    }

    /** How long the pause is that this character stands for; 0 for a key and for everything else. */
    public static int pauseMillis(char c) {
        return switch (c) {
            case ',', 'w' -> 500;
            case 'W' -> 1000;
            default -> 0;
        };
    }

    /**
     * Checks how keys are to be pressed.
     *
     * @param toneMillis how long a key is down, {@link #MIN_MILLIS} to {@link #MAX_MILLIS}
     * @param pauseMillis the pause after it, within the same
     * @throws IllegalArgumentException for anything else
     */
    public static void checkTimes(int toneMillis, int pauseMillis) {
        if (toneMillis < MIN_MILLIS || toneMillis > MAX_MILLIS || pauseMillis < MIN_MILLIS || pauseMillis > MAX_MILLIS)
            throw new IllegalArgumentException("key of " + toneMillis + " ms and pause of " + pauseMillis
                    + " ms, expected " + MIN_MILLIS + " to " + MAX_MILLIS);
    }

    /** Whether this event code is a key. */
    public static boolean isKey(int event) {
        return event >= 0 && event < BY_EVENT.length();
    }

    /** Whether this character is a key. */
    public static boolean isKeyCharacter(char character) {
        return BY_EVENT.indexOf(character) >= 0;
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
