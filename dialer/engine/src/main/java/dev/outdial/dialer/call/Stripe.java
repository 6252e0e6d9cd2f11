package dev.outdial.dialer.call;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One of the threads on which calls are decided, and the times at which it is to do something. What is due in seconds or hours, as most of it
 * is that never happens, is looked through once a second: to put each into the queue of the thread would wake it for each call.
 *
 * <p><b>Threading:</b> any thread.
 */
final class Stripe {
    private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** What is due before this is not left to a look that may be a little late. */
    private static final long SOON_NANOS = 2 * LOOK_EVERY_NANOS;

    private final ScheduledThreadPoolExecutor executor;
    private final Set<Later> far = ConcurrentHashMap.newKeySet();

    Stripe(String name) {
        executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name(name).factory());
        executor.setRemoveOnCancelPolicy(true);
        var unused = executor.scheduleWithFixedDelay(
                () -> look(System.nanoTime()), LOOK_EVERY_NANOS, LOOK_EVERY_NANOS, TimeUnit.NANOSECONDS);
    }

    /**
     * Runs the task soon.
     *
     * @throws RejectedExecutionException if it is closed
     */
    void execute(Runnable task) {
        executor.execute(task);
    }

    /**
     * Runs the task after a time of any length; the handle takes it back, where it has not begun.
     *
     * @throws RejectedExecutionException if it is closed
     */
    Runnable after(long delayNanos, Runnable task) {
        if (executor.isShutdown()) throw new RejectedExecutionException("the dialer is closed");
        var later = new Later(System.nanoTime() + delayNanos, task);
        if (delayNanos <= SOON_NANOS) later.schedule(delayNanos);
        else far.add(later);
        return later;
    }

    /** How many tasks wait that are due in more than two seconds or so. */
    int far() {
        return far.size();
    }

    /** Lets no more tasks in and forgets those that wait. */
    void close() {
        executor.shutdownNow();
        far.clear();
    }

    /** Sees to what is due soon. */
    void look(long nowNanos) {
        for (Later later : far) {
            long leftNanos = later.dueNanos - nowNanos;
            if (leftNanos <= SOON_NANOS && far.remove(later)) later.schedule(leftNanos);
        }
    }

    /** A task and its time. Run, it takes the task back. */
    private final class Later implements Runnable {
        private final long dueNanos;
        private final Runnable task;
        private @Nullable Future<?> scheduled; // guarded by this
        private boolean isTakenBack; // guarded by this

        Later(long dueNanos, Runnable task) {
            this.dueNanos = dueNanos;
            this.task = task;
        }

        synchronized void schedule(long delayNanos) {
            if (!isTakenBack) scheduled = executor.schedule(task, Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
        }

        @Override
        public synchronized void run() {
            isTakenBack = true;
            far.remove(this);
            if (scheduled != null) scheduled.cancel(false);
        }
    }
}
