package dev.outdial.dialer.group;

/** Why nobody of a group picked up. */
public enum NobodyBecause {
    /** Each member who was to be rung was, and ended unanswered; or no more may be dialled, since the dialer closes. */
    ALL_ENDED,
    /** The ring time of the group was over. */
    TIME_OVER,
    /** Whoever holds the group hung up. */
    GIVEN_UP
}
