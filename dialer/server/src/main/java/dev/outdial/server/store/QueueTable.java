package dev.outdial.server.store;

import dev.outdial.dialer.guard.NumberLimit;
import dev.outdial.dialer.ledger.Attempt;
import dev.outdial.server.calls.CallRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Calls that wait to be dialled, and who works on which. One transaction's own. */
public final class QueueTable {
    /** In place of a node: a call of a campaign that was not let into the queue yet. It is due when it is due, but nobody claims it. */
    static final String HELD = "campaign";
    /** Where a call waits that nobody works on. */
    static final String AT_HOME = "CASE WHEN campaign_id = '' THEN '' ELSE '" + HELD + "' END";

    /** All columns of the index stand in the order, since H2 sorts whatever waits where the first of them are left out. */
    static final String NEXT_DUE =
            "SELECT due_ms FROM calls WHERE status = 'queued' AND node = '' ORDER BY status, node, due_ms LIMIT 1";

    /** From 1 on, since H2 looks at all calls that are never given up where there is no lower bound. */
    static final String PAST_GIVE_UP = "SELECT * FROM calls WHERE status = 'queued' AND give_up_ms BETWEEN 1 AND ?"
            + " ORDER BY status, give_up_ms LIMIT ?";

    private final Sql sql;

    /** A call that a node works on. {@code fence} is the node's own: without it the ledger lets nobody dial. */
    public record Claim(CallRecord call, String node, long fence) {}

    QueueTable(Sql sql) {
        this.sql = sql;
    }

    /**
     * Claims queued calls that are due and nobody's, the highest priority first, then those that are due for longest. The window of their
     * schedule is for the caller to look at; who finds it shut calls {@link #free} with the time it opens.
     */
    public List<Claim> claimDue(String node, long fence, Instant now, int limit) {
        List<CallRecord> due = sql.list(
                "SELECT * FROM calls WHERE status = 'queued' AND node = '' AND due_ms <= ?"
                        + " ORDER BY priority DESC, due_ms, created_ms, id LIMIT ? FOR UPDATE SKIP LOCKED",
                CallRows::read,
                now.toEpochMilli(),
                limit);
        due.forEach(call -> sql.update("UPDATE calls SET node = ?, fence = ? WHERE id = ?", node, fence, call.id()));
        return due.stream().map(call -> new Claim(call, node, fence)).toList();
    }

    /** A claimed call is nobody's again and due then; false where it is not queued any more, or not this node's. */
    public boolean free(Claim claim, Instant due) {
        return sql.update(
                        "UPDATE calls SET node = " + AT_HOME
                                + ", due_ms = ? WHERE id = ? AND status = 'queued' AND node = ? AND fence = ?",
                        due.toEpochMilli(),
                        claim.call().id(),
                        claim.node(),
                        claim.fence())
                > 0;
    }

    /** A call that was held is to be claimed from then on. Its campaign is locked. */
    public void letIn(String callId, Instant due) {
        sql.update(
                "UPDATE calls SET node = '', due_ms = ? WHERE id = ? AND status = 'queued' AND node = '" + HELD + "'",
                due.toEpochMilli(),
                callId);
    }

    /** A call that is held is due then. Its campaign is locked. */
    public void holdUntil(String callId, Instant due) {
        sql.update(
                "UPDATE calls SET due_ms = ? WHERE id = ? AND status = 'queued' AND node = '" + HELD + "'",
                due.toEpochMilli(),
                callId);
    }

    /** A call that is not to be claimed, since it is this node's already: an incoming one, or one that came without waiting. */
    public void own(String callId, String node, long fence) {
        sql.update("UPDATE calls SET node = ?, fence = ? WHERE id = ?", node, fence, callId);
    }

    /** Whether a call is this node's still, begun or not. */
    public boolean isOf(String callId, String node) {
        return sql.number("SELECT COUNT(*) FROM calls WHERE id = ? AND node = ?", callId, node) > 0;
    }

    /** When the next call that is nobody's is due; empty where none waits. */
    public Optional<Instant> nextDue() {
        return sql.first(NEXT_DUE, row -> Sql.time(row, "due_ms"));
    }

    /**
     * How many calls go over a trunk or are about to: permits that are out, and calls that wait for one now. Whoever else asks waits until
     * this transaction ends.
     *
     * @param trunk empty for all together
     */
    public int onTheirWay(String trunk, Instant now) {
        long unused = new PaceTable(sql).lockTrunk(trunk);
        var attempts = new AttemptsTable(sql);
        String waiting =
                "SELECT COUNT(*) FROM calls WHERE status = 'queued' AND node <> '" + HELD + "' AND due_ms <= ?";
        return trunk.isEmpty()
                ? attempts.open() + (int) sql.number(waiting, now.toEpochMilli())
                : attempts.open(trunk) + (int) sql.number(waiting + " AND trunk = ?", now.toEpochMilli(), trunk);
    }

    /** Whether a call of an account to that target is up, being set up or about to be. */
    public boolean isBusy(String account, String target, Instant now) {
        return sql.number(
                        "SELECT COUNT(*) FROM calls WHERE account = ? AND to_target = ? AND direction = 'outgoing'"
                                + " AND status <> 'hangup' AND (status <> 'queued' OR (due_ms <= ? AND node <> '" + HELD
                                + "'))",
                        account,
                        target,
                        now.toEpochMilli())
                > 0;
    }

    /** Queued calls whose time to be given up has come, claimed or not. */
    public List<CallRecord> pastGiveUp(Instant now, int limit) {
        return sql.list(PAST_GIVE_UP, CallRows::read, now.toEpochMilli(), limit);
    }

    /** Calls of a node that began and are not over: when it is gone they end as {@code unknown}. */
    public List<CallRecord> begunBy(String node, int limit) {
        return sql.list(
                "SELECT * FROM calls WHERE node = ? AND status NOT IN ('queued', 'hangup') ORDER BY created_ms, id LIMIT ?",
                CallRows::read,
                node,
                limit);
    }

    /** Sets the calls free that a node claimed and did not begin. */
    int freeAllOf(String node) {
        return sql.update("UPDATE calls SET node = " + AT_HOME + " WHERE node = ? AND status = 'queued'", node);
    }

    /** What the ledger asks of a request: the call that it is. */
    record Standing(
            String account, String status, String node, long fence, String campaign, Optional<NumberLimit> limit) {}

    Optional<Standing> lock(String requestId) {
        return sql.first(
                "SELECT account, status, node, fence, campaign_id, limit_calls, limit_within_ms FROM calls WHERE id = ? FOR UPDATE",
                QueueTable::standing,
                requestId);
    }

    private static Standing standing(ResultSet row) throws SQLException {
        OptionalInt calls = Sql.maybeInt(row, "limit_calls");
        Duration within = Duration.ofMillis(row.getLong("limit_within_ms"));
        return new Standing(
                Sql.text(row, "account"),
                Sql.text(row, "status"),
                Sql.text(row, "node"),
                row.getLong("fence"),
                Sql.text(row, "campaign_id"),
                calls.isPresent() ? Optional.of(new NumberLimit(calls.getAsInt(), within)) : Optional.empty());
    }

    /** A permit is about to be given: from here on the call may have been dialled. One that was dialled before stands where it stood. */
    void dialing(Attempt attempt, String status, Instant now) {
        sql.update(
                "UPDATE calls SET status = ?, sip_call_id = ?, trunk = ?, attempts = ?, updated_ms = ? WHERE id = ?",
                status.equals("queued") ? "dialing" : status,
                attempt.callId(),
                attempt.trunk(),
                attempt.number(),
                now.toEpochMilli(),
                attempt.requestId());
    }
}
