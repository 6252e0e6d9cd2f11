package dev.outdial.dialer.call;

import dev.outdial.media.dtmf.Digits;
import java.util.Optional;

/**
 * Keys that are pressed one after the other by INFO, each when the one before was released and its pause is over. Pure: time is an
 * argument.
 *
 * @param left what is still to be pressed, pauses included
 * @param toneMillis how long a key is down
 * @param pauseMillis the pause after it
 * @param dueNanos when the next is pressed, or all is done
 */
record InfoKeys(String left, int toneMillis, int pauseMillis, long dueNanos) {
    private static final long MILLIS = 1_000_000;

    static InfoKeys begin(String digits, int toneMillis, int pauseMillis, long nowNanos) {
        return new InfoKeys(digits, toneMillis, pauseMillis, nowNanos);
    }

    /**
     * What time brings.
     *
     * @param press the key that is pressed now
     * @param next what is left; empty when all was pressed and released
     */
    record Step(Optional<Character> press, Optional<InfoKeys> next) {}

    /** The same, beginning at another time. */
    InfoKeys from(long nowNanos) {
        return new InfoKeys(left, toneMillis, pauseMillis, nowNanos);
    }

    /** Asking early or twice does no harm. */
    Step at(long nowNanos) {
        if (nowNanos - dueNanos < 0) {
            return new Step(Optional.empty(), Optional.of(this));
        }
        if (left.isEmpty()) {
            return new Step(Optional.empty(), Optional.empty());
        }
        char first = left.charAt(0);
        int silence = Digits.pauseMillis(first);
        return silence > 0
                ? new InfoKeys(left.substring(1), toneMillis, pauseMillis, dueNanos + silence * MILLIS).at(nowNanos)
                : new Step(
                        Optional.of(first),
                        Optional.of(new InfoKeys(
                                left.substring(1),
                                toneMillis,
                                pauseMillis,
                                nowNanos + (toneMillis + pauseMillis) * MILLIS)));
    }
}
