package dev.outdial.server.store;

import dev.outdial.server.calls.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** All of one kind that users name: flows, trunks, numbers and so on. One transaction's own. */
public final class DocumentTable {
    /** All columns of the index stand in the order, and have bounds: H2 reads the whole kind otherwise. */
    private static final String IN_STATE =
            "SELECT * FROM documents d WHERE kind = ? AND state = ? AND updated_ms >= 0 AND deleted_ms IS NULL";

    private static final String BY_STATE = " ORDER BY kind, state, updated_ms";

    static final String OF_OVER_CALLS = IN_STATE
            + " AND EXISTS (SELECT 1 FROM calls c WHERE c.id = d.parent AND c.ended_ms < ?)" + BY_STATE
            + " LIMIT ?";

    private final Sql sql;
    private final Kind kind;

    /** Kinds of documents. */
    enum Kind {
        FLOW("flow", false),
        TRUNK("trunk", true),
        NUMBER("number", true),
        RECORDING("recording", false),
        MEDIA("media", false),
        GROUPCALL("groupcall", false),
        GATHER("gather", false),
        BRIDGE("bridge", false),
        WEBHOOK("webhook", false),
        APPLICATION("application", false);

        private final String word;
        /** Whether a name is unique over all accounts. */
        private final boolean isShared;

        Kind(String word, boolean isShared) {
            this.word = word;
            this.isShared = isShared;
        }

        String word() {
            return word;
        }
    }

    DocumentTable(Sql sql, Kind kind) {
        this.sql = sql;
        this.kind = kind;
    }

    /** Keeps a new one; false where its name is taken: by one of the account, or of any account for trunks and numbers. */
    public boolean insert(StoredDocument document) {
        return sql.insertIfFree(
                "INSERT INTO documents (kind, id, account, name, taken, parent, state, body, created_ms, updated_ms)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                kind.word,
                document.id(),
                document.account(),
                document.name(),
                taken(document),
                document.parent(),
                document.state(),
                document.body(),
                document.created().toEpochMilli(),
                document.updated().toEpochMilli());
    }

    private String taken(StoredDocument document) {
        if (document.name().isEmpty()) {
            return document.id();
        }
        return (kind.isShared ? "" : document.account()) + "/" + document.name();
    }

    /** Writes all of one but its account and when it was created; false where there is none, throws nothing where its name stays. */
    public boolean update(StoredDocument document) {
        return sql.update(
                        "UPDATE documents SET name = ?, taken = ?, parent = ?, state = ?, body = ?, updated_ms = ?"
                                + " WHERE kind = ? AND id = ? AND account = ? AND deleted_ms IS NULL",
                        document.name(),
                        taken(document),
                        document.parent(),
                        document.state(),
                        document.body(),
                        document.updated().toEpochMilli(),
                        kind.word,
                        document.id(),
                        document.account())
                > 0;
    }

    /** One of an account, unless it was deleted. */
    public Optional<StoredDocument> find(String account, String id) {
        return byId(id).filter(document -> document.account().equals(account));
    }

    /** One of any account, unless it was deleted. */
    public Optional<StoredDocument> byId(String id) {
        return sql.first(
                "SELECT * FROM documents WHERE kind = ? AND id = ? AND deleted_ms IS NULL",
                DocumentTable::read,
                kind.word,
                id);
    }

    /** The same, which nobody else changes before this transaction ends. */
    public Optional<StoredDocument> lock(String id) {
        return sql.first(
                "SELECT * FROM documents WHERE kind = ? AND id = ? AND deleted_ms IS NULL FOR UPDATE",
                DocumentTable::read,
                kind.word,
                id);
    }

    /** The one of that name: of the account, or of any account for trunks and numbers. */
    public Optional<StoredDocument> named(String account, String name) {
        return sql.first(
                "SELECT * FROM documents WHERE kind = ? AND taken = ?",
                DocumentTable::read,
                kind.word,
                (kind.isShared ? "" : account) + "/" + name);
    }

    /** Those that belong to something, the oldest first. */
    public List<StoredDocument> ofParent(String parent) {
        return sql.list(
                "SELECT * FROM documents WHERE kind = ? AND parent = ? AND deleted_ms IS NULL ORDER BY created_ms, id",
                DocumentTable::read,
                kind.word,
                parent);
    }

    /** Those in a state though the call that they belong to ended before a time: so many at most. */
    public List<StoredDocument> ofOverCalls(String state, Instant time, int limit) {
        return sql.list(OF_OVER_CALLS, DocumentTable::read, kind.word, state, time.toEpochMilli(), limit);
    }

    /** Those in a state, of all accounts. */
    public List<StoredDocument> inState(String state) {
        return sql.list(IN_STATE + BY_STATE, DocumentTable::read, kind.word, state);
    }

    /** All there are, of all accounts, the oldest first. */
    public List<StoredDocument> all() {
        return sql.list(
                "SELECT * FROM documents WHERE kind = ? AND deleted_ms IS NULL ORDER BY created_ms, id",
                DocumentTable::read,
                kind.word);
    }

    /** Those of an account, the newest first. */
    public Page<StoredDocument> list(String account, Optional<String> cursor, int limit) {
        return list(account, Optional.empty(), cursor, limit);
    }

    /** Those of an account that belong to something, the newest first. */
    public Page<StoredDocument> list(String account, Optional<String> parent, Optional<String> cursor, int limit) {
        var where = new Where("kind = ?", kind.word).and("account = ?", account).and("deleted_ms IS NULL");
        parent.ifPresent(one -> where.and("parent = ?", one));
        cursor.map(Cursor::parse).ifPresent(where::before);
        List<StoredDocument> found = sql.list(
                "SELECT * FROM documents WHERE " + where.text() + " ORDER BY created_ms DESC, id DESC LIMIT ?",
                DocumentTable::read,
                where.with(limit + 1));
        return Cursor.page(
                found, limit, document -> new Cursor(document.created().toEpochMilli(), document.id()));
    }

    /** It is found no more, and its name is free; false where there is none. */
    public boolean softDelete(String account, String id, Instant now) {
        return sql.update(
                        "UPDATE documents SET deleted_ms = ?, taken = id WHERE kind = ? AND id = ? AND account = ?"
                                + " AND deleted_ms IS NULL",
                        now.toEpochMilli(),
                        kind.word,
                        id,
                        account)
                > 0;
    }

    private static StoredDocument read(ResultSet row) throws SQLException {
        return new StoredDocument(
                Sql.text(row, "id"),
                Sql.text(row, "account"),
                Sql.text(row, "name"),
                Sql.text(row, "parent"),
                Sql.text(row, "state"),
                Sql.text(row, "body"),
                Sql.time(row, "created_ms"),
                Sql.time(row, "updated_ms"));
    }
}
