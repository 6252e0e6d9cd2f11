package dev.outdial.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes commits and brings them to the disk, many at once: whoever committed waits for the first write, or the first sync, that begins
 * after that. What is only written is synced within a second. <b>Threading:</b> any; one thread of its own writes and syncs.
 */
final class Syncer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Syncer.class);

    private static final long LIGHT_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_UNSYNCED_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long WORTH_A_WORD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
    private final AtomicBoolean hasMore = new AtomicBoolean();
    private final AtomicLong syncs = new AtomicLong();
    private final Sync sync;
    private final Thread thread;
    private long syncedNanos = System.nanoTime();
    private volatile LongConsumer timer = nanos -> {};
    private volatile boolean closed;

    /** The database, as far as syncing goes. */
    interface Sync {
        /** Returns when everything that was committed before it began outlives the process. */
        void write();

        /** Returns when everything that was written before it began is on the disk. */
        void sync();

        /**
         * Changes when the database was lost from sight. It may have come back without what it had not synced: what was begun under
         * another number than it is synced under may be gone.
         */
        long sight();
    }

    /** @param lingers whether others may be waited for first */
    private record Waiting(long sight, boolean isForDisk, boolean lingers, CompletableFuture<Void> done) {}

    Syncer(Sync sync) {
        this.sync = sync;
        this.thread = Thread.ofPlatform().name("outdial-store-sync").daemon().start(this::run);
    }

    /**
     * Completes when what was committed before this call is on the disk, exceptionally where that cannot be said.
     *
     * @param sight as it was before the transaction began
     */
    CompletableFuture<Void> afterCommit(long sight) {
        return add(sight, true, false);
    }

    /**
     * The same, when it is written and outlives the process, though not yet a failing of power.
     *
     * @param lingers whether others may be waited for a moment, to be written with
     */
    CompletableFuture<Void> afterLightCommit(long sight, boolean lingers) {
        return add(sight, false, lingers);
    }

    private CompletableFuture<Void> add(long sight, boolean isForDisk, boolean lingers) {
        var done = new CompletableFuture<Void>();
        if (closed) {
            done.completeExceptionally(Troubles.closed());
        } else {
            waiting.add(new Waiting(sight, isForDisk, lingers, done));
        }
        return done;
    }

    /** There was a commit that nobody waits for. */
    void soon() {
        hasMore.set(true);
    }

    /** How many syncs there were. */
    long syncs() {
        return syncs.get();
    }

    /** Has somebody told how long the disk took for each sync from now on, in nanoseconds; called on the thread that syncs. */
    void timedBy(LongConsumer told) {
        timer = told;
    }

    private void run() {
        while (!closed || !waiting.isEmpty()) {
            Waiting first = next(TimeUnit.SECONDS.toNanos(1));
            if (first != null || hasMore.get()) {
                complete(first);
            }
        }
    }

    private @Nullable Waiting next(long nanos) {
        try {
            return waiting.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException byNobody) {
            return null;
        }
    }

    /** All that wait; where all of them may linger, after a moment for others that are written with them. */
    private List<Waiting> batch(@Nullable Waiting first) {
        List<Waiting> batch = new ArrayList<>();
        if (first != null) {
            batch.add(first);
        }
        waiting.drainTo(batch);
        long endNanos = System.nanoTime() + LIGHT_WAIT_NANOS;
        while (!closed && !batch.isEmpty() && batch.stream().allMatch(Waiting::lingers)) {
            Waiting next = next(endNanos - System.nanoTime());
            if (next == null) break;
            batch.add(next);
            waiting.drainTo(batch);
        }
        return batch;
    }

    private void complete(@Nullable Waiting first) {
        List<Waiting> batch = batch(first);
        hasMore.set(false);
        try {
            sync.write();
            List<Waiting> forDisk = batch.stream().filter(Waiting::isForDisk).toList();
            batch.stream().filter(one -> !one.isForDisk()).forEach(this::done);
            if (forDisk.isEmpty() && System.nanoTime() - syncedNanos < LONGEST_UNSYNCED_NANOS) {
                hasMore.set(true);
                return;
            }
            syncs.incrementAndGet();
            long beganNanos = System.nanoTime();
            sync.sync();
            syncedNanos = System.nanoTime();
            forDisk.forEach(this::done);
            took(syncedNanos - beganNanos);
        } catch (RuntimeException | Error trouble) {
            LOG.warn("the store cannot be synced: {}", trouble.toString());
            batch.forEach(one -> one.done().completeExceptionally(trouble));
        }
    }

    private void took(long nanos) {
        timer.accept(nanos);
        if (nanos >= WORTH_A_WORD_NANOS)
            LOG.warn(
                    "the disk took {} ms to sync: whoever wanted something kept has waited for it",
                    TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    private void done(Waiting one) {
        if (one.sight() == sync.sight()) one.done().complete(null);
        else one.done().completeExceptionally(Troubles.lostFromSight());
    }

    @Override
    public void close() {
        closed = true;
        // Not by an interrupt, which would close the file under a write.
        waiting.add(new Waiting(sync.sight(), true, false, new CompletableFuture<>()));
        try {
            thread.join(5_000);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
