package dev.outdial.server.store;

import java.time.Instant;
import java.util.Optional;

/** Rows that are locked while it is decided whether somebody is called: of a trunk, of all trunks, of a number. One transaction's own. */
final class PaceTable {
    private final Sql sql;

    PaceTable(Sql sql) {
        this.sql = sql;
    }

    /** Locks a trunk's row, and says when its next slot begins, in nanoseconds since 1970; 0 where none was ever given. */
    long lockTrunk(String trunk) {
        Optional<Long> next = nextFree(trunk);
        if (next.isEmpty()) {
            sql.insertIfFree("INSERT INTO trunk_pace (trunk, next_free_nanos) VALUES (?, 0)", trunk);
            next = nextFree(trunk);
        }
        return next.orElse(0L);
    }

    private Optional<Long> nextFree(String trunk) {
        return sql.first(
                "SELECT next_free_nanos FROM trunk_pace WHERE trunk = ? FOR UPDATE", row -> row.getLong(1), trunk);
    }

    void nextFree(String trunk, long nanos) {
        sql.update("UPDATE trunk_pace SET next_free_nanos = ? WHERE trunk = ?", nanos, trunk);
    }

    /** Locks a number's row. */
    void lockNumber(String number, Instant now) {
        String lock = "UPDATE dialled_numbers SET last_ms = ? WHERE number = ?";
        if (sql.update(lock, now.toEpochMilli(), number) == 0) {
            sql.insertIfFree("INSERT INTO dialled_numbers (number, last_ms) VALUES (?, ?)", number, now.toEpochMilli());
            sql.update(lock, now.toEpochMilli(), number);
        }
    }
}
