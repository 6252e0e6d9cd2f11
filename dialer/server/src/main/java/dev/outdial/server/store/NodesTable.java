package dev.outdial.server.store;

import dev.outdial.server.calls.CallStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Processes that dial from this store. One transaction's own. */
public final class NodesTable {
    private final Sql sql;

    /**
     * A process.
     *
     * @param fence greater than that of every node before it
     * @param beats how often it said that it lives
     * @param leaseUntil until when it may dial by the database's clock
     */
    public record Node(String id, long fence, long beats, Instant started, Instant leaseUntil) {}

    NodesTable(Sql sql) {
        this.sql = sql;
    }

    /** Lets a new node in, with a fencing token of its own. */
    Node enter(String id, Duration lease) {
        Instant now = databaseTime();
        sql.update("UPDATE counters SET reached = reached + 1 WHERE name = 'fence'");
        long fence = sql.number("SELECT reached FROM counters WHERE name = 'fence'");
        Instant until = now.plus(lease);
        sql.update(
                "INSERT INTO nodes (id, fence, beats, started_ms, lease_ms, gone) VALUES (?, ?, 0, ?, ?, FALSE)",
                id,
                fence,
                now.toEpochMilli(),
                until.toEpochMilli());
        return new Node(id, fence, 0, now, until);
    }

    /** It lives; false where others have taken it for dead. */
    boolean beat(String id, Duration lease) {
        return sql.update(
                        "UPDATE nodes SET beats = beats + 1, lease_ms = ? WHERE id = ? AND gone = FALSE",
                        databaseTime().plus(lease).toEpochMilli(),
                        id)
                > 0;
    }

    /** Those that are not gone. */
    public List<Node> alive() {
        return sql.list("SELECT * FROM nodes WHERE gone = FALSE ORDER BY fence", NodesTable::read);
    }

    /** By statuses and not by what they are not: that is what the index can find. */
    private static final String LEFT_CALLS = "EXISTS (SELECT 1 FROM calls c WHERE c.node = n.id AND c.status IN ("
            + Arrays.stream(CallStatus.values())
                    .filter(status -> status != CallStatus.HANGUP)
                    .map(status -> "'" + status.word() + "'")
                    .collect(Collectors.joining(", "))
            + "))";

    static final String GONE_WITH_CALLS =
            "SELECT id FROM nodes n WHERE gone = TRUE AND " + LEFT_CALLS + " ORDER BY fence";

    /** Those that are gone and left calls behind that are not over: to be ended as {@code unknown} by whoever lives. */
    public List<String> goneWithCalls() {
        return sql.list(GONE_WITH_CALLS, row -> Sql.text(row, "id"));
    }

    /** Forgets those that are gone and left nothing behind: each start is another node, and all of them are looked at again and again. */
    void forgetGone() {
        sql.update("DELETE FROM nodes n WHERE gone = TRUE AND NOT " + LEFT_CALLS
                + " AND NOT EXISTS (SELECT 1 FROM dialogs d WHERE d.node = n.id)");
    }

    boolean isAlive(String id) {
        return sql.number("SELECT COUNT(*) FROM nodes WHERE id = ? AND gone = FALSE", id) > 0;
    }

    /** It is taken for dead; false where it beat meanwhile, or somebody else was first. */
    boolean bury(String id, long beats) {
        return sql.update("UPDATE nodes SET gone = TRUE WHERE id = ? AND gone = FALSE AND beats = ?", id, beats) > 0;
    }

    /** It goes by itself. */
    void leave(String id) {
        sql.update("UPDATE nodes SET gone = TRUE WHERE id = ?", id);
    }

    /** The database's clock: one for all nodes. */
    Instant databaseTime() {
        return sql.first(
                        "SELECT CURRENT_TIMESTAMP",
                        row -> row.getObject(1, java.time.OffsetDateTime.class).toInstant())
                .orElseThrow();
    }

    private static Node read(ResultSet row) throws SQLException {
        return new Node(
                Sql.text(row, "id"),
                row.getLong("fence"),
                row.getLong("beats"),
                Sql.time(row, "started_ms"),
                Sql.time(row, "lease_ms"));
    }
}
