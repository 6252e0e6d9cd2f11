package dev.outdial.dialer.digits;

import java.time.Duration;
import java.util.Optional;

/**
 * One collection in progress: pure, keys and time are arguments.
 *
 * @param rule what is waited for
 * @param pressed what was pressed so far, without the terminator
 * @param endNanos when the waiting ends, whatever is pressed
 * @param nextKeyNanos when it ends if no further key is pressed; never after {@code endNanos}
 */
public record DigitCollection(Digits rule, String pressed, long endNanos, long nextKeyNanos) {

    /** Begins to wait. */
    public static DigitCollection begin(Digits rule, long nowNanos) {
        return waiting(rule, "", nowNanos + rule.within().toNanos(), rule.first(), nowNanos);
    }

    private static DigitCollection waiting(
            Digits rule, String pressed, long endNanos, Optional<Duration> nextKey, long nowNanos) {
        long nextKeyNanos = nextKey.map(time -> nowNanos + time.toNanos()).orElse(endNanos);
        return new DigitCollection(rule, pressed, endNanos, nextKeyNanos - endNanos < 0 ? nextKeyNanos : endNanos);
    }

    /** When the waiting ends if nothing is pressed. */
    public long deadlineNanos() {
        return nextKeyNanos;
    }

    /** Where a key or the time leaves a collection: still waiting, or done with a result. */
    public sealed interface Progress {
        /** More keys are awaited. */
        record Waiting(DigitCollection collection) implements Progress {}

        /** The keys that were collected; fewer than asked for where the time ran out. */
        record Done(String digits) implements Progress {}
    }

    /** A key was pressed; one that does not count changes nothing. */
    public Progress press(char key, long nowNanos) {
        if (rule.terminator().equals(Optional.of(key))) {
            return new Progress.Done(pressed);
        }
        if (!rule.counts(key)) {
            return new Progress.Waiting(this);
        }
        String longer = pressed + key;
        return longer.length() >= rule.count()
                ? new Progress.Done(longer)
                : new Progress.Waiting(waiting(rule, longer, endNanos, rule.between(), nowNanos));
    }

    /** The time is {@code nowNanos}; asking early or twice does no harm. */
    public Progress at(long nowNanos) {
        return nowNanos - deadlineNanos() >= 0 ? new Progress.Done(pressed) : new Progress.Waiting(this);
    }
}
