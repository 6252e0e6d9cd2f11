package dev.outdial.dialer.retry;

import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.OutcomeKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Whether and when a request is dialled again after an attempt that came to nothing. Pure: what chance has a say in is an argument.
 *
 * <p>Where nobody says otherwise, it is dialled again after busy, no answer, and a failure that may pass ({@link
 * CallOutcome#retryable}: a timeout or 503, say); never after a decline, a refusal of our own guard, an outcome that nobody knows, or
 * where somebody picked up. Who gave up is not called again, whatever is said.
 *
 * @param mostAttempts how many attempts a request has in all, counted by their numbers: those over further trunks use it up too; from 1
 * @param firstWait how long to wait before the second attempt
 * @param factor what the wait is multiplied by each time, 1 or more
 * @param longestWait the wait grows no longer; a far end that asks for a longer one (Retry-After) is not called again
 * @param jitter by which share the wait is spread to either side, 0 to 1, so that what failed together does not come back together
 * @param kinds after which outcomes it is dialled again
 * @param evenAnswered whether that holds where somebody had picked up
 */
public record RetryPolicy(
        int mostAttempts,
        Duration firstWait,
        double factor,
        Duration longestWait,
        double jitter,
        Set<OutcomeKind> kinds,
        boolean evenAnswered) {
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final double MOST_GROWTH = 1e12;

    public RetryPolicy {
        Objects.requireNonNull(longestWait, "longestWait");
        kinds = Set.copyOf(kinds);
        if (mostAttempts < 1) {
            throw new IllegalArgumentException(mostAttempts + " attempts: one or more is expected");
        }
        if (firstWait.isNegative() || longestWait.compareTo(firstWait) < 0) {
            throw new IllegalArgumentException("a first wait of " + firstWait + " and a longest of " + longestWait
                    + ": the longest is not shorter than the first, and none is negative");
        }
        if (!(factor >= 1) || factor > MOST_GROWTH) {
            throw new IllegalArgumentException("factor " + factor + ": 1 or more is expected");
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter " + jitter + ": 0 to 1 is expected");
        }
        if (kinds.contains(OutcomeKind.CANCELED)) {
            throw new IllegalArgumentException(
                    "what was given up is not dialled again: expected are the other outcomes");
        }
    }

    /** So many attempts, with that wait before the second, twice as long before each further one, up to an hour; spread by a tenth. */
    public static RetryPolicy of(int mostAttempts, Duration firstWait) {
        return new RetryPolicy(
                mostAttempts,
                firstWait,
                2,
                firstWait.compareTo(LONGEST_WAIT) > 0 ? firstWait : LONGEST_WAIT,
                0.1,
                EnumSet.of(OutcomeKind.BUSY, OutcomeKind.NO_ANSWER, OutcomeKind.FAILED),
                false);
    }

    /** The same, with waits that grow by that factor up to that one. */
    public RetryPolicy growing(double by, Duration longest) {
        return new RetryPolicy(mostAttempts, firstWait, by, longest, jitter, kinds, evenAnswered);
    }

    /** The same, spread by that share to either side. */
    public RetryPolicy spread(double share) {
        return new RetryPolicy(mostAttempts, firstWait, factor, longestWait, share, kinds, evenAnswered);
    }

    /** The same, after these outcomes and no others. */
    public RetryPolicy after(Set<OutcomeKind> outcomes) {
        return new RetryPolicy(mostAttempts, firstWait, factor, longestWait, jitter, outcomes, evenAnswered);
    }

    /** The same, where somebody had picked up too: a call that was dropped, or one that was completed where that is among the outcomes. */
    public RetryPolicy evenIfAnswered() {
        return new RetryPolicy(mostAttempts, firstWait, factor, longestWait, jitter, kinds, true);
    }

    /** What to do. */
    public sealed interface Decision {
        /** Dial again after that time. */
        record Again(Duration pause) implements Decision {}

        /**
         * Leave it at that.
         *
         * @param why one sentence for people
         */
        record Enough(String why) implements Decision {}
    }

    /**
     * What to do after an attempt.
     *
     * @param attempt its number, from 1
     * @param random from 0 up to 1, evenly distributed
     */
    public Decision decide(int attempt, CallOutcome outcome, double random) {
        if (attempt >= mostAttempts) {
            return new Decision.Enough("attempt " + attempt + " was the last of " + mostAttempts);
        }
        if (!kinds.contains(outcome.kind())) {
            return new Decision.Enough("after the outcome " + outcome.kind().word() + " it is not dialled again");
        }
        if (outcome.answered() && !evenAnswered) {
            return new Decision.Enough("somebody had picked up");
        }
        if (outcome.kind() == OutcomeKind.FAILED && !outcome.answered() && !outcome.retryable()) {
            return new Decision.Enough("another attempt would fail alike: " + outcome.reason());
        }
        Duration asked = outcome.retryAfter().orElse(Duration.ZERO);
        if (asked.compareTo(longestWait) > 0) {
            return new Decision.Enough("the far end asks us to wait for " + asked.toSeconds() + " s");
        }
        Duration wait = spreadWait(attempt, random);
        return new Decision.Again(asked.compareTo(wait) > 0 ? asked : wait);
    }

    private Duration spreadWait(int attempt, double random) {
        double grown = firstWait.toNanos() * Math.min(MOST_GROWTH, Math.pow(factor, attempt - 1.0));
        double capped = Math.min(grown, longestWait.toNanos());
        double spread = capped * (1 + jitter * (2 * random - 1));
        return Duration.ofNanos((long) Math.min(spread, longestWait.toNanos()));
    }
}
