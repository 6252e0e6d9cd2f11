package dev.outdial.testbed.trunk;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Tells the listener what happens, in order, on a thread of its own, so that a slow one cannot hold up the sound. Safe for any thread. */
final class Watchers implements AutoCloseable {
    private static final long MAY_TAKE_MILLIS = 2000;

    private final Consumer<TrunkEvent> listener;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("testbed-watchers").daemon().factory());

    Watchers(Consumer<TrunkEvent> listener) {
        this.listener = listener;
    }

    void tell(TrunkEvent event) {
        later(() -> listener.accept(event));
    }

    void failed(Throwable failure) {
        tell(new TrunkEvent.Failed(failure.toString()));
    }

    /** Runs something after all that was told before. */
    void later(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            // The trunk is closed: what is asked now is answered at once.
            task.run();
        }
    }

    /** Waits a while until all is told. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(MAY_TAKE_MILLIS, TimeUnit.MILLISECONDS)) thread.shutdownNow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
