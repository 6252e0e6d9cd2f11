package dev.outdial.dialer.call;

import dev.outdial.dialer.log.LogMark;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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
    private final AtomicReference<@Nullable Thread> worker;
    private final Optional<String> call;

    Mailbox(ScheduledThreadPoolExecutor executor) {
        this(executor, new AtomicReference<>(), Optional.empty());
    }

    private Mailbox(
            ScheduledThreadPoolExecutor executor, AtomicReference<@Nullable Thread> worker, Optional<String> call) {
        this.executor = executor;
        this.worker = worker;
        this.call = call;
    }

    /** The same one, whose tasks' log lines are of that call, as {@link LogMark} has it. */
    Mailbox of(String name) {
        return new Mailbox(executor, worker, Optional.of(name));
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
        if (!Thread.currentThread().equals(worker.get())) {
            throw new IllegalStateException("not on the call's mailbox: " + Thread.currentThread());
        }
    }

    void close() {
        executor.shutdownNow();
    }

    private void guarded(Runnable task) {
        worker.set(Thread.currentThread());
        if (call.isPresent()) LogMark.around(call.get(), () -> run(task)).run();
        else run(task);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error broken) {
            // One broken promise must not silence the other calls of this thread.
            LOG.error("a task of a call failed", broken);
        }
    }
}
