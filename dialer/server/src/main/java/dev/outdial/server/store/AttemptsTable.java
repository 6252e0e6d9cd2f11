package dev.outdial.server.store;

import dev.outdial.dialer.ledger.Attempt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Permits, out or settled. Nobody but the ledger writes them. One transaction's own. */
public final class AttemptsTable {
    private final Sql sql;

    /**
     * A permit, as it was granted and what became of it.
     *
     * @param dialled the number by which calls are counted
     * @param counted whether it is a call to that number of its own: another way for one that nobody heard is not
     * @param heard whether somebody may have heard it ring; true while that is not known
     * @param invited when the INVITE was handed to the wire
     * @param settled when it was over; empty while it is out
     * @param outcome a word of {@code OutcomeKind}; empty while it is out
     */
    public record Row(
            String callId,
            String requestId,
            int number,
            String account,
            String node,
            String trunk,
            String dialled,
            boolean counted,
            boolean heard,
            Instant at,
            Optional<Instant> invited,
            Optional<Instant> settled,
            String outcome) {}

    AttemptsTable(Sql sql) {
        this.sql = sql;
    }

    boolean insert(Attempt attempt, String account, String node, String dialled, boolean counted, Instant now) {
        return sql.insertIfFree(
                "INSERT INTO attempts (call_id, request_id, number, account, node, trunk, dialled, counted, heard, at_ms,"
                        + " settled_ms, outcome) VALUES (?, ?, ?, ?, ?, ?, ?, ?, TRUE, ?, 0, '')",
                attempt.callId(),
                attempt.requestId(),
                attempt.number(),
                account,
                node,
                attempt.trunk(),
                dialled,
                counted,
                now.toEpochMilli());
    }

    void invited(String callId, Instant now) {
        sql.update("UPDATE attempts SET invited_ms = ? WHERE call_id = ?", now.toEpochMilli(), callId);
    }

    void settled(String callId, String outcome, boolean heard, Instant now) {
        sql.update(
                "UPDATE attempts SET settled_ms = ?, outcome = ?, heard = ? WHERE call_id = ? AND settled_ms = 0",
                now.toEpochMilli(),
                outcome,
                heard,
                callId);
    }

    /** What a node had out when it went is over; what became of it nobody knows. */
    int settleAllOf(String node, String outcome, Instant now) {
        return sql.update(
                "UPDATE attempts SET settled_ms = ?, outcome = ? WHERE settled_ms = 0 AND node = ?",
                now.toEpochMilli(),
                outcome,
                node);
    }

    /** The one with this Call-ID. */
    public Optional<Row> find(String callId) {
        return sql.first("SELECT * FROM attempts WHERE call_id = ?", AttemptsTable::read, callId);
    }

    /** The one of this number of a request. */
    public Optional<Row> find(String requestId, int number) {
        return sql.first(
                "SELECT * FROM attempts WHERE request_id = ? AND number = ?", AttemptsTable::read, requestId, number);
    }

    /** Those of a request, in order. */
    public List<Row> ofRequest(String requestId) {
        return sql.list("SELECT * FROM attempts WHERE request_id = ? ORDER BY number", AttemptsTable::read, requestId);
    }

    /** When a number was called, of its own, after a time: by anyone. */
    List<Instant> calledSince(String dialled, Instant since) {
        return sql.list(
                "SELECT at_ms FROM attempts WHERE dialled = ? AND at_ms > ? AND counted = TRUE ORDER BY at_ms",
                row -> Sql.time(row, "at_ms"),
                dialled,
                since.toEpochMilli());
    }

    /** The same, by one account. */
    List<Instant> calledSince(String account, String dialled, Instant since) {
        return sql.list(
                "SELECT at_ms FROM attempts WHERE dialled = ? AND at_ms > ? AND counted = TRUE AND account = ?"
                        + " ORDER BY at_ms",
                row -> Sql.time(row, "at_ms"),
                dialled,
                since.toEpochMilli(),
                account);
    }

    /** How many permits are out over a trunk, of nodes that live. */
    public int open(String trunk) {
        return (int) sql.number(
                "SELECT COUNT(*) FROM attempts a JOIN nodes n ON n.id = a.node"
                        + " WHERE a.settled_ms = 0 AND a.trunk = ? AND n.gone = FALSE",
                trunk);
    }

    /** How many permits are out, of nodes that live. */
    public int open() {
        return (int) sql.number("SELECT COUNT(*) FROM attempts a JOIN nodes n ON n.id = a.node"
                + " WHERE a.settled_ms = 0 AND n.gone = FALSE");
    }

    private static Row read(ResultSet row) throws SQLException {
        long settled = row.getLong("settled_ms");
        return new Row(
                Sql.text(row, "call_id"),
                Sql.text(row, "request_id"),
                row.getInt("number"),
                Sql.text(row, "account"),
                Sql.text(row, "node"),
                Sql.text(row, "trunk"),
                Sql.text(row, "dialled"),
                row.getBoolean("counted"),
                row.getBoolean("heard"),
                Sql.time(row, "at_ms"),
                Sql.maybeTime(row, "invited_ms"),
                settled == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(settled)),
                Sql.text(row, "outcome"));
    }
}
