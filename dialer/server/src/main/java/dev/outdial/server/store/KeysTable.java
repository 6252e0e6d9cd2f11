package dev.outdial.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Access keys. One transaction's own. */
public final class KeysTable {
    private final Sql sql;

    KeysTable(Sql sql) {
        this.sql = sql;
    }

    /** Keeps a new one. */
    public void insert(StoredKey key) {
        sql.update(
                "INSERT INTO access_keys (id, account, name, prefix, hash, scopes, created_ms, expires_ms)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                key.id(),
                key.account(),
                key.name(),
                key.prefix(),
                key.hash(),
                String.join(" ", new TreeSet<>(key.scopes())),
                key.created().toEpochMilli(),
                Sql.millis(key.expires()));
    }

    /** Those that begin so and were not deleted, expired ones among them: their hashes say which it is. */
    public List<StoredKey> withPrefix(String prefix) {
        return sql.list("SELECT * FROM access_keys WHERE prefix = ? AND deleted_ms IS NULL", KeysTable::read, prefix);
    }

    /** Those of an account, the oldest first. */
    public List<StoredKey> ofAccount(String account) {
        return sql.list(
                "SELECT * FROM access_keys WHERE account = ? AND deleted_ms IS NULL ORDER BY created_ms, id",
                KeysTable::read,
                account);
    }

    /** One of an account. */
    public Optional<StoredKey> find(String account, String id) {
        return sql.first(
                "SELECT * FROM access_keys WHERE id = ? AND account = ? AND deleted_ms IS NULL",
                KeysTable::read,
                id,
                account);
    }

    /** How many there are in all. */
    public long count() {
        return sql.number("SELECT COUNT(*) FROM access_keys WHERE deleted_ms IS NULL");
    }

    /** It opens nothing any more; false where there is none. */
    public boolean softDelete(String account, String id, Instant now) {
        return sql.update(
                        "UPDATE access_keys SET deleted_ms = ? WHERE id = ? AND account = ? AND deleted_ms IS NULL",
                        now.toEpochMilli(),
                        id,
                        account)
                > 0;
    }

    private static StoredKey read(ResultSet row) throws SQLException {
        return new StoredKey(
                Sql.text(row, "id"),
                Sql.text(row, "account"),
                Sql.text(row, "name"),
                Sql.text(row, "prefix"),
                Sql.text(row, "hash"),
                Arrays.stream(Sql.text(row, "scopes").split(" "))
                        .filter(scope -> !scope.isEmpty())
                        .collect(Collectors.toSet()),
                Sql.time(row, "created_ms"),
                Sql.maybeTime(row, "expires_ms"));
    }
}
