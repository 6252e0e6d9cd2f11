package dev.outdial.server.store;

import dev.outdial.server.calls.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Deliveries that wait, were made, or were given up. Of each stream one is pending, and the others wait behind it; who finishes it lets
 * the next one go. One transaction's own.
 */
public final class OutboxTable {
    private static final int ERROR_LENGTH = 1000;

    private final Sql sql;

    OutboxTable(Sql sql) {
        this.sql = sql;
    }

    /**
     * Keeps a delivery that is yet to be made, with what it tells of: in the same transaction. Those of one stream are to be kept one
     * after the other: whoever appends the event of a call has that call's row to himself.
     */
    public void insert(OutboxRow row) {
        OutboxRow.State state = placeIn(row.stream());
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
                word(state),
                row.tries(),
                row.due().toEpochMilli(),
                row.created().toEpochMilli(),
                Sql.millis(row.finished()),
                row.lastError());
    }

    /**
     * Where one more of a stream stands. Locks what there is of it: who finishes one meanwhile is waited for, so that either he sees the
     * new one or we see his.
     */
    private OutboxRow.State placeIn(String stream) {
        boolean isBehind = sql
                .list(
                        "SELECT state FROM outbox WHERE stream = ? AND state <> 'delivered' ORDER BY seq FOR UPDATE",
                        row -> Sql.text(row, "state"),
                        stream)
                .stream()
                .anyMatch(state -> state.equals("pending") || state.equals("waiting"));
        return isBehind ? OutboxRow.State.WAITING : OutboxRow.State.PENDING;
    }

    /** The receivers that something is due for. */
    public List<String> receiversDue(Instant now) {
        var found = new ArrayList<String>();
        Optional<String> next = nextReceiverDue("", ">=", now);
        while (next.isPresent()) {
            found.add(next.get());
            next = nextReceiverDue(next.get(), ">", now);
        }
        return found;
    }

    /** One look into the index for each: the many that wait for one receiver are not counted. */
    private Optional<String> nextReceiverDue(String last, String comparison, Instant now) {
        return sql.first(
                "SELECT endpoint FROM outbox WHERE state = 'pending' AND endpoint " + comparison
                        + " ? AND due_ms <= ? ORDER BY state, endpoint, due_ms LIMIT 1",
                row -> Sql.text(row, "endpoint"),
                last,
                now.toEpochMilli());
    }

    /**
     * Takes deliveries to one receiver that are due, the oldest first, and sets them due again after a while: who took them and died
     * leaves them to others then.
     *
     * @param lease how long who takes them may be busy with them
     */
    public List<OutboxRow> claimDue(String endpoint, Instant now, Duration lease, int limit) {
        List<OutboxRow> due = sql.list(
                "SELECT * FROM outbox WHERE state = 'pending' AND endpoint = ? AND due_ms <= ?"
                        + " ORDER BY state, endpoint, due_ms LIMIT ? FOR UPDATE SKIP LOCKED",
                OutboxTable::read,
                endpoint,
                now.toEpochMilli(),
                limit);
        long until = now.plus(lease).toEpochMilli();
        due.forEach(row -> sql.update("UPDATE outbox SET due_ms = ?, taken = TRUE WHERE id = ?", until, row.id()));
        return due;
    }

    /** What was taken by who is dead for certain is due now: where nobody else has the store open. */
    public int freeAllTaken(Instant now) {
        return sql.update(
                "UPDATE outbox SET due_ms = ?, taken = FALSE WHERE state = 'pending' AND taken = TRUE",
                now.toEpochMilli());
    }

    /** It arrived. */
    public void delivered(String id, Instant now) {
        finish(id, "delivered", 1, now, "");
    }

    /** It did not, and is tried again then. */
    public void failed(String id, Instant next, String error) {
        sql.update(
                "UPDATE outbox SET tries = tries + 1, due_ms = ?, taken = FALSE, last_error = ?"
                        + " WHERE id = ? AND state = 'pending'",
                next.toEpochMilli(),
                shortened(error),
                id);
    }

    /** It did not, and is given up. */
    public void dead(String id, Instant now, String error) {
        finish(id, "dead", 1, now, error);
    }

    private void finish(String id, String state, int tries, Instant now, String error) {
        int changed = sql.update(
                "UPDATE outbox SET state = ?, tries = tries + ?, finished_ms = ?, taken = FALSE, last_error = ?"
                        + " WHERE id = ? AND state = 'pending'",
                state,
                tries,
                now.toEpochMilli(),
                shortened(error),
                id);
        if (changed > 0) {
            sql.first("SELECT stream FROM outbox WHERE id = ?", row -> Sql.text(row, "stream"), id)
                    .ifPresent(stream -> letNextGo(stream, now));
        }
    }

    private void letNextGo(String stream, Instant now) {
        sql.first(
                        "SELECT id FROM outbox WHERE stream = ? AND state = 'waiting' ORDER BY seq LIMIT 1",
                        row -> Sql.text(row, "id"),
                        stream)
                .ifPresent(next -> sql.update(
                        "UPDATE outbox SET state = 'pending', due_ms = ? WHERE id = ?", now.toEpochMilli(), next));
    }

    /** All that is pending for a receiver which is back is due now, but for what is being sent. */
    public void hurry(String endpoint, Instant now) {
        sql.update(
                "UPDATE outbox SET due_ms = ? WHERE state = 'pending' AND endpoint = ? AND due_ms > ? AND taken = FALSE",
                now.toEpochMilli(),
                endpoint,
                now.toEpochMilli());
    }

    /**
     * Gives up what is pending for a receiver since before a time.
     *
     * @return how many; call again until it is 0
     */
    public int giveUpOlder(String endpoint, Instant before, Instant now, String error, int limit) {
        List<String> old = sql.list(
                "SELECT id FROM outbox WHERE endpoint = ? AND state = 'pending' AND created_ms < ? AND taken = FALSE"
                        + " ORDER BY created_ms LIMIT ?",
                row -> Sql.text(row, "id"),
                endpoint,
                before.toEpochMilli(),
                limit);
        old.forEach(id -> finish(id, "dead", 0, now, error));
        return old.size();
    }

    /** Gives up all for a receiver that is no more. */
    public void giveUpAll(String endpoint, Instant now, String error) {
        sql.update(
                "UPDATE outbox SET state = 'dead', finished_ms = ?, taken = FALSE, last_error = ?"
                        + " WHERE endpoint = ? AND state IN ('pending', 'waiting')",
                now.toEpochMilli(),
                shortened(error),
                endpoint);
    }

    /** A delivery that was given up is due again; false where there is none of this account. */
    public boolean replay(String account, String id, Instant now) {
        Optional<OutboxRow> dead = find(account, id).filter(row -> row.state() == OutboxRow.State.DEAD);
        if (dead.isEmpty()) {
            return false;
        }
        OutboxRow.State state = placeIn(dead.get().stream());
        return sql.update(
                        "UPDATE outbox SET state = ?, tries = 0, due_ms = ?, created_ms = ?, finished_ms = NULL"
                                + " WHERE id = ? AND account = ? AND state = 'dead'",
                        word(state),
                        now.toEpochMilli(),
                        now.toEpochMilli(),
                        id,
                        account)
                > 0;
    }

    /** Some deliveries to a receiver that were given up before a time or at it, in the order in which they are to be replayed. */
    public List<String> deadOf(String endpoint, Instant until, int limit) {
        return sql.list(
                "SELECT id FROM outbox WHERE endpoint = ? AND state = 'dead' AND finished_ms <= ?"
                        + " ORDER BY stream, seq LIMIT ?",
                row -> Sql.text(row, "id"),
                endpoint,
                until.toEpochMilli(),
                limit);
    }

    /** A delivery of an account. */
    public Optional<OutboxRow> find(String account, String id) {
        return sql.first("SELECT * FROM outbox WHERE id = ? AND account = ?", OutboxTable::read, id, account);
    }

    /** Deliveries of an account in one state, the newest first. */
    public Page<OutboxRow> list(String account, OutboxRow.State state, Optional<String> cursor, int limit) {
        return page(new Where("account = ?", account).and("state = ?", word(state)), cursor, limit);
    }

    /** Deliveries to one receiver in one state, the newest first. */
    public Page<OutboxRow> listOf(String endpoint, OutboxRow.State state, Optional<String> cursor, int limit) {
        return page(new Where("endpoint = ?", endpoint).and("state = ?", word(state)), cursor, limit);
    }

    private Page<OutboxRow> page(Where where, Optional<String> cursor, int limit) {
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

    /** How many to one receiver are in a state. */
    public long count(String endpoint, OutboxRow.State state) {
        return sql.number("SELECT COUNT(*) FROM outbox WHERE endpoint = ? AND state = ?", endpoint, word(state));
    }

    private static String shortened(String error) {
        return error.length() <= ERROR_LENGTH ? error : error.substring(0, ERROR_LENGTH);
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
