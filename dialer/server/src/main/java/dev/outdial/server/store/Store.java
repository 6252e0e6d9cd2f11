package dev.outdial.server.store;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.outdial.server.calls.ServiceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Keeps what must not be lost: in a file of its own or in PostgreSQL.
 *
 * <p><b>Threading:</b> any thread may ask. Transactions run on threads of the store's own, as many as there are connections, so that who
 * is interrupted harms no file and who is virtual holds up no carrier; the asker waits, whatever interrupts it. Where the database is
 * away, {@link ServiceException} says so at once or after the patience of the settings, and all is well again when it is back.
 */
public final class Store implements AutoCloseable {
    private static final int MOST_WAITING = 10_000;
    private static final int TRIES = 5;
    private static final long AWAY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Who only reads leaves nothing half done in the file; PostgreSQL has a log of its own. */
    private static final Supplier<FileTurns.Turn> NO_TURN = () -> () -> {};

    private final StoreSettings settings;
    private final Runnable givesFileBack;
    private final HikariDataSource connections;
    private final HikariDataSource syncConnection;
    private final FileTurns turns = new FileTurns();
    /** Of a transaction that changes something. */
    private final Supplier<FileTurns.Turn> turn;

    private final SyncConnection syncing;
    private final Syncer syncer;
    private final ThreadPoolExecutor threads;
    private final ThreadLocal<Boolean> isOurs = ThreadLocal.withInitial(() -> false);
    /** Until when nobody tries to reach a database that was away, on the clock of {@link System#nanoTime()}; 0 for not at all. */
    private final AtomicLong awayUntilNanos = new AtomicLong();

    /** How a transaction ends. */
    private enum End {
        SYNCED,
        WRITTEN,
        COMMITTED,
        /** There is nothing to keep. Committed all the same: with a rollback H2 forgets every statement that its connection has parsed. */
        READ
    }

    /**
     * Whether the store can be used.
     *
     * @param why a sentence where it cannot; empty where it can
     */
    public record Health(boolean up, String why) {}

    private Store(
            StoreSettings settings,
            HikariDataSource connections,
            HikariDataSource syncConnection,
            Runnable givesFileBack) {
        this.settings = settings;
        this.givesFileBack = givesFileBack;
        this.turn = settings.isH2() ? turns::transaction : NO_TURN;
        this.connections = connections;
        this.syncConnection = syncConnection;
        this.syncing = new SyncConnection(settings, syncConnection, turns, this::evictAll);
        syncing.connect();
        this.syncer = new Syncer(syncing);
        this.threads = new ThreadPoolExecutor(
                settings.connections(),
                settings.connections(),
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().name("outdial-store-", 0).daemon().factory());
    }

    /**
     * Opens it, and brings its tables up to date.
     *
     * @throws StoreException where it cannot be opened: a damaged file, one that is open here or in another process, a database that is not
     *     there or lets nobody in. The sentence says which
     */
    public static Store open(StoreSettings settings) {
        Runnable givesFileBack = OpenFiles.take(settings);
        try {
            return Opening.open(settings, (all, one) -> new Store(settings, all, one, givesFileBack));
        } catch (RuntimeException | Error unable) {
            givesFileBack.run();
            throw unable;
        }
    }

    /**
     * Does it in one transaction that is on the disk when this returns. Where this throws, it is not done, or, where the store is
     * unavailable, nobody knows.
     */
    public <T> T durably(Work<T> work) {
        return await(begin(work, End.SYNCED));
    }

    /** The same without waiting. */
    public <T> CompletableFuture<T> durablyLater(Work<T> work) {
        return begin(work, End.SYNCED);
    }

    /** Does it in one transaction; a result that must last is on the disk when this returns, another is only committed. */
    <T> T durablyWhere(Work<T> work, Predicate<T> mustLast) {
        return await(begin(work, result -> mustLast.test(result) ? End.SYNCED : End.COMMITTED, turn));
    }

    /** Does it in one transaction that outlives the process when this returns, though not yet the failing of power. */
    public <T> T lightly(Work<T> work) {
        return await(begin(work, End.COMMITTED));
    }

    /** {@link #lightly} without waiting, and done as soon as can be. */
    <T> CompletableFuture<T> lightlyLater(Work<T> work) {
        return begin(work, End.WRITTEN);
    }

    /** Reads in one transaction, which changes nothing. */
    public <T> T read(Work<T> work) {
        return await(begin(work, result -> End.READ, NO_TURN));
    }

    /** Whether it can be used now. */
    public Health health() {
        try {
            CompletableFuture<Long> last = begin(tables -> tables.events().last(), result -> End.READ, NO_TURN);
            long unused = last.get(settings.patience().toMillis() + 500, TimeUnit.MILLISECONDS);
            return new Health(true, "");
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return new Health(false, "nobody waited for the store");
        } catch (TimeoutException slow) {
            return new Health(false, "the store takes too long to answer");
        } catch (ExecutionException | ServiceException down) {
            return new Health(false, "the store cannot be reached");
        }
    }

    /** How many syncs there were since it was opened. */
    public long syncs() {
        return syncer.syncs();
    }

    /**
     * Has somebody told how long the disk took for each sync from now on, in nanoseconds, in place of whoever was told before.
     *
     * @param told called by the thread that syncs, which does nothing else meanwhile
     */
    public void timeSyncs(LongConsumer told) {
        syncer.timedBy(told);
    }

    /** Whether nobody else has it open: an embedded one is this process's alone. */
    public boolean isAlone() {
        return settings.isH2();
    }

    private <T> CompletableFuture<T> begin(Work<T> work, End end) {
        return begin(work, result -> end, turn);
    }

    private <T> CompletableFuture<T> begin(Work<T> work, Function<T, End> end, Supplier<FileTurns.Turn> turn) {
        if (isOurs.get()) {
            throw new IllegalStateException("a transaction asked the store for another one");
        }
        var done = new CompletableFuture<T>();
        try {
            threads.execute(() -> run(work, end, turn, done));
        } catch (RejectedExecutionException full) {
            throw threads.isShutdown() ? Troubles.closed() : Troubles.busy();
        }
        return done;
    }

    private <T> void run(Work<T> work, Function<T, End> end, Supplier<FileTurns.Turn> turn, CompletableFuture<T> done) {
        try {
            isOurs.set(true);
            long sight = syncing.sight();
            T result;
            try {
                result = transacted(work, end, turn);
            } finally {
                isOurs.set(false); // who is told below may ask again
            }
            switch (end.apply(result)) {
                case SYNCED -> tell(result, syncer.afterCommit(sight), done);
                case WRITTEN -> tellLightly(result, sight, false, done);
                case COMMITTED -> tellLightly(result, sight, true, done);
                case READ -> done.complete(result);
            }
        } catch (RuntimeException | Error trouble) {
            done.completeExceptionally(trouble);
        }
    }

    private <T> void tellLightly(T result, long sight, boolean lingers, CompletableFuture<T> done) {
        if (settings.isH2()) {
            tell(result, syncer.afterLightCommit(sight, lingers), done);
        } else {
            syncer.soon();
            done.complete(result);
        }
    }

    private static <T> void tell(T result, CompletableFuture<Void> kept, CompletableFuture<T> done) {
        var unused = kept.whenComplete((yes, trouble) -> {
            if (trouble == null) done.complete(result);
            else done.completeExceptionally(trouble);
        });
    }

    private <T> T transacted(Work<T> work, Function<T, End> end, Supplier<FileTurns.Turn> turn) {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = connection();
                    var untilItIsOver = turn.get()) {
                return once(connection, work, end);
            } catch (Sql.Trouble trouble) {
                if (attempt == TRIES || !Troubles.isWorthAnotherTry(trouble.reason())) {
                    throw told(trouble.reason());
                }
            } catch (SQLException trouble) {
                throw told(trouble);
            }
        }
    }

    private static <T> T once(Connection connection, Work<T> work, Function<T, End> end) throws SQLException {
        boolean isDone = false;
        try {
            var tables = new Tables(connection);
            T result = work.in(tables);
            if (end.apply(result) != End.READ) tables.events().write();
            connection.commit();
            isDone = true;
            return result;
        } finally {
            if (!isDone) {
                rollBack(connection);
            }
        }
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException gone) {
            // With the connection goes the transaction; what went wrong first is told.
        }
    }

    private Connection connection() throws SQLException {
        long until = awayUntilNanos.get();
        if (until != 0 && System.nanoTime() - until < 0) {
            throw Troubles.away(new SQLException("the database was away a moment ago"));
        }
        try {
            Connection connection = connections.getConnection();
            awayUntilNanos.set(0);
            return connection;
        } catch (SQLException away) {
            awayUntilNanos.set((System.nanoTime() + AWAY_NANOS) | 1); // 0 says something else
            if (settings.isH2()) evictAll();
            throw away;
        }
    }

    /** What is told of it. An embedded database that could not write is closed for good: its last connection goes, and it opens anew. */
    private RuntimeException told(SQLException trouble) {
        RuntimeException told = Troubles.of(trouble);
        if (settings.isH2() && Troubles.isOfTheFile(trouble)) {
            evictAll();
        }
        return told;
    }

    private void evictAll() {
        evict(connections);
        evict(syncConnection);
    }

    private static void evict(HikariDataSource pool) {
        HikariPoolMXBean bean = pool.getHikariPoolMXBean();
        if (bean != null) {
            bean.softEvictConnections();
        }
    }

    /** Waits to the end: who is interrupted meanwhile is told so by its own flag. */
    private static <T> T await(CompletableFuture<T> done) {
        try {
            return done.join(); // which is not interrupted
        } catch (CompletionException failed) {
            switch (failed.getCause()) {
                case ServiceException told -> throw again(told);
                case RuntimeException trouble -> throw trouble;
                case Error error -> throw error;
                case null, default -> throw failed;
            }
        }
    }

    /** One for each asker: a batch fails with one for all. */
    private static ServiceException again(ServiceException told) {
        var own = new ServiceException(told.kind(), told.code(), String.valueOf(told.getMessage()), told.fields());
        own.initCause(told);
        return own;
    }

    /** What is under way is finished, what waits is refused. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            boolean unused = threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        syncer.close();
        syncing.close();
        syncConnection.close();
        connections.close();
        givesFileBack.run();
    }
}
