package dev.outdial.server.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Shows when the machine itself is slow, for whatever its host does: each millisecond a loop that touches no memory is timed by the CPU
 * time that it takes, so that waiting for a core does not count. <b>Threading:</b> one owner, and a thread of its own.
 */
final class Canary implements AutoCloseable {
    private static final long PAUSE_NANOS = 1_000_000;
    private static final int STEPS = 20_000;
    private static final int MOST_SAMPLES = 1 << 20;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final long[] atNanos = new long[MOST_SAMPLES];
    private final long[] tookNanos = new long[MOST_SAMPLES];
    private volatile int samples;
    private volatile boolean closed;

    /** Read by nobody: it keeps the loop from being left out. */
    private volatile long word = 1;

    private Canary() {}

    /** Begins. */
    static Canary start() {
        var canary = new Canary();
        Thread.ofPlatform().name("bench-canary").daemon().start(canary::run);
        return canary;
    }

    private void run() {
        while (!closed && samples < MOST_SAMPLES) {
            int sample = samples;
            atNanos[sample] = System.nanoTime();
            long before = threads.getCurrentThreadCpuTime();
            loop();
            tookNanos[sample] = threads.getCurrentThreadCpuTime() - before;
            samples = sample + 1;
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void loop() {
        long next = word;
        for (int i = 0; i < STEPS; i++) next = next * 6364136223846793005L + 1442695040888963407L;
        word = next;
    }

    /** When it was slow since that time, on the clock of {@link System#nanoTime()}: only what is asked for is compared. */
    Slowness since(long nanos) {
        int end = samples;
        int from = 0;
        while (from < end && atNanos[from] - nanos < 0) from++;
        return Slowness.of(Arrays.copyOfRange(atNanos, from, end), Arrays.copyOfRange(tookNanos, from, end));
    }

    @Override
    public void close() {
        closed = true;
    }
}
