package dev.outdial.dialer.guard;

import java.time.Instant;

/** What a guard says of a target. */
public sealed interface Judgment {
    /** It may be dialled now. */
    record Allowed() implements Judgment {}

    /**
     * It may not be dialled.
     *
     * @param rule the rule that says so, in a word or two
     * @param why one sentence for people
     */
    record Refused(String rule, String why) implements Judgment {}

    /**
     * It may not be dialled before then.
     *
     * @param when not before this time
     * @param rule the rule that says so
     */
    record Later(Instant when, String rule) implements Judgment {}
}
