package dev.outdial.sip.dialog;

import dev.outdial.sip.dialog.SessionTimer.Terms;
import dev.outdial.sip.dialog.SessionTimer.Wish;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * When the session is refreshed and when it is over. Monotonic: a wall clock that jumps changes nothing.
 *
 * @param terms what was agreed on; empty where the session lasts until somebody hangs up
 * @param leastSeconds the shortest interval that the far end takes
 * @param refreshAtNanos where refreshing is ours to do: when it is due
 * @param expireAtNanos when the session is over unless somebody refreshes it
 */
record Timing(Optional<Terms> terms, int leastSeconds, long refreshAtNanos, long expireAtNanos) {
    private static final long BYE_AHEAD_SECONDS = 32;

    static final Timing NONE = new Timing(Optional.empty(), Wish.DEFAULT.minSeconds(), 0, 0);

    /** From now on by these terms: they were agreed on just now, or the session was refreshed. */
    Timing armed(Terms agreed, long now) {
        long interval = TimeUnit.SECONDS.toNanos(agreed.intervalSeconds());
        // RFC 4028 section 10: who waits for refreshes says BYE a little before the end of the interval.
        long ahead = Math.min(TimeUnit.SECONDS.toNanos(BYE_AHEAD_SECONDS), interval / 3);
        return new Timing(
                Optional.of(agreed),
                leastSeconds,
                now + interval / 2,
                now + (agreed.weRefresh() ? interval : interval - ahead));
    }

    Timing off() {
        return new Timing(Optional.empty(), leastSeconds, 0, 0);
    }

    Timing refreshingAt(long atNanos) {
        return new Timing(terms, leastSeconds, atNanos, expireAtNanos);
    }

    Timing asking(Wish wish) {
        return new Timing(
                terms.map(t -> new Terms(wish.intervalSeconds(), t.weRefresh())),
                wish.minSeconds(),
                refreshAtNanos,
                expireAtNanos);
    }

    /** What a request of ours asks for. */
    Optional<Wish> wish() {
        return terms.map(t ->
                new Wish(Math.clamp(t.intervalSeconds(), leastSeconds, Math.max(leastSeconds, 86_400)), leastSeconds));
    }

    boolean isRefreshDue(long now) {
        return terms.isPresent() && terms.get().weRefresh() && now - refreshAtNanos >= 0;
    }

    boolean isExpired(long now) {
        return terms.isPresent() && now - expireAtNanos >= 0;
    }
}
