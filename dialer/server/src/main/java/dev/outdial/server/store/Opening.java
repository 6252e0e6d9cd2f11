package dev.outdial.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BiFunction;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Opens a store: the database, its tables, its connections; or says in a sentence why not. */
final class Opening {
    /** One syncs; bringing the tables up to date takes more than one. */
    private static final int FOR_MIGRATION = 4;

    private static final String COMMITS_LIGHTLY = "SET synchronous_commit = off";

    /**
     * For PostgreSQL: a process that is held up in the midst of a transaction loses it and the locks with it, on which all others wait; it
     * finds its connection closed. Not for bringing tables up to date, where a transaction may wait for another one's work.
     */
    static final String LETS_GO = "SET idle_in_transaction_session_timeout = 2000";

    /**
     * Shorter than that: where a process is held up, those of its transactions that wait for another one of it are undone before they get
     * their locks one after the other. Who is not held up tries again.
     */
    private static final String QUEUES_BRIEFLY = "SET lock_timeout = 1500";

    private static final String H2_OPTIONS =
            ";WRITE_DELAY=2147483647;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=5000;RETENTION_TIME=5000;QUERY_CACHE_SIZE=200";

    private static final String H2_BROKEN = "90030";
    private static final String H2_IN_USE = "90020";
    private static final String H2_UNREADABLE = "90028";
    private static final String H2_TOO_NEW = "90048";

    private Opening() {}

    static Store open(StoreSettings settings, BiFunction<HikariDataSource, HikariDataSource, Store> maker) {
        HikariDataSource all = null;
        HikariDataSource one = null;
        try {
            // The first connection finds out what is wrong with the database before others are tried.
            one = new HikariDataSource(config(settings, "outdial-sync", FOR_MIGRATION, "SET synchronous_commit = on"));
            try (Connection first = one.getConnection()) {
                first.rollback();
            }
            migrate(one);
            all = new HikariDataSource(config(
                    settings,
                    "outdial-store",
                    settings.connections(),
                    COMMITS_LIGHTLY + "; " + LETS_GO + "; " + QUEUES_BRIEFLY));
            return maker.apply(all, one);
        } catch (HikariPool.PoolInitializationException | SQLException | FlywayException trouble) {
            close(all);
            close(one);
            throw new StoreException(sentence(settings, trouble), state(trouble).equals(H2_IN_USE), trouble);
        }
    }

    private static void close(@org.jspecify.annotations.Nullable HikariDataSource source) {
        if (source != null) {
            source.close();
        }
    }

    private static HikariConfig config(StoreSettings settings, String name, int connections, String initSql) {
        var config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url(settings));
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(settings.patience().toMillis());
        config.setValidationTimeout(Math.min(1_000, settings.patience().toMillis()));
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setInitializationFailTimeout(1);
        if (!settings.isH2()) {
            config.addDataSourceProperty("ApplicationName", name);
            config.addDataSourceProperty("connectTimeout", "2");
            config.addDataSourceProperty("socketTimeout", "20");
            config.addDataSourceProperty("tcpKeepAlive", "true");
            config.setConnectionInitSql(initSql);
        }
        return config;
    }

    /**
     * Nothing is written by H2 itself, at a commit (a delay of 0) or in between: {@link SyncConnection} does, when no transaction is under
     * way. What is not used any more is written over after five seconds, in which there are five syncs: H2's 45 make a file of hundreds of
     * megabytes. The process closes the database itself, after its last call; a hook of the virtual machine would be too early. As many
     * statements as there are stay parsed: of H2's 8 none lasted until it was asked again, which took a fifth of each transaction.
     */
    private static String url(StoreSettings settings) {
        return settings.isH2() ? settings.url() + H2_OPTIONS : settings.url();
    }

    private static void migrate(HikariDataSource source) {
        Flyway.configure(Opening.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    private static String sentence(StoreSettings settings, Exception trouble) {
        String where = settings.isH2()
                ? settings.url().replaceFirst("^jdbc:h2:(file:)?", "").replaceAll(";.*", "") + ".mv.db"
                : settings.toString().replaceFirst("^StoreSettings\\[", "").replaceFirst("]$", "");
        if (trouble instanceof FlywayException) {
            return "the tables of the store " + where
                    + " cannot be brought up to date: they are of a later version, or were changed"
                    + " by hand; use the version that wrote them, or restore a backup";
        }
        return switch (state(trouble)) {
            case H2_IN_USE ->
                "the store " + where + " is open in another process: end that one first, or use PostgreSQL for both";
            case H2_BROKEN, H2_UNREADABLE, H2_TOO_NEW ->
                "the store " + where
                        + " cannot be read: it is damaged or no store at all. Nothing was changed. Restore a"
                        + " backup, or move the file away to begin with an empty store";
            case "28P01", "28000" -> "the store " + where + " lets nobody in with this user and password";
            case "3D000" -> "the store " + where + " does not exist: create the database first";
            default -> "the store " + where + " cannot be opened: is the database there, and may it be written?";
        };
    }

    private static String state(Exception trouble) {
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }
}
