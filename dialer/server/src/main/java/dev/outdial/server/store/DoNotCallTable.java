package dev.outdial.server.store;

import dev.outdial.server.calls.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who asked not to be called: by an account, or by nobody. Numbers are E.164, {@code +} first. One transaction's own. */
public final class DoNotCallTable {
    /** Stands for every account. */
    public static final String EVERYBODY = "";

    private final Sql sql;

    /** One entry. */
    public record Entry(String account, String number, String reason, Instant created) {}

    DoNotCallTable(Sql sql) {
        this.sql = sql;
    }

    /** Keeps an entry; false where it was there. */
    public boolean add(Entry entry) {
        return sql.insertIfFree(
                "INSERT INTO do_not_call (account, number, reason, created_ms) VALUES (?, ?, ?, ?)",
                entry.account(),
                entry.number(),
                entry.reason(),
                entry.created().toEpochMilli());
    }

    /** Takes an entry away; false where there was none. */
    public boolean remove(String account, String number) {
        return sql.update("DELETE FROM do_not_call WHERE account = ? AND number = ?", account, number) > 0;
    }

    /** An entry of an account's own. */
    public Optional<Entry> find(String account, String number) {
        return sql.first(
                "SELECT * FROM do_not_call WHERE account = ? AND number = ?", DoNotCallTable::read, account, number);
    }

    /** Whether an account must not call a number: by its own entries or by those for everybody. */
    public boolean forbids(String account, String number) {
        return sql.number(
                        "SELECT COUNT(*) FROM do_not_call WHERE number = ? AND account IN (?, ?)",
                        number,
                        account,
                        EVERYBODY)
                > 0;
    }

    /** The entries of an account, the newest first. */
    public Page<Entry> list(String account, Optional<String> cursor, int limit) {
        var where = new Where("account = ?", account);
        cursor.map(Cursor::parse)
                .ifPresent(at -> where.and("(created_ms, number) < (?, ?)", at.createdMillis(), at.id()));
        List<Entry> found = sql.list(
                "SELECT * FROM do_not_call WHERE " + where.text() + " ORDER BY created_ms DESC, number DESC LIMIT ?",
                DoNotCallTable::read,
                where.with(limit + 1));
        return Cursor.page(found, limit, entry -> new Cursor(entry.created().toEpochMilli(), entry.number()));
    }

    private static Entry read(ResultSet row) throws SQLException {
        return new Entry(
                Sql.text(row, "account"),
                Sql.text(row, "number"),
                Sql.text(row, "reason"),
                Sql.time(row, "created_ms"));
    }
}
