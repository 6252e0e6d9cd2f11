package dev.outdial.server.store;

import dev.outdial.server.calls.CallEventRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happened. Rows are written at the end of the transaction, under the lock of the counter that gives them their cursors: cursors
 * become visible in their order, and whoever has read one finds no smaller one later. One transaction's own.
 */
public final class EventsTable {
    private final Sql sql;
    private final List<CallEventRecord> waiting = new ArrayList<>();

    EventsTable(Sql sql) {
        this.sql = sql;
    }

    /**
     * Keeps an event of a call, with the next number in it, under a new id. Locks the call's row.
     *
     * @param data JSON
     * @return the event; its cursor is 0, since it is given when the transaction ends
     */
    public CallEventRecord append(String account, String type, Instant time, String callId, String data) {
        if (sql.update("UPDATE calls SET event_seq = event_seq + 1 WHERE id = ?", callId) == 0) {
            throw new IllegalArgumentException("event " + type + " of call " + callId + ", which is not stored");
        }
        long seq = sql.number("SELECT event_seq FROM calls WHERE id = ?", callId);
        return wait(new CallEventRecord(0, UUID.randomUUID().toString(), account, type, time, seq, callId, data));
    }

    /** Keeps an event that is of no call; its number is 0. */
    public CallEventRecord append(String account, String type, Instant time, String data) {
        return wait(new CallEventRecord(0, UUID.randomUUID().toString(), account, type, time, 0, "", data));
    }

    private CallEventRecord wait(CallEventRecord event) {
        waiting.add(event);
        return event;
    }

    /** Events of an account after a cursor, in order; 0 for all that are kept. */
    public List<CallEventRecord> after(String account, long cursor, int limit) {
        return sql.list(
                "SELECT * FROM events WHERE account = ? AND reached > ? ORDER BY account, reached LIMIT ?",
                EventsTable::read,
                account,
                cursor,
                limit);
    }

    /** Events of all accounts after a cursor, in order. */
    public List<CallEventRecord> after(long cursor, int limit) {
        return sql.list(
                "SELECT * FROM events WHERE reached > ? ORDER BY reached LIMIT ?", EventsTable::read, cursor, limit);
    }

    /** The last cursor that was given. */
    public long last() {
        return sql.number("SELECT reached FROM counters WHERE name = 'events'");
    }

    /** The oldest cursor that is kept; empty where no event is. */
    public Optional<Long> oldest() {
        return sql.first("SELECT reached FROM events ORDER BY reached LIMIT 1", row -> row.getLong(1));
    }

    /** What happened in a call, in order. */
    public List<CallEventRecord> ofCall(String account, String callId) {
        return sql.list(
                "SELECT * FROM events WHERE call_id = ? AND account = ? ORDER BY seq",
                EventsTable::read,
                callId,
                account);
    }

    /** The end of the transaction. */
    void write() {
        if (waiting.isEmpty()) {
            return;
        }
        sql.update("UPDATE counters SET reached = reached + ? WHERE name = 'events'", waiting.size());
        long cursor = last() - waiting.size();
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (CallEventRecord event : waiting) {
            cursor++;
            rows.add(new @Nullable Object[] {
                cursor,
                event.id(),
                event.account(),
                event.type(),
                event.time().toEpochMilli(),
                event.seq(),
                event.callId(),
                event.data()
            });
        }
        sql.updateAll(
                "INSERT INTO events (reached, id, account, type, time_ms, seq, call_id, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                rows);
        waiting.clear();
    }

    private static CallEventRecord read(ResultSet row) throws SQLException {
        return new CallEventRecord(
                row.getLong("reached"),
                Sql.text(row, "id"),
                Sql.text(row, "account"),
                Sql.text(row, "type"),
                Sql.time(row, "time_ms"),
                row.getLong("seq"),
                Sql.text(row, "call_id"),
                Sql.text(row, "data"));
    }
}
