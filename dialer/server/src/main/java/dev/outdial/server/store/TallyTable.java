package dev.outdial.server.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How often something happened, until it is forgotten. One transaction's own. */
public final class TallyTable {
    private final Sql sql;

    /**
     * A counter.
     *
     * @param expires from when on it is forgotten, where nobody asks for longer
     */
    public record Tally(long reached, Instant begun, Instant expires) {
        /** Whether it counts at that time for somebody who has it remembered for so long from its beginning. */
        public boolean isRemembered(Duration remembered, Instant now) {
            return now.isBefore(expires) || now.isBefore(begun.plus(remembered));
        }
    }

    TallyTable(Sql sql) {
        this.sql = sql;
    }

    /** A counter as it stands, forgotten or not. */
    public Optional<Tally> find(String account, String name) {
        return find("SELECT * FROM tallies WHERE account = ? AND name = ?", account, name);
    }

    /** The same, which nobody else changes before this transaction ends; one that counted nothing where there was none. */
    public Tally lock(String account, String name, Instant now) {
        String locking = "SELECT * FROM tallies WHERE account = ? AND name = ? FOR UPDATE";
        Optional<Tally> known = find(locking, account, name);
        if (known.isPresent()) return known.get();
        sql.insertIfFree(
                "INSERT INTO tallies (account, name, reached, begun_ms, expires_ms) VALUES (?, ?, 0, ?, ?)",
                account,
                name,
                now.toEpochMilli(),
                now.toEpochMilli());
        return find(locking, account, name).orElseThrow();
    }

    private Optional<Tally> find(String query, String account, String name) {
        return sql.first(
                query,
                row -> new Tally(row.getLong("reached"), Sql.time(row, "begun_ms"), Sql.time(row, "expires_ms")),
                account,
                name);
    }

    /** Writes one that was locked; one that counted nothing goes. */
    public void put(String account, String name, Tally tally) {
        if (tally.reached() <= 0) {
            sql.update("DELETE FROM tallies WHERE account = ? AND name = ?", account, name);
        } else {
            sql.update(
                    "UPDATE tallies SET reached = ?, begun_ms = ?, expires_ms = ? WHERE account = ? AND name = ?",
                    tally.reached(),
                    tally.begun().toEpochMilli(),
                    tally.expires().toEpochMilli(),
                    account,
                    name);
        }
    }
}
