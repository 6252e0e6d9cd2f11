package dev.outdial.server.webhook;

import java.time.Duration;
import java.time.Instant;

/**
 * How one receiver fares, and so how many deliveries may be under way to it. While it answers it gets more and more at a time; when it
 * has failed several times in a row it is asked by one delivery now and then, until that arrives.
 */
sealed interface ReceiverState {
    int MOST_AT_ONCE = 16;
    int FIRST_AT_ONCE = 4;

    /** In a row, before the receiver counts as down: single deliveries may fail for reasons of their own. */
    int FAILURES_TO_BE_DOWN = 5;

    /** Who takes longer is given less at a time, lest slow ones take the room of all. */
    Duration SLOW = Duration.ofSeconds(2);

    Duration FIRST_PAUSE = Duration.ofSeconds(1);

    /** What waits for a receiver that is back waits no longer than this, and a quarter. */
    Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** How many are under way. */
    int underWay();

    /** It answers. @param failures how many there were since it last accepted something */
    record Up(int underWay, int window, int failures) implements ReceiverState {}

    /** It is left alone until then. @param pauses how many there were before this one */
    record Down(int underWay, int pauses, Instant until) implements ReceiverState {}

    /** @param isBack whether it was down and is not any more */
    record Step(ReceiverState next, boolean isBack) {}

    ReceiverState FRESH = new Up(0, FIRST_AT_ONCE, 0);

    /** How many more may be taken now. */
    default int mayTake(Instant now) {
        return switch (this) {
            case Up up -> Math.max(0, up.window() - up.underWay());
            case Down down -> down.underWay() > 0 || now.isBefore(down.until()) ? 0 : 1;
        };
    }

    /** So many were taken. */
    default ReceiverState taken(int count) {
        return switch (this) {
            case Up up -> new Up(up.underWay() + count, up.window(), up.failures());
            case Down down -> new Down(down.underWay() + count, down.pauses(), down.until());
        };
    }

    /**
     * One of those that are under way was answered.
     *
     * @param took how long it was
     * @param luck 0 up to 1, draws the pause
     */
    default Step answered(Answer answer, Duration took, Instant now, double luck) {
        return switch (this) {
            case Up up -> whileUp(up, answer, took, now, luck);
            case Down down -> whileDown(down, answer, now, luck);
        };
    }

    /**
     * The same of one that is tried a few times only, whatever comes of it: its receiver is asked for each as if it had not failed before, so
     * that the tries are as far apart as they are meant to be.
     */
    default Step answeredForItself(Answer answer, Duration took, Instant now, double luck) {
        return switch (this) {
            case Up up -> to(new Up(up.underWay() - 1, Math.max(FIRST_AT_ONCE, window(up.window(), took)), 0));
            case Down down -> whileDown(down, answer, now, luck);
        };
    }

    private static Step whileUp(Up up, Answer answer, Duration took, Instant now, double luck) {
        int left = up.underWay() - 1;
        return switch (answer) {
            case Answer.Accepted yes -> to(new Up(left, window(up.window(), took), 0));
            // The endpoint is disabled, and asked no more; a callback's server may have other calls.
            case Answer.Gone gone -> to(new Up(left, up.window(), 0));
            case Answer.Refused no
            when no.retryAfter().isPresent() ->
                to(new Down(left, 0, now.plus(no.retryAfter().get())));
            case Answer.Refused no -> failed(up, left, now, luck);
            case Answer.Unreachable away -> failed(up, left, now, luck);
        };
    }

    private static Step failed(Up up, int left, Instant now, double luck) {
        int failures = up.failures() + 1;
        return to(
                failures < FAILURES_TO_BE_DOWN
                        ? new Up(left, up.window(), failures)
                        : new Down(left, 0, now.plus(pause(0, luck))));
    }

    private static Step whileDown(Down down, Answer answer, Instant now, double luck) {
        int left = down.underWay() - 1;
        return switch (answer) {
            case Answer.Accepted yes -> new Step(new Up(left, FIRST_AT_ONCE, 0), true);
            case Answer.Gone gone -> new Step(new Up(left, FIRST_AT_ONCE, 0), true);
            case Answer.Refused no -> to(downStill(down, left, no.retryAfter().orElse(Duration.ZERO), now, luck));
            case Answer.Unreachable away -> to(downStill(down, left, Duration.ZERO, now, luck));
        };
    }

    /** What was under way before the pause began says nothing new, but for how long the receiver wants to be left alone. */
    private static Down downStill(Down down, int left, Duration wanted, Instant now, double luck) {
        boolean wasAsked = !now.isBefore(down.until());
        Instant own = wasAsked ? now.plus(pause(down.pauses() + 1, luck)) : down.until();
        Instant theirs = now.plus(wanted);
        return new Down(left, down.pauses() + (wasAsked ? 1 : 0), theirs.isAfter(own) ? theirs : own);
    }

    private static int window(int before, Duration took) {
        return took.compareTo(SLOW) > 0 ? Math.max(1, before / 2) : Math.min(MOST_AT_ONCE, before + 1);
    }

    private static Duration pause(int pauses, double luck) {
        return Backoff.pause(FIRST_PAUSE, LONGEST_PAUSE, pauses, luck);
    }

    private static Step to(ReceiverState next) {
        return new Step(next, false);
    }
}
