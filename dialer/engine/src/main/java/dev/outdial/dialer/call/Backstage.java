package dev.outdial.dialer.call;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Threads and time of one dialer for what runs calls within the engine: those of the {@link Stage} where calls are played, so that whoever
 * goes through here works in its time too.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class Backstage {
    private final EngineRoom room;
    private final Executor threads;

    /** @param threads a virtual thread for each task, interrupted when the dialer closes */
    public Backstage(EngineRoom room, Executor threads) {
        this.room = room;
        this.threads = threads;
    }

    /** Monotonic nanoseconds. */
    public long nanos() {
        return room.nanoClock().getAsLong();
    }

    /** What the clock on the wall says. */
    public Instant instant() {
        return room.instant();
    }

    /**
     * Runs a task on a virtual thread of its own, which is interrupted when the dialer closes.
     *
     * @throws RejectedExecutionException if the dialer is closed
     */
    public void run(Runnable task) {
        threads.execute(task);
    }

    /** Has the calling thread wait that long at most; whoever asks looks at what is there then. */
    public void await(CompletableFuture<?> happening, Duration longest) throws InterruptedException {
        room.await(happening, longest);
    }

    /** The same for as long as it takes. */
    public void await(CompletableFuture<?> happening) throws InterruptedException {
        room.await(happening);
    }

    /** Where calls are played, time stands still until the handle is run: for what takes real time. */
    public Runnable hold() {
        return room.stage().map(Stage::hold).orElse(() -> {});
    }
}
