package dev.outdial.server.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.jspecify.annotations.Nullable;

/**
 * The one connection that syncs. While it lasts the database has not gone down and lost what was committed and not synced; a new one is
 * another sight of it. <b>Threading:</b> {@link #sight} any; the rest belongs to the thread that syncs.
 */
final class SyncConnection implements Syncer.Sync, AutoCloseable {
    private static final long COMPACT_EVERY_NANOS = 250_000_000;
    private static final int LEAST_FILL_PERCENT = 70;
    private static final int COMPACTED_BYTES = 4 << 20;

    private final StoreSettings settings;
    private final HikariDataSource source;
    private @Nullable Connection connection;
    private long compactedNanos = System.nanoTime();
    private final AtomicLong sight = new AtomicLong();

    SyncConnection(StoreSettings settings, HikariDataSource source) {
        this.settings = settings;
        this.source = source;
    }

    @Override
    public long sight() {
        return sight.get();
    }

    @Override
    public void run() {
        try {
            sync(connected());
        } catch (Sql.Trouble trouble) {
            lost();
            throw Troubles.of(trouble.reason());
        } catch (SQLException trouble) {
            lost();
            throw Troubles.of(trouble);
        }
    }

    private void sync(Connection open) throws SQLException {
        if (settings.isH2()) {
            // A commit with WRITE_DELAY=0 is written, not synced.
            new Sql(open).update("CHECKPOINT SYNC");
            compact(open);
        } else {
            // Commits do not wait for the disk (synchronous_commit is off, so that no lock is held meanwhile); this one
            // does, and the log
            // up to it goes with it.
            new Sql(open).update("UPDATE counters SET reached = reached + 1 WHERE name = 'sync'");
            open.commit();
        }
    }

    /** With WRITE_DELAY=0 H2 has no thread that moves what is left of old chunks together; without that the file grows for ever. */
    private void compact(Connection open) throws SQLException {
        long nowNanos = System.nanoTime();
        if (nowNanos - compactedNanos > COMPACT_EVERY_NANOS
                && open.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session) {
            compactedNanos = nowNanos;
            boolean unused = session.getDatabase().getStore().getMvStore().compact(LEAST_FILL_PERCENT, COMPACTED_BYTES);
        }
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

    private void lost() {
        close();
        if (settings.isH2() && source.getHikariPoolMXBean() != null) {
            source.getHikariPoolMXBean().softEvictConnections();
        }
        connect();
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
