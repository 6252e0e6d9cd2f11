package dev.outdial.dialer.probe;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * How much longer than asked for this machine lets a thread sleep: no pacing by sleeping can be better. In milliseconds.
 *
 * @param parks how many sleeps of 1 ms were measured
 */
public record ParkJitter(int parks, double p50Millis, double p99Millis, double p999Millis, double maxMillis) {
    private static final long PARK_NANOS = 1_000_000;

    /** Sleeps again and again for about that long. */
    public static ParkJitter measure(Duration time) {
        long[] late = new long[(int) (time.toNanos() / PARK_NANOS) + 1];
        long endNanos = System.nanoTime() + time.toNanos();
        int count = 0;
        while (count < late.length && (count == 0 || System.nanoTime() - endNanos < 0)) {
            long beginNanos = System.nanoTime();
            LockSupport.parkNanos(PARK_NANOS);
            late[count++] = System.nanoTime() - beginNanos - PARK_NANOS;
        }
        return of(Arrays.copyOf(late, count));
    }

    static ParkJitter of(long[] lateNanos) {
        long[] sorted = lateNanos.clone();
        Arrays.sort(sorted);
        return new ParkJitter(sorted.length, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 0.999), at(sorted, 1));
    }

    private static double at(long[] sorted, double quantile) {
        int index = Math.max(0, (int) Math.ceil(quantile * sorted.length) - 1);
        return Math.round(sorted[index] / 1e3) / 1e3;
    }
}
