package dev.outdial.server.webhook;

import java.time.Duration;
import java.time.Instant;

/** What becomes of a delivery after a try. */
sealed interface Verdict {
    /** It arrived. */
    record Delivered() implements Verdict {}

    /** It is tried again. */
    record Again(Instant at, String why) implements Verdict {}

    /** It is given up. @param isGone whether the receiver wants nothing any more */
    record Dead(String why, boolean isGone) implements Verdict {}

    /** What is older is given up. */
    Duration LONGEST = Duration.ofHours(72);

    /** Between the first try and the second, twice that before the third, and so on. */
    Duration FIRST_PAUSE = Duration.ofSeconds(5);

    Duration LONGEST_PAUSE = Duration.ofHours(2);

    /**
     * Judges a try.
     *
     * @param triesBefore how many there were before this one
     * @param luck 0 up to 1: draws the pause from three quarters to five quarters of what it is
     */
    static Verdict of(Answer answer, int triesBefore, Instant created, Instant now, double luck) {
        return switch (answer) {
            case Answer.Accepted yes -> new Delivered();
            case Answer.Gone gone -> new Dead("answered 410", true);
            case Answer.Refused no ->
                again(
                        "answered " + no.status(),
                        longer(Backoff.pause(FIRST_PAUSE, LONGEST_PAUSE, triesBefore, luck), no),
                        created,
                        now);
            case Answer.Unreachable away ->
                again(away.why(), Backoff.pause(FIRST_PAUSE, LONGEST_PAUSE, triesBefore, luck), created, now);
        };
    }

    private static Duration longer(Duration pause, Answer.Refused no) {
        return no.retryAfter().filter(wanted -> wanted.compareTo(pause) > 0).orElse(pause);
    }

    private static Verdict again(String why, Duration pause, Instant created, Instant now) {
        Instant end = created.plus(LONGEST);
        if (!now.isBefore(end)) return new Dead(why, false);
        Instant next = now.plus(pause);
        // The last try is at the end of the time, wherever the pauses would have it.
        return new Again(next.isBefore(end) ? next : end, why);
    }
}
