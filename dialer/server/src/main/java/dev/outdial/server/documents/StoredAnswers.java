package dev.outdial.server.documents;

import dev.outdial.server.calls.AnswerService;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.store.IdempotencyTable.Claim;
import dev.outdial.server.store.Store;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** First answers, beside the keys that they were given under. <b>Threading:</b> any; blocks on the store. */
public final class StoredAnswers implements AnswerService {
    private final Store store;
    private final InstantSource clock;

    public StoredAnswers(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public boolean begin(String account, RequestKey key, String callId) {
        Claim claim = store.durably(tables ->
                tables.idempotency().claim(account, key.key(), key.bodyHash(), List.of(callId), clock.instant()));
        return switch (claim) {
            case Claim.First first -> true;
            case Claim.Replay replay -> false;
            case Claim.OtherBody other -> throw Keeping.reused();
        };
    }

    @Override
    public void undo(String account, String key) {
        boolean unused = store.lightly(tables -> tables.idempotency().undo(account, key));
    }

    @Override
    public void keep(String account, String key, String answer) {
        boolean unused = store.lightly(tables -> tables.idempotency().keepReply(account, key, answer));
    }

    @Override
    public Optional<String> find(String account, String key) {
        return store.read(tables -> tables.idempotency().reply(account, key));
    }
}
