package dev.outdial.sip.health;

import java.util.concurrent.TimeUnit;

/** How a hop is doing: a circuit breaker. A value; {@link #after} says what becomes of it. */
public sealed interface TargetHealth {
    /** How often in a row a hop may be silent or unreachable before it is left alone. */
    int MOST_FAILURES = 3;

    /** The first pause of a hop that is left alone; each further one is twice as long. */
    long SHORTEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** The longest such pause, before jitter. */
    long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** How long a hop rests after a 503 that does not say. */
    int REST_SECONDS = 2;

    /** The longest rest that a 503 can ask for. */
    int LONGEST_REST_SECONDS = 300;

    /** How long one call may take to find out: timer B and a little more. */
    long PROBE_NANOS = TimeUnit.SECONDS.toNanos(35);

    /** As good as new. */
    TargetHealth SOUND = new Closed(0);

    /**
     * In use.
     *
     * @param failures in a row, fewer than {@link #MOST_FAILURES}
     */
    record Closed(int failures) implements TargetHealth {}

    /**
     * It asked for a rest.
     *
     * @param seconds the rest, as it was asked for
     */
    record Resting(long untilNanos, int seconds) implements TargetHealth {}

    /**
     * Left alone; after that, one call may try.
     *
     * @param pauseNanos the length of the pause, without jitter
     * @param why half a sentence
     */
    record Open(long untilNanos, long pauseNanos, String why) implements TargetHealth {}

    /**
     * One call tries ("half open").
     *
     * @param untilNanos when it is given up waiting for what that call says, and another may try
     * @param pauseNanos the length of the pause before
     * @param why half a sentence on the time before
     */
    record Probing(long untilNanos, long pauseNanos, String why) implements TargetHealth {}

    /**
     * What a hop does next makes of it.
     *
     * @param jitter 0 to below 1, drawn for this: a pause lasts from three to five quarters of what it is
     */
    static TargetHealth after(TargetHealth health, TargetEvent event, long nowNanos, double jitter) {
        return switch (event) {
            case TargetEvent.Answered answered -> afterAnswer(health, nowNanos);
            case TargetEvent.Silent silent -> afterFailure(health, "does not answer", nowNanos, jitter);
            case TargetEvent.Unreachable unreachable ->
                afterFailure(health, "cannot be reached: " + unreachable.why(), nowNanos, jitter);
            case TargetEvent.Untried untried -> afterNothing(health, nowNanos);
            case TargetEvent.Overloaded overloaded -> {
                int asked = overloaded.retryAfterSeconds().orElse(0);
                int seconds = asked == 0 ? REST_SECONDS : Math.min(asked, LONGEST_REST_SECONDS);
                yield longer(health, new Resting(nowNanos + TimeUnit.SECONDS.toNanos(seconds), seconds), nowNanos);
            }
        };
    }

    /** Whether a request may go there now. */
    static boolean isUsable(TargetHealth health, long nowNanos) {
        return switch (health) {
            case Closed closed -> true;
            case Resting resting -> nowNanos - resting.untilNanos() >= 0;
            case Open open -> nowNanos - open.untilNanos() >= 0;
            case Probing probing -> nowNanos - probing.untilNanos() >= 0;
        };
    }

    /** A call is about to go there, and nobody else should for now where there is doubt. */
    static TargetHealth tried(TargetHealth health, long nowNanos) {
        return switch (health) {
            case Closed closed -> closed;
            case Resting resting -> resting;
            case Open open -> new Probing(nowNanos + PROBE_NANOS, open.pauseNanos(), open.why());
            case Probing probing -> new Probing(nowNanos + PROBE_NANOS, probing.pauseNanos(), probing.why());
        };
    }

    // The answer may be to a request from before the 503: that one's rest holds.
    private static TargetHealth afterAnswer(TargetHealth health, long nowNanos) {
        return switch (health) {
            case Resting resting -> isUsable(resting, nowNanos) ? SOUND : resting;
            case Closed closed -> SOUND;
            case Open open -> SOUND;
            case Probing probing -> SOUND;
        };
    }

    // The next call may find out in place of that one.
    private static TargetHealth afterNothing(TargetHealth health, long nowNanos) {
        return switch (health) {
            case Resting resting -> resting;
            case Closed closed -> closed;
            case Open open -> open;
            case Probing probing -> new Open(nowNanos, probing.pauseNanos(), probing.why());
        };
    }

    private static TargetHealth afterFailure(TargetHealth health, String why, long nowNanos, double jitter) {
        return switch (health) {
            case Closed closed when closed.failures() + 1 < MOST_FAILURES -> new Closed(closed.failures() + 1);
            case Closed closed -> open(SHORTEST_PAUSE_NANOS, why, nowNanos, jitter);
            case Resting resting -> isUsable(resting, nowNanos) ? new Closed(1) : resting;
            // Calls from before the pause say nothing new about it.
            case Open open when !isUsable(open, nowNanos) -> open;
            case Open open -> open(2 * open.pauseNanos(), why, nowNanos, jitter);
            case Probing probing -> open(2 * probing.pauseNanos(), why, nowNanos, jitter);
        };
    }

    private static Open open(long pauseNanos, String why, long nowNanos, double jitter) {
        long pause = Math.min(pauseNanos, LONGEST_PAUSE_NANOS);
        return new Open(nowNanos + (long) (pause * (0.75 + jitter / 2)), pause, why);
    }

    // Several calls may be told to wait at once: the longest wait counts.
    private static TargetHealth longer(TargetHealth health, Resting rest, long nowNanos) {
        return health instanceof Resting before
                        && !isUsable(before, nowNanos)
                        && before.untilNanos() - rest.untilNanos() > 0
                ? before
                : rest;
    }
}
