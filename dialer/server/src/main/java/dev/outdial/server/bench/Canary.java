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
    private static final int FIRST_ROOM = 1 << 14;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private volatile boolean closed;

    // Guarded by this.
    private long[] atNanos = new long[FIRST_ROOM];
    private long[] tookNanos = new long[FIRST_ROOM];
    private int samples;

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
        while (!closed) {
            long began = System.nanoTime();
            long before = threads.getCurrentThreadCpuTime();
            loop();
            keep(began, threads.getCurrentThreadCpuTime() - before);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private synchronized void keep(long began, long took) {
        if (samples == atNanos.length) {
            atNanos = Arrays.copyOf(atNanos, 2 * samples);
            tookNanos = Arrays.copyOf(tookNanos, 2 * samples);
        }
        atNanos[samples] = began;
        tookNanos[samples++] = took;
    }

    private void loop() {
        long next = word;
        for (int i = 0; i < STEPS; i++) next = next * 6364136223846793005L + 1442695040888963407L;
        word = next;
    }

    /** When it was slow since that time, on the clock of {@link System#nanoTime()}: only what is asked for is compared. */
    synchronized Slowness since(long nanos) {
        int from = 0;
        while (from < samples && atNanos[from] - nanos < 0) from++;
        return Slowness.of(Arrays.copyOfRange(atNanos, from, samples), Arrays.copyOfRange(tookNanos, from, samples));
    }

    @Override
    public void close() {
        closed = true;
    }
}
