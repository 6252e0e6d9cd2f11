package dev.outdial.sip.jain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How long targets rest that could not be reached: half a second at first, twice as long after each failure, 30 seconds at last, each shortened
 * by chance by up to half, so that not all of us come back at once. Remembers 1,000 targets. Synchronized; reads no clock.
 */
final class Backoff<T> {
    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int REMEMBERED = 1_000;

    private final Map<T, Rest> rests = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<T, Rest> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Rest(long pauseNanos, long untilNanos) {}

    /** Whether the target need not rest. */
    synchronized boolean mayTry(T target, long nowNanos) {
        Rest rest = rests.get(target);
        return rest == null || nowNanos - rest.untilNanos() >= 0;
    }

    /**
     * It could not be reached.
     *
     * @param chance from 0 to 1
     */
    synchronized void failed(T target, long nowNanos, double chance) {
        Rest rest = rests.get(target);
        long pauseNanos = rest == null ? FIRST_NANOS : Math.min(LONGEST_NANOS, 2 * rest.pauseNanos());
        rests.put(target, new Rest(pauseNanos, nowNanos + (long) (pauseNanos * (1 - chance / 2))));
    }

    /** It was reached. */
    synchronized void succeeded(T target) {
        rests.remove(target);
    }
}
