package dev.outdial.server.calls.live;

import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what happens to calls into the store: a few writers, of which each has its own calls, so that what happens to one call is stored in
 * order, and many at once in one transaction. While the store is away it keeps them, in memory first and then in a file.
 *
 * <p><b>Threading:</b> any; nothing waits.
 */
final class CallWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CallWriter.class);
    private static final int WRITERS = 4;
    private static final int MOST_AT_ONCE = 100;
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final Store store;
    private final ChangeKeeper keeper;
    private final Consumer<Aftermath> afterwards;
    private final List<Backlog> backlogs = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    /** @param afterwards called by a writer after each transaction: it must not wait for calls */
    CallWriter(Store store, ChangeKeeper keeper, Path spool, Consumer<Aftermath> afterwards) {
        this.store = store;
        this.keeper = keeper;
        this.afterwards = afterwards;
        for (int i = 0; i < WRITERS; i++) {
            var backlog = new Backlog(spool.resolve("events-" + i + ".jsonl"));
            backlogs.add(backlog);
        }
    }

    /** Writes what an earlier process could not; waits until that is done, or the store is away again. */
    void recover() {
        for (Backlog backlog : backlogs) {
            for (List<Backlog.Entry> batch = backlog.next(MOST_AT_ONCE);
                    !batch.isEmpty();
                    batch = backlog.next(MOST_AT_ONCE)) {
                write(batch);
                backlog.done(batch);
            }
        }
    }

    void start() {
        for (Backlog backlog : backlogs) {
            threads.add(Thread.ofPlatform()
                    .name("outdial-events-" + threads.size())
                    .daemon()
                    .start(() -> run(backlog)));
        }
    }

    /** Has it stored soon. @return completes when it is, with the call as it stands then; empty where it could not happen any more */
    CompletableFuture<Optional<CallRecord>> put(CallChange change) {
        return backlogs.get(Math.floorMod(change.callId().hashCode(), WRITERS)).put(change);
    }

    /** How many wait to be stored. */
    long waiting() {
        return backlogs.stream().mapToLong(Backlog::size).sum();
    }

    private void run(Backlog backlog) {
        try {
            while (true) {
                List<Backlog.Entry> batch = backlog.await(MOST_AT_ONCE);
                if (batch.isEmpty()) return;
                if (written(batch)) {
                    backlog.done(batch);
                } else {
                    if (closed) return;
                    Thread.sleep(AWAY.toMillis());
                }
            }
        } catch (InterruptedException closing) {
            LOG.debug("a writer of events ends");
        }
    }

    private static final Duration AWAY = Duration.ofMillis(250);

    private boolean written(List<Backlog.Entry> batch) {
        try {
            write(batch);
            return true;
        } catch (ServiceException away) {
            if (away.kind() == ServiceException.Kind.UNAVAILABLE) {
                LOG.warn("{} events wait for the store: {}", waiting(), away.getMessage());
                return false;
            }
            alone(batch);
            return true;
        } catch (RuntimeException broken) {
            LOG.error("{} events cannot be stored together", batch.size(), broken);
            alone(batch);
            return true;
        }
    }

    /** What cannot be stored must not keep the others from it. */
    private void alone(List<Backlog.Entry> batch) {
        for (Backlog.Entry entry : batch) {
            try {
                write(List.of(entry));
            } catch (RuntimeException broken) {
                LOG.error(
                        "call={} lost a {}",
                        entry.change().callId(),
                        entry.change().change().getClass().getSimpleName(),
                        broken);
                entry.stored().completeExceptionally(broken);
            }
        }
    }

    private record Written(List<Optional<CallRecord>> calls, Aftermath aftermath) {}

    private void write(List<Backlog.Entry> batch) {
        Written written = store.lightly(tables -> {
            var aftermath = new Aftermath();
            List<Optional<CallRecord>> calls = new ArrayList<>();
            for (Backlog.Entry entry : batch) {
                calls.add(keeper.keep(tables, entry.change(), aftermath));
            }
            return new Written(calls, aftermath);
        });
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).stored().complete(written.calls().get(i));
        }
        afterwards.accept(written.aftermath());
    }

    /** Writes what is left, or has it lie in files where the store is away. */
    @Override
    public void close() {
        closed = true;
        backlogs.forEach(Backlog::close);
        try {
            for (Thread thread : threads) {
                boolean unused = thread.join(LONGEST_CLOSE);
                thread.interrupt();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        backlogs.forEach(Backlog::putAside);
    }
}
