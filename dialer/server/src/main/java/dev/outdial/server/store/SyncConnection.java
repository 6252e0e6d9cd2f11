package dev.outdial.server.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The one connection that writes and syncs. While it lasts the database has not gone down and lost what was committed and not synced; a
 * new one is another sight of it. <b>Threading:</b> {@link #sight} any; the rest belongs to the thread that does it.
 */
final class SyncConnection implements Syncer.Sync, AutoCloseable {
    private static final int LEAST_FILL_PERCENT = 60;

    /** Little and often: whoever commits waits while chunks are moved, and until what was moved is written with his. */
    private static final int COMPACTED_BYTES = 256 << 10;

    /** A chunk of which more is left than is moved at a time is never chosen, and keeps others from it that are not as old. */
    private static final int COMPACTED_BYTES_AT_TIMES = 2 << 20;

    /** Once a minute or less: it takes 30 to 50 ms, for which all who commit wait. */
    private static final int EVERY_SO_MANY = 600;

    private static final long COMPACT_EVERY_NANOS = 100_000_000;

    private final StoreSettings settings;
    private final HikariDataSource source;
    private final FileTurns turns;
    private final Runnable evictsAll;
    private @Nullable Connection connection;
    private long compactedNanos = System.nanoTime();
    private int compactions;
    private final AtomicLong sight = new AtomicLong();

    SyncConnection(StoreSettings settings, HikariDataSource source, FileTurns turns, Runnable evictsAll) {
        this.settings = settings;
        this.source = source;
        this.turns = turns;
        this.evictsAll = evictsAll;
    }

    @Override
    public long sight() {
        return sight.get();
    }

    @Override
    public void write() {
        if (settings.isH2()) {
            attempt(open -> {
                compact(open);
                try (var turn = turns.alone()) {
                    new Sql(open).update("CHECKPOINT");
                }
            });
        }
    }

    @Override
    public void sync() {
        attempt(open -> {
            if (settings.isH2()) {
                file(open).sync();
            } else {
                // Commits do not wait for the disk (synchronous_commit is off, so that no lock is held meanwhile).
                // This one does, and the log up to it goes with it.
                new Sql(open).update("UPDATE counters SET reached = reached + 1 WHERE name = 'sync'");
                open.commit();
            }
        });
    }

    private interface Attempt {
        void with(Connection open) throws SQLException;
    }

    private void attempt(Attempt attempt) {
        try {
            attempt.with(connected());
        } catch (Sql.Trouble trouble) {
            lost();
            throw Troubles.of(trouble.reason());
        } catch (SQLException trouble) {
            lost();
            throw Troubles.of(trouble);
        } catch (MVStoreException trouble) {
            lost();
            throw Troubles.away(trouble);
        }
    }

    /**
     * H2 has no thread of its own that moves what is left of old chunks together; without that the file grows for ever. Moves them beside
     * transactions; what was moved goes with the next write.
     */
    private void compact(Connection open) throws SQLException {
        long nowNanos = System.nanoTime();
        if (nowNanos - compactedNanos > COMPACT_EVERY_NANOS) {
            compactedNanos = nowNanos;
            MVStore file = file(open);
            int most = ++compactions % EVERY_SO_MANY == 0 ? COMPACTED_BYTES_AT_TIMES : COMPACTED_BYTES;
            boolean unused = file.compact(LEAST_FILL_PERCENT, most);
        }
    }

    private static MVStore file(Connection open) throws SQLException {
        if (open.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session) {
            return session.getDatabase().getStore().getMvStore();
        }
        throw new SQLException("the embedded database is not embedded");
    }

    /** Connects before anything is committed that is to be synced. */
    void connect() {
        try {
            Connection unused = connected();
        } catch (SQLException away) {
            // The next sync tries again.
        }
    }

    private Connection connected() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = source.getConnection();
            if (!settings.isH2()) {
                new Sql(open).update(Opening.LETS_GO);
                open.commit();
            }
            connection = open;
            sight.incrementAndGet();
        }
        return open;
    }

    /** An embedded database that could not write opens anew when nobody has it open any more: not at once, therefore. */
    private void lost() {
        close();
        if (settings.isH2()) evictsAll.run();
        else connect();
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException gone) {
                // So it is.
            }
        }
    }
}
