package dev.outdial.server.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What went over the wire in calls that are over, a row an attempt. They go with their call. One transaction's own. */
public final class TracesTable {
    private final Sql sql;

    /**
     * An attempt.
     *
     * @param attempt its number
     * @param begunMillis when it was dialled, for their order
     * @param messages what {@code CallTrace.parse} reads
     * @param series JSON; empty where there is none
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    public record Row(String callId, int attempt, long begunMillis, byte[] messages, String series) {}

    TracesTable(Sql sql) {
        this.sql = sql;
    }

    /** Keeps attempts, each in place of what was kept of it before. */
    public void put(List<Row> rows) {
        sql.updateAll(
                "DELETE FROM traces WHERE call_id = ? AND attempt = ?",
                rows.stream()
                        .map(row -> new @Nullable Object[] {row.callId(), row.attempt()})
                        .toList());
        sql.updateAll(
                "INSERT INTO traces (call_id, attempt, begun_ms, messages, series) VALUES (?, ?, ?, ?, ?)",
                rows.stream()
                        .map(row -> new @Nullable Object[] {
                            row.callId(), row.attempt(), row.begunMillis(), row.messages(), row.series()
                        })
                        .toList());
    }

    /** Those of a call, oldest first. */
    public List<Row> ofCall(String callId) {
        return sql.list(
                "SELECT * FROM traces WHERE call_id = ? ORDER BY begun_ms, attempt",
                row -> new Row(
                        Sql.text(row, "call_id"),
                        row.getInt("attempt"),
                        row.getLong("begun_ms"),
                        row.getBytes("messages"),
                        Sql.text(row, "series")),
                callId);
    }
}
