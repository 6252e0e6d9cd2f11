package dev.outdial.dialer.call;

import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.ledger.Permit;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Where calls are played instead of made: without a network, in a time of its own. For {@code dialer.testing}.
 *
 * <p><b>Threading:</b> any thread.
 */
public interface Stage {
    /** Monotonic nanoseconds of the stage's own time. */
    long nanos();

    /** What the clock on the stage's wall says. */
    Instant instant();

    /** Runs a task soon, one at a time and in order. */
    void execute(Runnable task);

    /** The same after that much of the stage's time; the handle takes it back. */
    Runnable after(long delayNanos, Runnable task);

    /** Who is called; asked once for each INVITE. */
    FarEnd farEnd(String trunk, String target);

    /** Has calls to us shown to a consumer, in place of any before it. */
    void onIncoming(Consumer<Arrival> handler);

    /**
     * Has the calling thread wait in the stage's time.
     *
     * @param longest {@link #FOR_EVER}, or how long
     * @throws TimeoutException after that long
     */
    <T> T await(CompletableFuture<T> happening, Duration longest)
            throws InterruptedException, ExecutionException, TimeoutException;

    /** However long it takes. */
    Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    /** The calling thread takes part: time stands still while it does something. */
    void join();

    /** Threads that take part. */
    ThreadFactory threads(String name);

    /** Time stands still until it is run, for what takes real time. */
    Runnable hold();

    /** The end of the play. */
    void close();

    /** The call that a permit was given for, of which nothing was sent yet. */
    default RunningCall call(LegPlan plan, Permit permit, Consumer<CallEvent> listener) {
        return StagedCall.toBeDialled(this, plan, permit, listener);
    }

    /** A call to us. */
    interface Arrival {
        /** What it was called, as {@code dialer.IncomingCall.Caller} has it. */
        String trunk();

        String from();

        String to();

        Doorstep leg();
    }
}
