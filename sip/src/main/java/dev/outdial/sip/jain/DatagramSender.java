package dev.outdial.sip.jain;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends datagrams, those of one caller in the order in which it gives them: on a thread of its own, or, where nothing waits for that, on
 * the caller's. To hand each to another thread was a seventh of all wake-ups at 200 calls a second. <b>Threading:</b> any thread.
 */
final class DatagramSender implements Executor, AutoCloseable {
    private final ThreadPoolExecutor thread;
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param thread one that works for nobody else */
    DatagramSender(ThreadPoolExecutor thread) {
        this.thread = thread;
    }

    /** Sends on its own thread; throws {@code RejectedExecutionException} while too many wait, and once closed. */
    @Override
    public void execute(Runnable sending) {
        waiting.incrementAndGet();
        try {
            thread.execute(() -> {
                try {
                    sending.run();
                } finally {
                    waiting.decrementAndGet();
                }
            });
        } catch (RuntimeException | Error refused) {
            waiting.decrementAndGet();
            throw refused;
        }
    }

    /** Sends now, unless something given before waits or is being sent by the thread: then behind it, as the other does. */
    void nowOrInTurn(Runnable sending) {
        if (waiting.get() == 0 && !thread.isShutdown()) sending.run();
        else execute(sending);
    }

    /** Lets nothing more in; what waits is still sent. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
