package dev.outdial.server.store;

import java.io.Serial;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Statements on one connection, within its transaction. One owner. */
final class Sql {
    private static final String TAKEN = "23505";

    private final Connection connection;

    /** A statement failed. */
    static final class Trouble extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final SQLException reason;

        Trouble(SQLException reason) {
            super(reason);
            this.reason = reason;
        }

        SQLException reason() {
            return reason;
        }
    }

    /** Makes something of a row. */
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    Sql(Connection connection) {
        this.connection = connection;
    }

    /** How many rows it changed. */
    int update(String sql, @Nullable Object... values) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        } catch (SQLException trouble) {
            throw new Trouble(trouble);
        }
    }

    /** The same statement with one list of values after the other. */
    void updateAll(String sql, List<@Nullable Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (@Nullable Object[] values : rows) {
                bind(statement, values);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException trouble) {
            throw new Trouble(trouble);
        }
    }

    <T> List<T> list(String sql, Row<T> row, @Nullable Object... values) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(row.of(rows));
                }
                return found;
            }
        } catch (SQLException trouble) {
            throw new Trouble(trouble);
        }
    }

    <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... values) {
        List<T> found = list(sql, row, values);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    long number(String sql, @Nullable Object... values) {
        return first(sql, row -> row.getLong(1), values).orElse(0L);
    }

    /** Inserts a row; false where its key is taken, which waits for another transaction that is about to take it. */
    boolean insertIfFree(String sql, @Nullable Object... values) {
        try {
            var before = connection.setSavepoint();
            try {
                update(sql, values);
                connection.releaseSavepoint(before);
                return true;
            } catch (Trouble trouble) {
                if (!TAKEN.equals(trouble.reason().getSQLState())) {
                    throw trouble;
                }
                connection.rollback(before);
                return false;
            }
        } catch (SQLException trouble) {
            throw new Trouble(trouble);
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    static @Nullable Long millis(Optional<Instant> time) {
        return time.isPresent() ? (Long) time.get().toEpochMilli() : null;
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    static Optional<Instant> maybeTime(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    static OptionalInt maybeInt(ResultSet row, String column) throws SQLException {
        int number = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(number);
    }

    static Optional<String> maybeText(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    static String text(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }
}
