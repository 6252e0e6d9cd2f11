package dev.outdial.server.webhook;

import dev.outdial.server.webhook.Profile.Manner;
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
    Duration LONGEST = Duration.ofDays(3);

    /** Between the first try and the second, twice that before the third, and so on. */
    Duration FIRST_PAUSE = Duration.ofSeconds(5);

    Duration LONGEST_PAUSE = Duration.ofHours(2);

    /** Of the manners that try a few times only: between two tries. */
    Duration SHORT_PAUSE = Duration.ofSeconds(1);

    int FEW_TRIES = 3;

    /** Judges a try in one of the manners; parts as below. */
    static Verdict of(Manner manner, Answer answer, int triesBefore, Instant created, Instant now, double luck) {
        return switch (manner) {
            case STANDARD -> of(answer, triesBefore, created, now, luck);
            case THREE_UNLESS_ANSWERED -> isAnswered(answer) ? new Delivered() : few(answer, triesBefore, now);
            case THREE -> few(answer, triesBefore, now);
            case ONCE_AND_FALLBACK -> few(answer, FEW_TRIES, now);
        };
    }

    private static boolean isAnswered(Answer answer) {
        return switch (answer) {
            case Answer.Accepted yes -> true;
            case Answer.Gone gone -> true;
            case Answer.Refused no -> no.status() < 500;
            case Answer.Unreachable away -> false;
        };
    }

    private static Verdict few(Answer answer, int triesBefore, Instant now) {
        return switch (answer) {
            case Answer.Accepted yes -> new Delivered();
            case Answer.Gone gone -> few("answered 410", triesBefore, now);
            case Answer.Refused no -> few("answered " + no.status(), triesBefore, now);
            case Answer.Unreachable away -> few(away.why(), triesBefore, now);
        };
    }

    private static Verdict few(String why, int triesBefore, Instant now) {
        return triesBefore + 1 < FEW_TRIES ? new Again(now.plus(SHORT_PAUSE), why) : new Dead(why, false);
    }

    /**
     * Judges a try in the manner of Standard Webhooks.
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
