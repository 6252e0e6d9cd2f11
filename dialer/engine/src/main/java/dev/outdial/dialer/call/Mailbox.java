package dev.outdial.dialer.call;

import dev.outdial.dialer.log.LogMark;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time and in order; what a call owns is touched only there. They are run by a thread that several calls share, or
 * by one that brings a task and has nothing better to do.
 *
 * <p><b>Threading:</b> {@link #execute} from any thread.
 */
public final class Mailbox implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private final Stripe stripe;
    private final Optional<String> call;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    /** How many tasks are not done yet; whoever adds the first of them sees to it that all are run. */
    private final AtomicInteger open = new AtomicInteger();

    private volatile @Nullable Thread worker;

    /** Tasks that are run by that thread, and whose log lines are of the call, as {@link LogMark} has it, if there is one. */
    Mailbox(Stripe stripe, Optional<String> call) {
        this.stripe = stripe;
        this.call = call;
    }

    @Override
    public void execute(Runnable task) {
        if (!isFirst(task)) return;
        try {
            stripe.execute(this::runAll);
        } catch (RejectedExecutionException closed) {
            LOG.debug("a task came after the dialer was closed");
        }
    }

    /**
     * Runs a task now, on the caller's thread, where none is being run; else it is run after that one, like any other. For a caller that
     * holds no lock and that may be held up by the call: not the media loop, nor who reads the network.
     */
    void executeHere(Runnable task) {
        if (isFirst(task)) runAll();
    }

    /** Runs a task here after {@code delayNanos}; the handle takes it back. */
    Runnable after(long delayNanos, Runnable task) {
        try {
            return stripe.after(delayNanos, () -> executeHere(task));
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

    private boolean isFirst(Runnable task) {
        waiting.add(task);
        return open.getAndIncrement() == 0;
    }

    private void runAll() {
        if (call.isPresent()) LogMark.around(call.get(), this::runEach).run();
        else runEach();
    }

    private void runEach() {
        do {
            worker = Thread.currentThread();
            run(Objects.requireNonNull(waiting.poll(), "counted, and not there"));
            worker = null; // before the next one may begin elsewhere
        } while (open.decrementAndGet() > 0);
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
