package dev.outdial.dialer;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tells one listener one thing after the other. A thread is there only while there is something to tell: a call that is up for an hour
 * keeps none waiting for its end.
 *
 * <p><b>Threading:</b> any. Whoever tells the next thing sees what was done with those before.
 */
final class Ear implements Executor {
    private final ThreadFactory threads;
    private final Queue<Runnable> waiting = new ArrayDeque<>(); // guarded by itself
    private boolean isTelling; // guarded by waiting

    /** @param threads makes each thread that tells */
    Ear(ThreadFactory threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable news) {
        synchronized (waiting) {
            waiting.add(news);
            if (isTelling) return;
            isTelling = true;
        }
        threads.newThread(this::tell).start();
    }

    private void tell() {
        for (Runnable next = next(); next != null; next = next()) {
            try {
                next.run();
            } catch (RuntimeException | Error broken) {
                // What a listener does not bear must not keep the rest from it.
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, broken);
            }
        }
    }

    private @Nullable Runnable next() {
        synchronized (waiting) {
            Runnable next = waiting.poll();
            isTelling = next != null;
            return next;
        }
    }
}
