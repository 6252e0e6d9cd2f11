package dev.outdial.dialer;

import dev.outdial.dialer.call.probe.CallSeen;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.probe.ProbeOptions;
import dev.outdial.media.sdp.Negotiation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call that is placed to see whether sound goes both ways: it says nothing, listens and hangs up. */
final class ProbeCall {
    /** A BYE and its answer; what takes longer ends by itself. */
    private static final Duration END = Duration.ofMillis(500);

    /** So that the call's own time limit comes first. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private ProbeCall() {}

    /** Dials as any call is dialled; waits until it is over. */
    static CallSeen place(Dialer dialer, String trunk, String number, ProbeOptions options)
            throws InterruptedException {
        Call call = dialer.dial(trunk, number, options.ringFor());
        try {
            // A trunk that says nothing is waited for no longer than one that rings.
            CompletableFuture.anyOf(call.leg().agreed(), call.leg().ended())
                    .get(options.ringFor().plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
            return call.leg().agreed().isDone()
                    ? listen(call, options.listenFor())
                    : new CallSeen.Unanswered(call.leg().ended().join());
        } catch (TimeoutException silent) {
            return new CallSeen.Silent();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            call.hangUp();
        }
    }

    private static CallSeen listen(Call call, Duration time) throws InterruptedException {
        long beganNanos = System.nanoTime();
        Optional<CallOutcome> cutShort = call.awaitEnd(time);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos);
        Negotiation.Agreed terms = call.leg().agreed().join();
        var seen = new CallSeen.Answered(terms, call.statistics(), millis, cutShort.isPresent());
        call.hangUp();
        var unused = call.awaitEnd(END);
        return seen;
    }
}
