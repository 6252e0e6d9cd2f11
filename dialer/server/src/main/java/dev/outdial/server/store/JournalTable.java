package dev.outdial.server.store;

import dev.outdial.dialer.digits.DigitSource;
import dev.outdial.dialer.journal.JournalEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was pressed and played in calls. One transaction's own. */
public final class JournalTable {
    private static final String DIGIT = "digit";
    private static final String PROMPT = "prompt";
    private static final String STEP = "step";

    private final Sql sql;

    /**
     * One entry; those of dialogs are kept elsewhere.
     *
     * @param callId the Call-ID
     * @param seq counts the entries of the call, from 1
     */
    public record Line(String callId, long seq, JournalEntry entry, Instant at) {}

    JournalTable(Sql sql) {
        this.sql = sql;
    }

    /** Keeps entries, and adds their digits to the calls that have these Call-IDs. */
    void append(List<Line> lines) {
        sql.updateAll(
                "INSERT INTO journal (call_id, seq, kind, digit, duration_ms, source, whole, at_ms)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                lines.stream().map(JournalTable::values).toList());
        sql.updateAll(
                "UPDATE calls SET digits_all = digits_all || ? WHERE sip_call_id = ?",
                lines.stream()
                        .filter(line -> line.entry() instanceof JournalEntry.DigitAcknowledged)
                        .sorted(Comparator.comparing(Line::callId).thenComparingLong(Line::seq))
                        .map(line -> new @Nullable Object[] {digit(line.entry()), line.callId()})
                        .toList());
    }

    private static @Nullable Object[] values(Line line) {
        return switch (line.entry()) {
            case JournalEntry.DigitAcknowledged key ->
                new @Nullable Object[] {
                    line.callId(),
                    line.seq(),
                    DIGIT,
                    String.valueOf(key.digit()),
                    (long) key.durationMillis(),
                    key.source().name(),
                    true,
                    line.at().toEpochMilli()
                };
            case JournalEntry.PromptFinished prompt ->
                new @Nullable Object[] {
                    line.callId(),
                    line.seq(),
                    PROMPT,
                    "",
                    prompt.millis(),
                    "",
                    prompt.whole(),
                    line.at().toEpochMilli()
                };
            case JournalEntry.DialogHeld dialog -> throw elsewhere();
            case JournalEntry.DialogOver over -> throw elsewhere();
            case JournalEntry.StepDone step ->
                new @Nullable Object[] {
                    line.callId(),
                    line.seq(),
                    STEP,
                    step.digits(),
                    0L,
                    step.stepId(),
                    true,
                    line.at().toEpochMilli()
                };
        };
    }

    private static IllegalArgumentException elsewhere() {
        return new IllegalArgumentException("what is known of dialogs is kept in a table of its own");
    }

    private static String digit(JournalEntry entry) {
        return entry instanceof JournalEntry.DigitAcknowledged key ? String.valueOf(key.digit()) : "";
    }

    /** The entries of a call, in order. */
    public List<Line> ofCall(String callId) {
        return sql.list("SELECT * FROM journal WHERE call_id = ? ORDER BY seq", JournalTable::read, callId);
    }

    private static Line read(ResultSet row) throws SQLException {
        String kind = Sql.text(row, "kind");
        JournalEntry entry = switch (kind) {
            case DIGIT ->
                new JournalEntry.DigitAcknowledged(
                        Sql.text(row, "digit").charAt(0),
                        (int) row.getLong("duration_ms"),
                        DigitSource.valueOf(Sql.text(row, "source")));
            case PROMPT -> new JournalEntry.PromptFinished(row.getLong("duration_ms"), row.getBoolean("whole"));
            case STEP -> new JournalEntry.StepDone(Sql.text(row, "source"), Sql.text(row, "digit"));
            default -> throw new SQLException("a journal entry of the kind " + kind);
        };
        return new Line(Sql.text(row, "call_id"), row.getLong("seq"), entry, Sql.time(row, "at_ms"));
    }
}
