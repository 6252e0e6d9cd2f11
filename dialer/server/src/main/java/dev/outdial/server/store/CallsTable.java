package dev.outdial.server.store;

import dev.outdial.dialer.guard.NumberLimit;
import dev.outdial.server.calls.CallQuery;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls. Times are kept in milliseconds. One transaction's own. */
public final class CallsTable {
    private static final int MOST_LISTED = 1000;

    private final Sql sql;

    CallsTable(Sql sql) {
        this.sql = sql;
    }

    /** Keeps a new call. Where it is queued it is due at its schedule's {@code notBefore}, else at once. */
    public void insert(CallRecord call) {
        List<CallRows.Column> columns = new ArrayList<>(CallRows.once(call));
        columns.addAll(CallRows.changing(call));
        columns.add(new CallRows.Column("due_ms", CallRows.due(call)));
        columns.add(new CallRows.Column("node", ""));
        columns.add(new CallRows.Column("fence", 0L));
        columns.add(new CallRows.Column("event_seq", 0L));
        sql.update(CallRows.insertion(columns), CallRows.contents(columns).toArray());
    }

    /** The call must not be dialled more often than that to its number for its account, beside what holds for all. */
    public void limit(String id, NumberLimit limit) {
        sql.update(
                "UPDATE calls SET limit_calls = ?, limit_within_ms = ? WHERE id = ?",
                limit.calls(),
                limit.within().toMillis(),
                id);
    }

    /** A call of an account, unless it was deleted. */
    public Optional<CallRecord> find(String account, String id) {
        return sql.first(
                "SELECT * FROM calls WHERE id = ? AND account = ? AND deleted_ms IS NULL", CallRows::read, id, account);
    }

    /** A call, deleted or not. */
    public Optional<CallRecord> byId(String id) {
        return sql.first("SELECT * FROM calls WHERE id = ?", CallRows::read, id);
    }

    /** The call whose last attempt has this Call-ID. */
    public Optional<CallRecord> bySipCallId(String callId) {
        return sql.first("SELECT * FROM calls WHERE sip_call_id = ?", CallRows::read, callId);
    }

    /** A call, deleted or not, that nobody else changes before this transaction ends. */
    public Optional<CallRecord> lock(String id) {
        return sql.first("SELECT * FROM calls WHERE id = ? FOR UPDATE", CallRows::read, id);
    }

    /**
     * Writes what may change of a call that was locked: not its digits, which the journal writes, nor what was asked for at first.
     *
     * @return false where there is none
     */
    public boolean update(CallRecord call) {
        List<CallRows.Column> columns = CallRows.changing(call);
        List<@Nullable Object> contents = new ArrayList<>(CallRows.contents(columns));
        contents.add(call.id());
        return sql.update("UPDATE calls SET " + CallRows.assignments(columns) + " WHERE id = ?", contents.toArray())
                > 0;
    }

    /** A call that ended without being dialled, or comes to be dialled anew, waits again: queued, due then, and nobody's. */
    public void requeue(String id, Instant due) {
        sql.update(
                "UPDATE calls SET status = 'queued', node = " + QueueTable.AT_HOME
                        + ", due_ms = ? WHERE id = ? AND status <> 'hangup'",
                due.toEpochMilli(),
                id);
    }

    /** It is listed and found no more; it stays until retention takes it. */
    public void softDelete(String id, Instant now) {
        sql.update("UPDATE calls SET deleted_ms = ? WHERE id = ? AND deleted_ms IS NULL", now.toEpochMilli(), id);
    }

    /** How many calls of an account are not over; of all accounts where it is empty. */
    public long open(Optional<String> account) {
        String open = "SELECT COUNT(*) FROM calls WHERE status <> 'hangup'";
        return account.isEmpty() ? sql.number(open) : sql.number(open + " AND account = ?", account.get());
    }

    /** How many wait to be dialled. */
    public long queued() {
        return sql.number("SELECT COUNT(*) FROM calls WHERE status = 'queued'");
    }

    /** Calls of an account, the newest first. */
    public Page<CallRecord> list(String account, CallQuery query) {
        int limit = Math.clamp(query.limit(), 1, MOST_LISTED);
        var where = new Where("account = ?", account).and("deleted_ms IS NULL");
        query.from().ifPresent(from -> where.and("from_target = ?", from));
        query.to().ifPresent(to -> where.and("to_target = ?", to));
        query.status().ifPresent(status -> where.and("status = ?", status.word()));
        query.direction().ifPresent(direction -> where.and("direction = ?", direction));
        query.origin().ifPresent(origin -> where.and("origin = ?", origin));
        query.outcome().ifPresent(outcome -> where.and("outcome = ?", outcome));
        query.tag().ifPresent(tag -> where.and("tag_start = ? AND tag = ?", CallRows.tagStart(tag), tag));
        query.since().ifPresent(since -> where.and("created_ms >= ?", since.toEpochMilli()));
        query.until().ifPresent(until -> where.and("created_ms < ?", until.toEpochMilli()));
        query.cursor().map(Cursor::parse).ifPresent(where::before);
        List<CallRecord> found = sql.list(
                "SELECT * FROM calls WHERE " + where.text() + order(query.status()) + " LIMIT ?",
                CallRows::read,
                where.with(limit + 1));
        return Cursor.page(found, limit, call -> new Cursor(call.created().toEpochMilli(), call.id()));
    }

    /** The columns of an index, all of them: H2 sorts what it has read where the first of them are left out. */
    static String order(Optional<CallStatus> status) {
        return " ORDER BY account DESC" + (status.isPresent() ? ", status DESC" : "") + ", created_ms DESC, id DESC";
    }
}
