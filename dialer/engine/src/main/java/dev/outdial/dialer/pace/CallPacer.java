package dev.outdial.dialer.pace;

import java.util.OptionalLong;

/**
 * Gives calls their time: one slot after another, none given twice, none saved up for a burst. Immutable; time is an argument, on any
 * monotonic clock.
 *
 * @param limits what is kept to
 * @param nextFreeNanos when the next slot begins
 * @param running calls that go on
 */
public record CallPacer(PaceLimits limits, long nextFreeNanos, int running) {
    /** Before the first call. */
    public static CallPacer begin(PaceLimits limits, long nowNanos) {
        return new CallPacer(limits, nowNanos, 0);
    }

    /** How long to wait until a call may begin; zero for now, empty while as many go on as may. */
    public OptionalLong waitNanos(long nowNanos) {
        if (running >= limits.atOnce()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Math.max(0, nextFreeNanos - nowNanos));
    }

    /** One call begins, for which {@link #waitNanos} was zero. */
    public CallPacer begun(long nowNanos) {
        long from = nextFreeNanos - nowNanos > 0 ? nextFreeNanos : nowNanos;
        // Asked a little late, the slot still began when it was due: else every call would push the others back.
        long late = nowNanos - nextFreeNanos;
        long start = late >= 0 && late < limits.slotNanos() ? nextFreeNanos : from;
        return new CallPacer(limits, start + limits.slotNanos(), running + 1);
    }

    /** One call is over. */
    public CallPacer ended() {
        return new CallPacer(limits, nextFreeNanos, Math.max(0, running - 1));
    }
}
