package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.call.Backstage;
import dev.outdial.dialer.flow.machine.FlowEvent.Result;
import dev.outdial.dialer.flow.run.Operations.Work;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What is done one after another, in the order in which it was asked for, though each on a thread of its own. <b>Threading:</b> one thread
 * asks; each work runs where it is run.
 */
final class Lane {
    private static final Result FINISHED = new Result.Finished();

    private final Backstage backstage;
    private final Set<Turn> open = new HashSet<>();
    private CompletableFuture<Void> last = new CompletableFuture<>();

    Lane(Backstage backstage) {
        this.backstage = backstage;
        last.complete(null);
    }

    /** The same work in its turn. */
    Work inTurn(Work work) {
        return turn(new Turn(work, last, () -> {}));
    }

    /**
     * The same work in its turn, finished early by {@link #stop}.
     *
     * @param atStop what takes back what the work did until then
     */
    Work stoppable(Work work, Runnable atStop) {
        var turn = new Turn(work, last, atStop);
        synchronized (open) {
            open.add(turn);
        }
        return turn(turn);
    }

    private Work turn(Turn turn) {
        last = turn.over;
        return turn::run;
    }

    /** Finishes whatever may be stopped, whether it has begun or not. */
    void stop() {
        Set<Turn> all;
        synchronized (open) {
            all = Set.copyOf(open);
            open.clear();
        }
        all.forEach(Turn::stop);
    }

    private final class Turn {
        private final Work work;
        private final CompletableFuture<Void> before;
        private final Runnable atStop;
        private final CompletableFuture<Void> over = new CompletableFuture<>();
        private final Set<Thread> at = new HashSet<>(1);
        private boolean stopped;

        Turn(Work work, CompletableFuture<Void> before, Runnable atStop) {
            this.work = work;
            this.before = before;
            this.atStop = atStop;
        }

        Result run() throws InterruptedException {
            try {
                if (!enter()) return FINISHED;
                backstage.await(before);
                return work.run();
            } catch (InterruptedException cut) {
                if (isStopped()) return FINISHED;
                throw cut;
            } finally {
                leave();
                over.complete(null);
            }
        }

        private synchronized boolean enter() {
            if (!stopped) at.add(Thread.currentThread());
            return !stopped;
        }

        private synchronized boolean isStopped() {
            return stopped;
        }

        private void leave() {
            synchronized (open) {
                open.remove(this);
            }
            synchronized (this) {
                at.clear();
                if (!stopped) return;
            }
            // Whoever stopped it interrupts it no more; what it had asked for when it was interrupted goes too.
            var unused = Thread.interrupted();
            atStop.run();
        }

        private synchronized void stop() {
            stopped = true;
            at.forEach(Thread::interrupt);
        }
    }
}
