package dev.outdial.server.store;

import dev.outdial.dialer.journal.StoredDialog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The dialogs of calls that are answered, and whose they are: a node's, until it is over or somebody else is to end it. One transaction's own. */
public final class DialogsTable {
    private final Sql sql;

    /**
     * A dialog as it is kept.
     *
     * @param callId the Call-ID
     * @param text what {@link StoredDialog#parse} reads
     */
    public record Row(String callId, String text) {}

    DialogsTable(Sql sql) {
        this.sql = sql;
    }

    /** It is a node's, in place of what was known of it. */
    void hold(StoredDialog dialog, String node, Instant now) {
        String text = dialog.text();
        boolean isKnown = sql.update("UPDATE dialogs SET dialog = ? WHERE call_id = ?", text, dialog.callId()) > 0;
        if (!isKnown) {
            sql.update(
                    "INSERT INTO dialogs (call_id, node, dialog, at_ms) VALUES (?, ?, ?, ?)",
                    dialog.callId(),
                    node,
                    text,
                    now.toEpochMilli());
        }
    }

    /** It needs no end any more. */
    public void over(String callId) {
        sql.update("DELETE FROM dialogs WHERE call_id = ?", callId);
    }

    /** Nodes that left dialogs behind and are gone, or forgotten. */
    List<String> nodesGone() {
        return sql.list(
                "SELECT DISTINCT node FROM dialogs d WHERE NOT EXISTS"
                        + " (SELECT 1 FROM nodes n WHERE n.id = d.node AND n.gone = FALSE)",
                row -> Sql.text(row, "node"));
    }

    /** What was one node's is another's from now on, so many at most; those that somebody else was quicker to take are left out. */
    List<Row> take(String from, String to, int limit) {
        List<Row> taken = new ArrayList<>();
        for (Row row : of(from, limit)) {
            boolean isOurs =
                    sql.update("UPDATE dialogs SET node = ? WHERE call_id = ? AND node = ?", to, row.callId(), from)
                            > 0;
            if (isOurs) taken.add(row);
        }
        return taken;
    }

    /** All that was one node's is another's. */
    void move(String from, String to) {
        sql.update("UPDATE dialogs SET node = ? WHERE node = ?", to, from);
    }

    /** A node's, the oldest first. */
    public List<Row> of(String node, int limit) {
        return sql.list(
                "SELECT call_id, dialog FROM dialogs WHERE node = ? ORDER BY at_ms LIMIT ?",
                row -> new Row(Sql.text(row, "call_id"), Sql.text(row, "dialog")),
                node,
                limit);
    }
}
