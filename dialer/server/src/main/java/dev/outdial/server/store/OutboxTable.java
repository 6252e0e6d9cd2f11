package dev.outdial.server.store;

import dev.outdial.server.calls.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Deliveries that wait, were made, or were given up. One transaction's own. */
public final class OutboxTable {
    private final Sql sql;

    OutboxTable(Sql sql) {
        this.sql = sql;
    }

    /** Keeps a delivery, with what it tells of: in the same transaction. */
    public void insert(OutboxRow row) {
        sql.update(
                "INSERT INTO outbox (id, account, event_id, call_id, stream, seq, endpoint, target, body, state, tries, due_ms,"
                        + " created_ms, finished_ms, last_error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row.id(),
                row.account(),
                row.eventId(),
                row.callId(),
                row.stream(),
                row.seq(),
                row.endpoint(),
                row.target(),
                row.body(),
                word(row.state()),
                row.tries(),
                row.due().toEpochMilli(),
                row.created().toEpochMilli(),
                Sql.millis(row.finished()),
                row.lastError());
    }

    /**
     * Takes deliveries that are due, the first that waits of each stream alone, and sets them due again after a while: who took them and
     * died leaves them to others then.
     *
     * @param lease how long who takes them may be busy with them
     */
    public List<OutboxRow> claimDue(Instant now, Duration lease, int limit) {
        List<OutboxRow> due = sql.list(
                "SELECT * FROM outbox o WHERE o.state = 'pending' AND o.due_ms <= ? AND NOT EXISTS (SELECT 1 FROM outbox b"
                        + " WHERE b.stream = o.stream AND b.state = 'pending' AND b.seq < o.seq)"
                        + " ORDER BY o.due_ms LIMIT ? FOR UPDATE SKIP LOCKED",
                OutboxTable::read,
                now.toEpochMilli(),
                limit);
        long until = now.plus(lease).toEpochMilli();
        due.forEach(row -> sql.update("UPDATE outbox SET due_ms = ? WHERE id = ?", until, row.id()));
        return due;
    }

    /** It arrived. */
    public void delivered(String id, Instant now) {
        sql.update(
                "UPDATE outbox SET state = 'delivered', tries = tries + 1, finished_ms = ?, last_error = '' WHERE id = ?",
                now.toEpochMilli(),
                id);
    }

    /** It did not, and is tried again then. */
    public void failed(String id, Instant next, String error) {
        sql.update(
                "UPDATE outbox SET tries = tries + 1, due_ms = ?, last_error = ? WHERE id = ? AND state = 'pending'",
                next.toEpochMilli(),
                error,
                id);
    }

    /** It did not, and is given up. */
    public void dead(String id, Instant now, String error) {
        sql.update(
                "UPDATE outbox SET state = 'dead', tries = tries + 1, finished_ms = ?, last_error = ? WHERE id = ?",
                now.toEpochMilli(),
                error,
                id);
    }

    /** A delivery that was given up is due again; false where there is none of this account. */
    public boolean replay(String account, String id, Instant now) {
        return sql.update(
                        "UPDATE outbox SET state = 'pending', due_ms = ?, created_ms = ?, finished_ms = NULL"
                                + " WHERE id = ? AND account = ? AND state = 'dead'",
                        now.toEpochMilli(),
                        now.toEpochMilli(),
                        id,
                        account)
                > 0;
    }

    /** A delivery of an account. */
    public Optional<OutboxRow> find(String account, String id) {
        return sql.first("SELECT * FROM outbox WHERE id = ? AND account = ?", OutboxTable::read, id, account);
    }

    /** Deliveries of an account in one state, the newest first. */
    public Page<OutboxRow> list(String account, OutboxRow.State state, Optional<String> cursor, int limit) {
        var where = new Where("account = ?", account).and("state = ?", word(state));
        cursor.map(Cursor::parse).ifPresent(where::before);
        List<OutboxRow> found = sql.list(
                "SELECT * FROM outbox WHERE " + where.text() + " ORDER BY created_ms DESC, id DESC LIMIT ?",
                OutboxTable::read,
                where.with(limit + 1));
        return Cursor.page(found, limit, row -> new Cursor(row.created().toEpochMilli(), row.id()));
    }

    /** How many are in a state, of all accounts. */
    public long count(OutboxRow.State state) {
        return sql.number("SELECT COUNT(*) FROM outbox WHERE state = ?", word(state));
    }

    private static String word(OutboxRow.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static OutboxRow read(ResultSet row) throws SQLException {
        return new OutboxRow(
                Sql.text(row, "id"),
                Sql.text(row, "account"),
                Sql.text(row, "event_id"),
                Sql.text(row, "call_id"),
                Sql.text(row, "stream"),
                row.getLong("seq"),
                Sql.text(row, "endpoint"),
                Sql.text(row, "target"),
                Sql.text(row, "body"),
                OutboxRow.State.valueOf(Sql.text(row, "state").toUpperCase(Locale.ROOT)),
                row.getInt("tries"),
                Sql.time(row, "due_ms"),
                Sql.time(row, "created_ms"),
                Sql.maybeTime(row, "finished_ms"),
                Sql.text(row, "last_error"));
    }
}
