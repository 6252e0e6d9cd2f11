package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.CallEndedException;
import dev.outdial.dialer.DialerException;
import dev.outdial.dialer.call.Backstage;
import dev.outdial.dialer.flow.machine.FlowEvent.Result;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a flow has under way, each on a virtual thread of its own. What it fails with, thrown or told, is its result. <b>Threading:</b> any.
 */
final class Operations {
    private static final Logger LOG = LoggerFactory.getLogger(Operations.class);

    private final Backstage backstage;
    private final String name;
    private final Set<Thread> endedWithCall = new HashSet<>();
    private boolean over;

    /** What is to be done; blocks for as long as it takes. */
    @FunctionalInterface
    interface Work {
        Result run() throws InterruptedException;
    }

    /** How long something may go on. */
    enum Scope {
        /** Until the run and its call are over. */
        CALL,
        /** For as long as it takes, whatever becomes of the call. */
        ITS_OWN
    }

    /** @param name what logs call the run */
    Operations(Backstage backstage, String name) {
        this.backstage = backstage;
        this.name = name;
    }

    /**
     * Begins something; returns at once.
     *
     * @param done told its result, but where it was ended with the call
     */
    void begin(Scope scope, Work work, Consumer<Result> done) {
        try {
            backstage.run(() -> carryOut(scope, work, done));
        } catch (RejectedExecutionException closed) {
            done.accept(new Result.Failed("the dialer is closed"));
        }
    }

    private void carryOut(Scope scope, Work work, Consumer<Result> done) {
        if (scope == Scope.CALL && !enter()) return;
        try {
            done.accept(result(work));
        } finally {
            leave();
        }
    }

    private synchronized boolean enter() {
        return !over && endedWithCall.add(Thread.currentThread());
    }

    private synchronized void leave() {
        endedWithCall.remove(Thread.currentThread());
    }

    private Result result(Work work) {
        try {
            return work.run();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return new Result.Failed("it was cut short");
        } catch (CallEndedException ended) {
            return new Result.Failed("the call is over");
        } catch (DialerException | StepException | IllegalArgumentException unable) {
            return new Result.Failed(String.valueOf(unable.getMessage()));
        } catch (RuntimeException | Error broken) {
            LOG.error("{} a step of its flow broke", name, broken);
            return new Result.Failed("a fault of our own, which the log tells");
        }
    }

    /** Ends what may not go on without the call; nothing that begins from now on does either. */
    synchronized void end() {
        over = true;
        endedWithCall.forEach(Thread::interrupt);
    }
}
