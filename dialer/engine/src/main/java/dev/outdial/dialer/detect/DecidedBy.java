package dev.outdial.dialer.detect;

import java.util.Locale;

/** What it was decided by who answered. */
public enum DecidedBy {
    /** A short greeting and the silence after it. */
    SHORT_GREETING,
    /** A longer greeting, such as a receptionist's, and a longer silence after it without a beep. */
    GREETING_AND_SILENCE,
    /** A greeting longer than a person's. */
    LONG_GREETING,
    /** More words than a person greets with. */
    MANY_WORDS,
    /** A tone after words. */
    BEEP,
    /** The tone of a fax or a modem. */
    FAX_TONE,
    /** No word in time. */
    NO_WORD,
    /** Tones and nothing else: busy, congestion. */
    ONLY_TONES,
    /** The time was over. */
    TIME,
    /** The search itself broke down: a fault of our own. */
    FAULT;

    /** The word that reports use, such as {@code long-greeting}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
