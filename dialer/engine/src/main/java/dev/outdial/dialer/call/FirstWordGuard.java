package dev.outdial.dialer.call;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * When the first prompt may begin, so that its first words are heard: not before the far end's own RTP after the answer
 * shows that it listens, or a short while after the answer where it stays silent. Pure.
 *
 * @param openAtNanos when to stop waiting; meaningless once open
 * @param open whether playing may begin
 */
record FirstWordGuard(long openAtNanos, boolean open) {
    private static final Duration LONGEST = Duration.ofMillis(400);

    static FirstWordGuard answeredAt(long nowNanos) {
        return new FirstWordGuard(nowNanos + LONGEST.toNanos(), false);
    }

    FirstWordGuard heardFarEnd() {
        return new FirstWordGuard(openAtNanos, true);
    }

    FirstWordGuard at(long nowNanos) {
        return open || nowNanos - openAtNanos >= 0 ? new FirstWordGuard(openAtNanos, true) : this;
    }

    OptionalLong nextDeadlineNanos() {
        return open ? OptionalLong.empty() : OptionalLong.of(openAtNanos);
    }
}
