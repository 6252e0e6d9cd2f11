package dev.outdial.media.amd;

/** What a verdict was decided by. */
public enum DecidedBy {
    /** A greeting no longer than {@link MachineRules#greetingMillis} and the silence after it. */
    SHORT_GREETING,
    /** A longer greeting, such as a receptionist's, and a longer silence after it without a beep. */
    GREETING_AND_SILENCE,
    /** A greeting longer than {@link MachineRules#longestGreetingMillis}. */
    LONG_GREETING,
    /** More words than {@link MachineRules#maxWords}. */
    MANY_WORDS,
    /** A tone after words. */
    BEEP,
    /** The tone of a fax or a modem. */
    FAX_TONE,
    /** No word for {@link MachineRules#initialSilenceMillis}. */
    NO_WORD,
    /** Tones and nothing else: busy, congestion, keys. */
    ONLY_TONES,
    /** {@link MachineRules#totalMillis} were over. */
    TIME,
    /** The search itself broke down: a fault of our own. */
    FAULT
}
