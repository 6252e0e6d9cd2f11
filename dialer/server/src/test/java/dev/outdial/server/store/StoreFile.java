package dev.outdial.server.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.h2.api.ErrorCode;

/** A file of the embedded store, looked at from outside: with H2 alone, and nothing of ours. */
public final class StoreFile {
    private StoreFile() {}

    private record Index(String table, String name, String column, String least) {}

    /**
     * What does not fit together in it: an index that lacks rows of its table or has others, or events beyond their counter.
     *
     * @param place without the ending; nobody has it open. It is opened, which mends what H2 mends after a crash
     */
    public static List<String> complaints(String place) throws SQLException {
        var found = new ArrayList<String>();
        try (Connection open = DriverManager.getConnection("jdbc:h2:file:" + place + ";IFEXISTS=TRUE", "sa", "");
                Statement statement = open.createStatement()) {
            for (Index index : indexes(statement)) {
                long rows = number(
                        statement,
                        "SELECT COUNT(*) FROM (SELECT _rowid_ FROM " + index.table()
                                + " WHERE _rowid_ + 0 > -9000000000000000000)");
                // A condition that all rows fulfil, so that they are looked for in the index.
                String all = index.column() + " >= " + index.least();
                long indexed = number(
                        statement,
                        "SELECT COUNT(" + index.column() + ") FROM " + index.table() + " USE INDEX (" + index.name()
                                + ") WHERE " + all);
                long none = number(
                        statement,
                        "SELECT COUNT(*) FROM " + index.table() + " WHERE " + index.column() + " || '' IS NULL");
                if (rows != indexed + none) {
                    found.add(index.table() + " has " + rows + " rows, " + index.name() + " " + (indexed + none));
                }
            }
            long counted = number(statement, "SELECT reached FROM counters WHERE name || '' = 'events'");
            long last = number(statement, "SELECT COALESCE(MAX(reached), 0) FROM events");
            if (last > counted) found.add("event " + last + " is beyond the counter, " + counted);
        } catch (SQLException trouble) {
            if (trouble.getErrorCode() != ErrorCode.TABLE_OR_VIEW_NOT_FOUND_DATABASE_EMPTY_1) throw trouble;
        }
        return found;
    }

    private static List<Index> indexes(Statement statement) throws SQLException {
        var found = new ArrayList<Index>();
        try (ResultSet row = statement.executeQuery("SELECT i.table_name, i.index_name, i.column_name, c.data_type"
                + " FROM information_schema.index_columns i JOIN information_schema.columns c"
                + " ON c.table_schema = i.table_schema AND c.table_name = i.table_name AND c.column_name = i.column_name"
                + " WHERE i.table_schema = 'PUBLIC' AND i.ordinal_position = 1")) {
            while (row.next()) {
                String type = row.getString(4);
                String least = type.contains("CHAR") ? "''" : type.equals("BOOLEAN") ? "FALSE" : "-9000000000000000000";
                found.add(
                        new Index(quoted(row.getString(1)), quoted(row.getString(2)), quoted(row.getString(3)), least));
            }
        }
        return found;
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
