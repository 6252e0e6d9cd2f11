package dev.outdial.dialer;

import dev.outdial.dialer.call.Leg;
import dev.outdial.dialer.call.Talk;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.media.sdp.Negotiation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Has threads wait for what a call brings, and no longer than the call lives. <b>Threading:</b> any thread, though not a listener's own;
 * what waits is made for virtual threads.
 */
final class CallAwait {
    private final Leg leg;

    CallAwait(Leg leg) {
        this.leg = leg;
    }

    /** The result, or the exception that says how the call ended before there was one. */
    <T> T result(CompletableFuture<T> awaited) throws InterruptedException {
        orEnd(awaited);
        if (awaited.isDone()) {
            return awaited.join();
        }
        throw new CallEndedException(leg.ended().join());
    }

    /** Waits for it or the call's end. */
    void orEnd(CompletableFuture<?> awaited) throws InterruptedException {
        try {
            leg.await(CompletableFuture.anyOf(awaited, leg.ended()));
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException ours ? ours : new IllegalStateException(failed);
        }
    }

    /** Waits that long for the end; empty where the call still goes on. */
    Optional<CallOutcome> end(Duration longest) throws InterruptedException {
        try {
            leg.await(leg.ended(), longest);
            return Optional.of(leg.ended().join());
        } catch (TimeoutException stillRunning) {
            return Optional.empty();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Waits for the answer: the call itself. */
    Talk answered() throws InterruptedException {
        result(leg.agreed());
        return talk();
    }

    /** The call itself; to be asked for once it is answered. */
    Talk talk() {
        return leg.placed().join();
    }

    /** What was agreed on last: the codec may have changed since the answer. Waits for that. */
    Negotiation.Agreed agreed() throws InterruptedException {
        Negotiation.Agreed first = result(leg.agreed());
        return talk().terms().orElse(first);
    }
}
