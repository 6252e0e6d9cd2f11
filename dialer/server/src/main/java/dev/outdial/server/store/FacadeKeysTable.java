package dev.outdial.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Credentials of clients of APIs that are answered as other systems do. One transaction's own. */
public final class FacadeKeysTable {
    private final Sql sql;

    FacadeKeysTable(Sql sql) {
        this.sql = sql;
    }

    /** Keeps a new one; false where its name is taken. */
    public boolean insert(StoredFacadeKey key) {
        return sql.insertIfFree(
                "INSERT INTO facade_keys (id, account, facade, name, hash, created_ms) VALUES (?, ?, ?, ?, ?, ?)",
                key.id(),
                key.account(),
                key.facade(),
                key.name(),
                key.hash(),
                key.created().toEpochMilli());
    }

    /** The one of that name. */
    public Optional<StoredFacadeKey> named(String facade, String name) {
        return sql.first(
                "SELECT * FROM facade_keys WHERE facade = ? AND name = ?", FacadeKeysTable::read, facade, name);
    }

    /** The one of that hash. */
    public Optional<StoredFacadeKey> withHash(String facade, String hash) {
        return sql.first(
                "SELECT * FROM facade_keys WHERE facade = ? AND hash = ?", FacadeKeysTable::read, facade, hash);
    }

    /** Those of an account, the oldest first. */
    public List<StoredFacadeKey> ofAccount(String account) {
        return sql.list(
                "SELECT * FROM facade_keys WHERE account = ? ORDER BY created_ms, id", FacadeKeysTable::read, account);
    }

    /** One of an account. */
    public Optional<StoredFacadeKey> find(String account, String id) {
        return sql.first("SELECT * FROM facade_keys WHERE id = ? AND account = ?", FacadeKeysTable::read, id, account);
    }

    /** It is no more; false where there is none. */
    public boolean delete(String account, String id) {
        return sql.update("DELETE FROM facade_keys WHERE id = ? AND account = ?", id, account) > 0;
    }

    private static StoredFacadeKey read(ResultSet row) throws SQLException {
        return new StoredFacadeKey(
                Sql.text(row, "id"),
                Sql.text(row, "account"),
                Sql.text(row, "facade"),
                Sql.text(row, "name"),
                Sql.text(row, "hash"),
                Sql.time(row, "created_ms"));
    }
}
