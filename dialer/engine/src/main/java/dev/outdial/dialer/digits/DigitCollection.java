package dev.outdial.dialer.digits;

import java.util.Optional;

/**
 * One collection in progress: pure, keys and time are arguments.
 *
 * @param rule what is waited for
 * @param pressed what was pressed so far, without the terminator
 * @param deadlineNanos when the waiting ends
 */
public record DigitCollection(Digits rule, String pressed, long deadlineNanos) {

    /** Begins to wait. */
    public static DigitCollection begin(Digits rule, long nowNanos) {
        return new DigitCollection(rule, "", nowNanos + rule.within().toNanos());
    }

    /** Where a key or the time leaves a collection: still waiting, or done with a result. */
    public sealed interface Progress {
        /** More keys are awaited. */
        record Waiting(DigitCollection collection) implements Progress {}

        /** The keys that were collected; fewer than asked for where the time ran out. */
        record Done(String digits) implements Progress {}
    }

    /** A key was pressed. */
    public Progress press(char key) {
        if (rule.terminator().equals(Optional.of(key))) {
            return new Progress.Done(pressed);
        }
        String longer = pressed + key;
        return longer.length() >= rule.count()
                ? new Progress.Done(longer)
                : new Progress.Waiting(new DigitCollection(rule, longer, deadlineNanos));
    }

    /** The time is {@code nowNanos}; asking early or twice does no harm. */
    public Progress at(long nowNanos) {
        return nowNanos - deadlineNanos >= 0 ? new Progress.Done(pressed) : new Progress.Waiting(this);
    }
}
