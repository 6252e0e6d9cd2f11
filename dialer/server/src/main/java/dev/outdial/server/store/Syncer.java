package dev.outdial.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings commits to the disk, many with one sync: whoever committed waits for the first sync that begins after that. Others are brought
 * there within a second. <b>Threading:</b> any; one thread of its own syncs.
 */
final class Syncer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Syncer.class);

    private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
    private final AtomicBoolean hasMore = new AtomicBoolean();
    private final AtomicLong syncs = new AtomicLong();
    private final Sync sync;
    private final Thread thread;
    private volatile boolean closed;

    /** The database, as far as syncing goes. */
    interface Sync {
        /** Returns when everything that was committed before it began is on the disk. */
        void run();

        /**
         * Changes when the database was lost from sight. It may have come back without what it had not synced: what was begun under
         * another number than it is synced under may be gone.
         */
        long sight();
    }

    private record Waiting(long sight, CompletableFuture<Void> synced) {}

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
        var synced = new CompletableFuture<Void>();
        if (closed) {
            synced.completeExceptionally(Troubles.closed());
        } else {
            waiting.add(new Waiting(sight, synced));
        }
        return synced;
    }

    /** There was a commit that nobody waits for. */
    void soon() {
        hasMore.set(true);
    }

    /** How many syncs there were. */
    long syncs() {
        return syncs.get();
    }

    private void run() {
        while (!closed || !waiting.isEmpty()) {
            try {
                Waiting first = waiting.poll(1, TimeUnit.SECONDS);
                if (first != null || hasMore.get()) {
                    complete(first);
                }
            } catch (InterruptedException closing) {
                // What waits is still synced.
            }
        }
    }

    private void complete(@Nullable Waiting first) {
        List<Waiting> batch = new ArrayList<>();
        if (first != null) {
            batch.add(first);
        }
        waiting.drainTo(batch);
        hasMore.set(false);
        try {
            syncs.incrementAndGet();
            sync.run();
            long sight = sync.sight();
            for (Waiting one : batch) {
                if (one.sight() == sight) one.synced().complete(null);
                else one.synced().completeExceptionally(Troubles.lostFromSight());
            }
        } catch (RuntimeException | Error trouble) {
            LOG.warn("the store cannot be synced: {}", trouble.toString());
            batch.forEach(one -> one.synced().completeExceptionally(trouble));
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(5_000);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
