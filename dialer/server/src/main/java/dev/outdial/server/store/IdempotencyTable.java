package dev.outdial.server.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Requests that were accepted under a key of their asker's, as long as they are kept. One transaction's own. */
public final class IdempotencyTable {
    private final Sql sql;

    IdempotencyTable(Sql sql) {
        this.sql = sql;
    }

    /** What a key says of a request. */
    public sealed interface Claim {
        /** Nobody asked under it: go on, and it is kept with the transaction. */
        record First() implements Claim {}

        /** The same was asked before, and made these. */
        record Replay(List<String> ids) implements Claim {
            /** Copies the ids. */
            public Replay {
                ids = List.copyOf(ids);
            }
        }

        /** Something else was asked under it: a conflict. */
        record OtherBody() implements Claim {}
    }

    /**
     * Claims a key. Waits for a transaction that is about to take the same one.
     *
     * @param bodyHash tells one body from another
     * @param ids of what will be made where this is the first
     */
    public Claim claim(String account, String key, String bodyHash, List<String> ids, Instant now) {
        Claim before = known(account, key, bodyHash);
        if (!(before instanceof Claim.First)) {
            return before;
        }
        boolean isFirst = sql.insertIfFree(
                "INSERT INTO idempotency (account, request, body_hash, answer, created_ms) VALUES (?, ?, ?, ?, ?)",
                account,
                key,
                bodyHash,
                Json.of(ids),
                now.toEpochMilli());
        return isFirst ? before : known(account, key, bodyHash);
    }

    /** Forgets a key under which nothing was answered; false where there is none such. */
    public boolean undo(String account, String key) {
        return sql.update("DELETE FROM idempotency WHERE account = ? AND request = ? AND reply IS NULL", account, key)
                > 0;
    }

    /** Keeps what was answered; false where something is kept already, or nobody asked under that key. */
    public boolean keepReply(String account, String key, String reply) {
        return sql.update(
                        "UPDATE idempotency SET reply = ? WHERE account = ? AND request = ? AND reply IS NULL",
                        reply,
                        account,
                        key)
                > 0;
    }

    /** What was answered at first; empty where that is not kept. */
    public Optional<String> reply(String account, String key) {
        return sql.first(
                "SELECT reply FROM idempotency WHERE account = ? AND request = ? AND reply IS NOT NULL",
                row -> Sql.text(row, "reply"),
                account,
                key);
    }

    private Claim known(String account, String key, String bodyHash) {
        return sql.first(
                        "SELECT body_hash, answer FROM idempotency WHERE account = ? AND request = ?",
                        row -> Sql.text(row, "body_hash").equals(bodyHash)
                                ? new Claim.Replay(Json.list(Sql.text(row, "answer")))
                                : new Claim.OtherBody(),
                        account,
                        key)
                .orElseGet(Claim.First::new);
    }
}
