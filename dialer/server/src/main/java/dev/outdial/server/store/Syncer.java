package dev.outdial.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings commits to the disk, many with one sync: whoever committed waits for the first sync that begins after that. <b>Threading:</b>
 * {@link #afterCommit} from any thread; one thread of its own syncs.
 */
final class Syncer implements AutoCloseable {
    private final BlockingQueue<CompletableFuture<Void>> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong syncs = new AtomicLong();
    private final Sync sync;
    private final Thread thread;
    private volatile boolean closed;

    /** Returns when everything that was committed before it began is on the disk. */
    interface Sync {
        void run();
    }

    Syncer(Sync sync) {
        this.sync = sync;
        this.thread = Thread.ofPlatform().name("outdial-store-sync").daemon().start(this::run);
    }

    /** Completes when what was committed before this call is on the disk, exceptionally where that cannot be said. */
    CompletableFuture<Void> afterCommit() {
        var synced = new CompletableFuture<Void>();
        if (closed) {
            synced.completeExceptionally(Troubles.closed());
        } else {
            waiting.add(synced);
        }
        return synced;
    }

    /** How many syncs there were. */
    long syncs() {
        return syncs.get();
    }

    private void run() {
        List<CompletableFuture<Void>> batch = new ArrayList<>();
        while (!closed || !waiting.isEmpty()) {
            try {
                batch.add(waiting.take());
            } catch (InterruptedException closing) {
                continue; // what waits is still synced
            }
            waiting.drainTo(batch);
            complete(List.copyOf(batch));
            batch.clear();
        }
    }

    private void complete(List<CompletableFuture<Void>> batch) {
        try {
            syncs.incrementAndGet();
            sync.run();
            batch.forEach(one -> one.complete(null));
        } catch (RuntimeException | Error trouble) {
            batch.forEach(one -> one.completeExceptionally(trouble));
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
