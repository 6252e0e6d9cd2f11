package dev.outdial.media.tone;

/** What a special information tone says in North America, where frequencies and lengths of the first two tones tell. */
public enum SitKind {
    /** The number was changed or is out of service (intercept). */
    INTERCEPT,
    /** There is no such number (vacant code). */
    VACANT_CODE,
    /** Equipment on the way failed (reorder). */
    REORDER,
    /** All circuits are busy (no circuit). */
    NO_CIRCUIT,
    /** None of these: most of the world has one special information tone for all. */
    UNSPECIFIED
}
