package dev.outdial.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Accounts. One transaction's own. */
public final class AccountsTable {
    private final Sql sql;

    AccountsTable(Sql sql) {
        this.sql = sql;
    }

    /** Keeps a new one; false where its id is taken. */
    public boolean insert(StoredAccount account) {
        return sql.insertIfFree(
                "INSERT INTO accounts (id, name, body, created_ms, updated_ms) VALUES (?, ?, ?, ?, ?)",
                account.id(),
                account.name(),
                account.body(),
                account.created().toEpochMilli(),
                account.updated().toEpochMilli());
    }

    /** Writes its name and body; false where there is none. */
    public boolean update(StoredAccount account) {
        return sql.update(
                        "UPDATE accounts SET name = ?, body = ?, updated_ms = ? WHERE id = ? AND deleted_ms IS NULL",
                        account.name(),
                        account.body(),
                        account.updated().toEpochMilli(),
                        account.id())
                > 0;
    }

    /** One, unless it was deleted. */
    public Optional<StoredAccount> find(String id) {
        return sql.first("SELECT * FROM accounts WHERE id = ? AND deleted_ms IS NULL", AccountsTable::read, id);
    }

    /** All, the oldest first. */
    public List<StoredAccount> all() {
        return sql.list("SELECT * FROM accounts WHERE deleted_ms IS NULL ORDER BY created_ms, id", AccountsTable::read);
    }

    /** It is found no more, and none of its keys opens anything; false where there is none. */
    public boolean softDelete(String id, Instant now) {
        boolean was = sql.update(
                        "UPDATE accounts SET deleted_ms = ? WHERE id = ? AND deleted_ms IS NULL",
                        now.toEpochMilli(),
                        id)
                > 0;
        sql.update(
                "UPDATE access_keys SET deleted_ms = ? WHERE account = ? AND deleted_ms IS NULL",
                now.toEpochMilli(),
                id);
        return was;
    }

    private static StoredAccount read(ResultSet row) throws SQLException {
        return new StoredAccount(
                Sql.text(row, "id"),
                Sql.text(row, "name"),
                Sql.text(row, "body"),
                Sql.time(row, "created_ms"),
                Sql.time(row, "updated_ms"));
    }
}
