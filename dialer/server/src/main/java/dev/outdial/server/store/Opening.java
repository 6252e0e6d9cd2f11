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
            one = new HikariDataSource(config(settings, "outdial-sync", FOR_MIGRATION, settings.isH2() ? "" : "on"));
            try (Connection first = one.getConnection()) {
                first.rollback();
            }
            migrate(one);
            all = new HikariDataSource(
                    config(settings, "outdial-store", settings.connections(), settings.isH2() ? "" : "off"));
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

    private static HikariConfig config(StoreSettings settings, String name, int connections, String synchronousCommit) {
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
            config.setConnectionInitSql("SET synchronous_commit = " + synchronousCommit);
        }
        return config;
    }

    private static String url(StoreSettings settings) {
        // What is not used any more is written over after five seconds, in which there are five syncs: H2's 45 make a
        // file of hundreds of
        // megabytes. The process closes the database itself, after its last call; a hook of the virtual machine would
        // be too
        // early.
        return settings.isH2()
                ? settings.url() + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=5000;RETENTION_TIME=5000"
                : settings.url();
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
