package dev.outdial.server.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** Empty stores, on either database. */
public enum Databases {
    H2,
    POSTGRESQL;

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static @Nullable Optional<EmbeddedPostgres> postgres;

    /** Settings of a store with nothing in it. */
    public StoreSettings fresh() {
        String name = "store" + COUNT.incrementAndGet();
        if (this == H2) {
            return StoreSettings.inMemory(name);
        }
        Optional<EmbeddedPostgres> server = postgres();
        Assumptions.assumeTrue(server.isPresent());
        String url = server.orElseThrow().getJdbcUrl("postgres", "postgres");
        execute(url, "CREATE SCHEMA " + name);
        return new StoreSettings(url + "&currentSchema=" + name, "postgres", "");
    }

    static void execute(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException trouble) {
            throw new IllegalStateException(sql, trouble);
        }
    }

    /** One server for all tests of a process; it ends with it. Its binaries come with the tests, and as root it needs {@code unshare}. */
    private static synchronized Optional<EmbeddedPostgres> postgres() {
        Optional<EmbeddedPostgres> known = postgres;
        if (known == null) {
            known = start();
            postgres = known;
        }
        return known;
    }

    private static Optional<EmbeddedPostgres> start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
            return Optional.of(server);
        } catch (IOException | RuntimeException cannot) {
            System.out.println("PostgreSQL does not start here, its tests are left out: " + cannot);
            return Optional.empty();
        }
    }

    private static void close(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }
}
