package dev.outdial.server.store;

import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Who may use the embedded database's file: transactions that change something, many at a time, or who writes down what they committed,
 * alone. H2 writes its tables and indexes one after the other and stops nobody from changing the next ones meanwhile; where the process
 * dies after that, the file has a row and not the index entry of it, or a later transaction and not the one before it, and nothing mends
 * that. <b>Threading:</b> any.
 */
final class FileTurns {
    /** Not the fair one: it lets a transaction by when only others are inside, and whoever writes is not passed by newcomers. */
    private final ReentrantReadWriteLock turns = new ReentrantReadWriteLock();

    /** Begins a transaction; close it when that is over. */
    Turn transaction() {
        turns.readLock().lock();
        return turns.readLock()::unlock;
    }

    /** Begins to write: no transaction is under way then, nor begins until it is closed. */
    Turn alone() {
        turns.writeLock().lock();
        return turns.writeLock()::unlock;
    }

    /** A turn that lasts until it is closed, by the thread that began it. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }
}
