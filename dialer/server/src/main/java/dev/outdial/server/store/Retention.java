package dev.outdial.server.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes away what is old enough, a portion at a time so that nobody waits for it. What is not over stays, however
 * old. One transaction's own.
 */
public final class Retention {
    /** No limit of calls to one number goes farther back, so that no attempt that counts is taken away. */
    private static final Duration LONGEST_LIMIT = Duration.ofDays(366);

    /**
     * With a lower bound, as H2 reads all that have no time otherwise; and not by the index of states, which would
     * read all calls that are over.
     */
    static final String CALLS = "SELECT id, sip_call_id FROM calls WHERE ended_ms >= 0 AND ended_ms < ?"
            + " AND LOWER(status) = 'hangup' ORDER BY ended_ms LIMIT ?";

    static final String DOCUMENTS =
            "SELECT kind, id FROM documents WHERE deleted_ms >= 0 AND deleted_ms < ?" + " ORDER BY deleted_ms LIMIT ?";

    static final String ATTEMPTS =
            "SELECT call_id FROM attempts WHERE at_ms < ? AND settled_ms > 0 ORDER BY at_ms LIMIT ?";

    /** All columns of the index stand in the order: H2 reads the whole kind otherwise. */
    static final String OVER =
            "SELECT id FROM documents WHERE kind = ? AND state = ? AND updated_ms >= 0 AND updated_ms < ?"
                    + " ORDER BY kind, state, updated_ms LIMIT ?";

    /** Of calls that are stored no more. */
    static final String ORPHANS =
            "SELECT id FROM documents d WHERE kind = ? AND state = ? AND updated_ms >= 0 AND updated_ms < ?"
                    + " AND NOT EXISTS (SELECT 1 FROM calls c WHERE c.id = d.parent) ORDER BY kind, state, updated_ms LIMIT ?";

    private final Sql sql;

    Retention(Sql sql) {
        this.sql = sql;
    }

    /**
     * Deletes calls that ended before a time, with their events, traces, recordings, gatherings and keys in the
     * journal; groups of calls and bridges that were over by then, deliveries that were finished, campaigns
     * without calls, what was deleted by users before then and counters that are forgotten. Attempts go when no
     * limit can ask for them any more. Keys of requests are {@link OldKeys}. The files of recordings are for
     * others to delete, after their rows.
     *
     * @param limit how many of each sort at most
     * @return how many rows went; call again until it is 0
     */
    public int deleteOlderThan(Instant time, int limit) {
        long before = time.toEpochMilli();
        List<String[]> calls =
                sql.list(CALLS, row -> new String[] {Sql.text(row, "id"), Sql.text(row, "sip_call_id")}, before, limit);
        sql.updateAll("DELETE FROM events WHERE call_id = ?", column(calls, 0));
        sql.updateAll(
                "DELETE FROM journal WHERE call_id = ?",
                column(calls.stream().filter(call -> !call[1].isEmpty()).toList(), 1));
        sql.updateAll("DELETE FROM documents WHERE kind = 'gather' AND parent = ?", column(calls, 0));
        sql.updateAll("DELETE FROM documents WHERE kind = 'recording' AND parent = ?", column(calls, 0));
        sql.updateAll("DELETE FROM traces WHERE call_id = ?", column(calls, 0));
        sql.updateAll("DELETE FROM calls WHERE id = ?", column(calls, 0));
        return calls.size()
                + delete("events", "reached", "call_id = '' AND time_ms < ?", before, limit)
                + delete("outbox", "id", "finished_ms >= 0 AND finished_ms < ?", before, limit)
                + documents(before, limit)
                + documents(OVER, "groupcall", "hangup", before, limit)
                + documents(OVER, "bridge", "terminated", before, limit)
                + documents(ORPHANS, "recording", "ended", before, limit)
                + documents(ORPHANS, "recording", "recording", before, limit)
                + documents(ORPHANS, "gather", "completed", before, limit)
                + documents(ORPHANS, "gather", "collecting", before, limit)
                + tallies(before, limit)
                // After its calls, as its counts are those of its calls.
                + delete(
                        "campaigns",
                        "id",
                        "ended_ms < ? AND NOT EXISTS (SELECT 1 FROM calls WHERE campaign_id = campaigns.id)",
                        before,
                        limit)
                + attempts(Math.min(before, time.minus(LONGEST_LIMIT).toEpochMilli()), limit);
    }

    private int delete(String table, String key, String condition, long before, int limit) {
        List<Object> old = sql.list(
                "SELECT " + key + " FROM " + table + " WHERE " + condition + " LIMIT ?",
                row -> row.getObject(1),
                before,
                limit);
        sql.updateAll(
                "DELETE FROM " + table + " WHERE " + key + " = ?",
                old.stream().map(one -> new @Nullable Object[] {one}).toList());
        return old.size();
    }

    private int attempts(long before, int limit) {
        List<@Nullable Object[]> old =
                sql.list(ATTEMPTS, row -> new @Nullable Object[] {row.getString(1)}, before, limit);
        sql.updateAll("DELETE FROM attempts WHERE call_id = ?", old);
        return old.size();
    }

    private int documents(long before, int limit) {
        List<@Nullable Object[]> old =
                sql.list(DOCUMENTS, row -> new @Nullable Object[] {row.getString(1), row.getString(2)}, before, limit);
        sql.updateAll("DELETE FROM documents WHERE kind = ? AND id = ?", old);
        return old.size();
    }

    private int documents(String statement, String kind, String state, long before, int limit) {
        List<@Nullable Object[]> old =
                sql.list(statement, row -> new @Nullable Object[] {kind, row.getString(1)}, kind, state, before, limit);
        sql.updateAll("DELETE FROM documents WHERE kind = ? AND id = ?", old);
        return old.size();
    }

    private int tallies(long before, int limit) {
        List<@Nullable Object[]> old = sql.list(
                "SELECT account, name FROM tallies WHERE expires_ms < ? LIMIT ?",
                row -> new @Nullable Object[] {row.getString(1), row.getString(2)},
                before,
                limit);
        sql.updateAll("DELETE FROM tallies WHERE account = ? AND name = ?", old);
        return old.size();
    }

    private static List<@Nullable Object[]> column(List<String[]> rows, int index) {
        return rows.stream().map(row -> new @Nullable Object[] {row[index]}).toList();
    }
}
