package dev.outdial.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.Test;

/** Statements stay parsed from one transaction to the next: to parse them anew was a third of what a transaction took. */
class ParsedStatementsTest {
    @Test
    void aTransactionThatReadsForgetsNone() {
        var settings = new StoreSettings("jdbc:h2:mem:parsed", "sa", "", 1, Duration.ofSeconds(2));
        try (Store store = Store.open(settings)) {
            long unused = store.read(tables -> tables.events().last());
            assertThat(store.<Integer>read(ParsedStatementsTest::parsed)).isPositive();
            long wasted = store.lightly(tables -> tables.events().last());
            assertThat(store.<Integer>read(ParsedStatementsTest::parsed)).isPositive();
        }
    }

    // H2 shows nobody what it keeps.
    private static int parsed(Tables tables) {
        try {
            var connection = (Connection) value(value(tables, Tables.class, "sql"), Sql.class, "connection");
            Object session = connection.unwrap(JdbcConnection.class).getSession();
            var cache = (Map<?, ?>) value(session, session.getClass(), "queryCache");
            return cache.size();
        } catch (ReflectiveOperationException | java.sql.SQLException unlike) {
            throw new AssertionError("H2 keeps its statements otherwise", unlike);
        }
    }

    private static Object value(Object of, Class<?> type, String name) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }
}
