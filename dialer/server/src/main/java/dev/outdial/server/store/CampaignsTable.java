package dev.outdial.server.store;

import dev.outdial.dialer.pace.CallPacer;
import dev.outdial.dialer.pace.PaceLimits;
import dev.outdial.server.calls.CampaignResult;
import dev.outdial.server.calls.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Campaigns, and which calls are theirs. Whoever locks a campaign has locked its call before, if any, and waits for no other call until its
 * transaction ends. One transaction's own.
 */
public final class CampaignsTable {
    /** While it is so its calls are dialled. */
    public static final String RUNNING = "running";

    /** All columns of the index stand in the order, and nothing is locked: H2 reads whatever waits otherwise. */
    static final String DUE = "SELECT id FROM calls WHERE campaign_id = ? AND status = 'queued' AND node = '"
            + QueueTable.HELD + "' AND outcome = '' AND due_ms <= ?"
            + " ORDER BY campaign_id, status, node, outcome, due_ms, campaign_row LIMIT ?";

    private static final String QUEUED =
            "SELECT COUNT(*) FROM calls WHERE campaign_id = ? AND status = 'queued' AND node ";

    /** One end of the index: H2 reads those that are held, too, where they are the bound. Nodes are called by UUIDs. */
    static final String LET_IN_BEFORE = QUEUED + "BETWEEN '' AND 'campaig'";

    /** The other end. */
    static final String LET_IN_AFTER = QUEUED + ">= '" + QueueTable.HELD + "0'";

    private final Sql sql;

    /**
     * How fast a campaign's calls may be dialled now. Nobody else is told before the transaction ends that asked.
     *
     * @param isRunning whether any may be
     * @param limits of the campaign
     * @param nextFreeNanos when its next slot begins, in nanoseconds since 1970; 0 where none was ever given
     * @param up how many of its calls are dialled and not over
     */
    public record Pace(boolean isRunning, PaceLimits limits, long nextFreeNanos, int up) {
        /** A slot that lies farther off than slots can comes of a clock that was put back. */
        public CallPacer pacer(long nowNanos) {
            long slotLater = CallPacer.begin(limits, nowNanos).begun(nowNanos).nextFreeNanos();
            return new CallPacer(limits, nextFreeNanos == 0 ? nowNanos : Math.min(nextFreeNanos, slotLater), up);
        }
    }

    /** How many of a campaign's calls stand there. @param outcome empty for those that are not over */
    public record Count(String status, String outcome, long count) {}

    /** A call of a campaign. @param row counted from 1 */
    public record Member(String callId, int row) {}

    CampaignsTable(Sql sql) {
        this.sql = sql;
    }

    public void insert(StoredCampaign campaign) {
        sql.update(
                "INSERT INTO campaigns (id, account, name, state, body, row_count, at_once, per_second, next_free_nanos,"
                        + " created_ms, updated_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)",
                campaign.id(),
                campaign.account(),
                campaign.name(),
                campaign.state(),
                campaign.body(),
                campaign.rowCount(),
                number(campaign.atOnce()),
                number(campaign.perSecond()),
                campaign.created().toEpochMilli(),
                campaign.updated().toEpochMilli());
    }

    /** Makes calls that were just inserted the campaign's: held until {@link QueueTable#letIn}. */
    public void take(String id, List<Member> members) {
        sql.updateAll(
                "UPDATE calls SET campaign_id = ?, campaign_row = ?, node = '" + QueueTable.HELD + "' WHERE id = ?",
                members.stream()
                        .map(member -> new @Nullable Object[] {id, member.row(), member.callId()})
                        .toList());
    }

    /** One of an account, unless it was deleted. */
    public Optional<StoredCampaign> find(String account, String id) {
        return sql.first(
                "SELECT * FROM campaigns WHERE id = ? AND account = ? AND deleted_ms IS NULL",
                CampaignsTable::read,
                id,
                account);
    }

    /** One of any account, deleted or not, that nobody else changes before this transaction ends; none of its calls is permitted meanwhile. */
    public Optional<StoredCampaign> lock(String id) {
        return sql.first("SELECT * FROM campaigns WHERE id = ? FOR UPDATE", CampaignsTable::read, id);
    }

    /** Those of an account, the newest first. */
    public Page<StoredCampaign> list(String account, Optional<String> cursor, int limit) {
        var where = new Where("account = ?", account).and("deleted_ms IS NULL");
        cursor.map(Cursor::parse).ifPresent(where::before);
        List<StoredCampaign> found = sql.list(
                "SELECT * FROM campaigns WHERE " + where.text() + " ORDER BY created_ms DESC, id DESC LIMIT ?",
                CampaignsTable::read,
                where.with(limit + 1));
        return Cursor.page(
                found, limit, campaign -> new Cursor(campaign.created().toEpochMilli(), campaign.id()));
    }

    /** It stands there from now on. @param ended when it was over; empty while it is not */
    public void state(String id, String state, Optional<Instant> ended, Instant now) {
        sql.update(
                "UPDATE campaigns SET state = ?, ended_ms = ?, updated_ms = ? WHERE id = ?",
                state,
                Sql.millis(ended),
                now.toEpochMilli(),
                id);
    }

    /** It is listed and found no more. */
    public void softDelete(String id, Instant now) {
        sql.update("UPDATE campaigns SET deleted_ms = ? WHERE id = ? AND deleted_ms IS NULL", now.toEpochMilli(), id);
    }

    /** How many of its calls stand where. */
    public List<Count> counts(String id) {
        return sql.list(
                "SELECT status, outcome, COUNT(*) FROM calls WHERE campaign_id = ? GROUP BY status, outcome",
                row -> new Count(Sql.text(row, "status"), Sql.text(row, "outcome"), row.getLong(3)),
                id);
    }

    /** What became of its calls, in the order of its rows. */
    public List<CampaignResult.Row> rows(String id) {
        return sql.list(
                "SELECT campaign_row, id, to_target, status, outcome, sip_code, attempts, answered_ms, ended_ms, digits_all,"
                        + " recording_ids, variables FROM calls WHERE campaign_id = ? ORDER BY campaign_row",
                CampaignsTable::row,
                id);
    }

    /** Campaigns of which a call is due that is held, where a slot is free before then. */
    public List<String> withWork(Instant now, long slotBeforeNanos) {
        return sql.list(
                "SELECT c.id FROM campaigns c WHERE c.state = '" + RUNNING + "' AND c.next_free_nanos <= ? AND EXISTS"
                        + " (SELECT 1 FROM calls WHERE campaign_id = c.id AND status = 'queued' AND node = '"
                        + QueueTable.HELD + "' AND outcome = '' AND due_ms <= ?) ORDER BY c.created_ms, c.id",
                row -> Sql.text(row, "id"),
                slotBeforeNanos,
                now.toEpochMilli());
    }

    /** Calls of a campaign that are due and held, those that are due for longest first. Who has it locked lets them in alone. */
    public List<String> held(String id, Instant now, int limit) {
        return sql.list(DUE, row -> Sql.text(row, "id"), id, now.toEpochMilli(), limit);
    }

    /** How many of its calls were let into the queue and are not dialled yet. */
    public int letIn(String id) {
        return (int) (sql.number(LET_IN_BEFORE, id) + sql.number(LET_IN_AFTER, id));
    }

    /** Locks a campaign and says how fast its calls may be dialled. */
    public Optional<Pace> lockPace(String id) {
        return sql.first(
                "SELECT state, at_once, per_second, next_free_nanos FROM campaigns WHERE id = ? FOR UPDATE",
                row -> new Pace(
                        Sql.text(row, "state").equals(RUNNING), limits(row), row.getLong("next_free_nanos"), up(id)),
                id);
    }

    private int up(String id) {
        return (int) sql.number(
                "SELECT COUNT(*) FROM calls WHERE campaign_id = ?"
                        + " AND status IN ('dialing', 'ringing', 'progressing', 'canceling', 'terminating')",
                id);
    }

    void nextFree(String id, long nanos) {
        sql.update("UPDATE campaigns SET next_free_nanos = ? WHERE id = ?", nanos, id);
    }

    /** Calls of a campaign that wait and that nobody works on; nobody else is given them before this transaction ends. */
    public List<String> waiting(String id, int limit) {
        return sql.list(
                "SELECT id FROM calls WHERE campaign_id = ? AND status = 'queued' AND node IN ('', '" + QueueTable.HELD
                        + "') LIMIT ? FOR UPDATE SKIP LOCKED",
                row -> Sql.text(row, "id"),
                id,
                limit);
    }

    /** Those of any account that are in that state. */
    public List<String> in(String state) {
        return sql.list(
                "SELECT id FROM campaigns WHERE state = ? ORDER BY created_ms, id", row -> Sql.text(row, "id"), state);
    }

    /** Those whose calls are all over, and that nobody has said it of. */
    public List<String> allOver() {
        return sql.list(
                "SELECT c.id FROM campaigns c WHERE c.state IN ('" + RUNNING
                        + "', 'paused', 'canceling') AND NOT EXISTS"
                        + " (SELECT 1 FROM calls WHERE campaign_id = c.id AND status IN"
                        + " ('queued', 'dialing', 'ringing', 'progressing', 'canceling', 'terminating'))",
                row -> Sql.text(row, "id"));
    }

    private static PaceLimits limits(ResultSet row) throws SQLException {
        double perSecond = row.getDouble("per_second");
        boolean isPaced = !row.wasNull();
        return new PaceLimits(
                isPaced ? perSecond : Double.POSITIVE_INFINITY,
                Sql.maybeInt(row, "at_once").orElse(Integer.MAX_VALUE));
    }

    private static StoredCampaign read(ResultSet row) throws SQLException {
        double perSecond = row.getDouble("per_second");
        boolean isPaced = !row.wasNull();
        return new StoredCampaign(
                Sql.text(row, "id"),
                Sql.text(row, "account"),
                Sql.text(row, "name"),
                Sql.text(row, "state"),
                Sql.text(row, "body"),
                row.getInt("row_count"),
                Sql.maybeInt(row, "at_once"),
                isPaced ? OptionalDouble.of(perSecond) : OptionalDouble.empty(),
                Sql.time(row, "created_ms"),
                Sql.time(row, "updated_ms"),
                Sql.maybeTime(row, "ended_ms"));
    }

    private static CampaignResult.Row row(ResultSet row) throws SQLException {
        Optional<Instant> answered = Sql.maybeTime(row, "answered_ms");
        Optional<Instant> ended = Sql.maybeTime(row, "ended_ms");
        String outcome = Sql.text(row, "outcome");
        // When a call was over that nobody saw the end of, nobody knows.
        boolean isTalkKnown = answered.isPresent() && ended.isPresent() && !outcome.equals("unknown");
        return new CampaignResult.Row(
                row.getInt("campaign_row"),
                Sql.text(row, "id"),
                Sql.text(row, "to_target"),
                Sql.text(row, "status"),
                outcome,
                Sql.maybeInt(row, "sip_code"),
                row.getInt("attempts"),
                isTalkKnown ? Optional.of(Duration.between(answered.get(), ended.get())) : Optional.empty(),
                Sql.text(row, "digits_all"),
                Json.list(Sql.text(row, "recording_ids")),
                Json.map(Sql.text(row, "variables")));
    }

    private static @Nullable Integer number(OptionalInt number) {
        return number.isPresent() ? (Integer) number.getAsInt() : null;
    }

    private static @Nullable Double number(OptionalDouble number) {
        return number.isPresent() ? (Double) number.getAsDouble() : null;
    }
}
