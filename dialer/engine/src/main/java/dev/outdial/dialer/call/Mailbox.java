package dev.outdial.dialer.call;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time and in order on one thread; what a call owns is touched only there.
 *
 * <p><b>Threading:</b> {@link #execute} from any thread.
 */
public final class Mailbox implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private final ScheduledThreadPoolExecutor executor;
    private volatile @Nullable Thread worker;

    Mailbox(ScheduledThreadPoolExecutor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        try {
            executor.execute(() -> guarded(task));
        } catch (RejectedExecutionException closed) {
            LOG.debug("a task came after the dialer was closed");
        }
    }

    /** Runs a task here after {@code delayNanos}; the handle takes it back. */
    Runnable after(long delayNanos, Runnable task) {
        try {
            var scheduled = executor.schedule(() -> guarded(task), Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    /** Throws unless the caller is a task of this mailbox. */
    void assertOwner() {
        if (!Thread.currentThread().equals(worker)) {
            throw new IllegalStateException("not on the call's mailbox: " + Thread.currentThread());
        }
    }

    void close() {
        executor.shutdownNow();
    }

    private void guarded(Runnable task) {
        worker = Thread.currentThread();
        try {
            task.run();
        } catch (RuntimeException | Error broken) {
            // One broken promise must not silence the other calls of this thread.
            LOG.error("a task of a call failed", broken);
        }
    }
}
