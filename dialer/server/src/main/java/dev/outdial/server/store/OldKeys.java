package dev.outdial.server.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keys of requests that outlived what was made under them. A key lives as long as that does, however old, as a
 * repeat would make a second one. One transaction's own.
 */
public final class OldKeys {
    /** By the index from end to end: whoever lives is passed by once a round. */
    static final String OLDER = "SELECT created_ms, account, request, answer FROM idempotency WHERE created_ms >= ?"
            + " AND created_ms < ? AND (created_ms > ? OR account > ? OR (account = ? AND request > ?))"
            + " ORDER BY created_ms, account, request LIMIT ?";

    /** Whatever a key may have made, each by its primary key. */
    private static final List<String> MADE = Stream.concat(
                    Stream.of("calls", "campaigns", "accounts", "access_keys", "facade_keys")
                            .map(table -> table + " WHERE "),
                    Arrays.stream(DocumentTable.Kind.values())
                            .map(kind -> "documents WHERE kind = '" + kind.word() + "' AND "))
            .toList();

    static final String IS_THERE = MADE.stream()
            .map(one -> "EXISTS (SELECT 1 FROM " + one + "id = ?)")
            .collect(Collectors.joining(" OR ", "SELECT CASE WHEN ", " THEN 1 ELSE 0 END"));

    private final Sql sql;

    /** A key, by its place in the order of ages. */
    public record Key(long createdMillis, String account, String request) {}

    /**
     * Some keys in their order.
     *
     * @param last where to go on; empty where there are no more
     * @param gone those of which nothing is left
     */
    public record Page(Optional<Key> last, List<Key> gone) {
        /** Copies the list. */
        public Page {
            gone = List.copyOf(gone);
        }
    }

    OldKeys(Sql sql) {
        this.sql = sql;
    }

    /** Looks at keys that were given before a time. @param after the last one of the page before */
    public Page olderThan(Instant time, Optional<Key> after, int limit) {
        Key from = after.orElse(new Key(Long.MIN_VALUE, "", ""));
        record Row(Key key, List<String> ids) {}
        List<Row> rows = sql.list(
                OLDER,
                row -> new Row(
                        new Key(row.getLong("created_ms"), Sql.text(row, "account"), Sql.text(row, "request")),
                        Json.list(Sql.text(row, "answer"))),
                from.createdMillis(),
                time.toEpochMilli(),
                from.createdMillis(),
                from.account(),
                from.account(),
                from.request(),
                limit);
        List<Key> gone = new ArrayList<>();
        for (Row row : rows) {
            if (row.ids().stream().noneMatch(this::isThere)) gone.add(row.key());
        }
        return new Page(
                rows.size() < limit
                        ? Optional.empty()
                        : Optional.of(rows.getLast().key()),
                gone);
    }

    private boolean isThere(String id) {
        var ids = new @Nullable Object[MADE.size()];
        Arrays.fill(ids, id);
        return sql.number(IS_THERE, ids) > 0;
    }

    /** Deletes keys, but not one that was given anew meanwhile. */
    public boolean delete(List<Key> gone) {
        sql.updateAll(
                "DELETE FROM idempotency WHERE account = ? AND request = ? AND created_ms = ?",
                gone.stream()
                        .map(key -> new @Nullable Object[] {key.account(), key.request(), key.createdMillis()})
                        .toList());
        return !gone.isEmpty();
    }
}
