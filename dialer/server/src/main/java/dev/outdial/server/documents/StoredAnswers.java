package dev.outdial.server.documents;

import dev.outdial.server.calls.AnswerService;
import dev.outdial.server.store.Store;
import java.util.Optional;

/** First answers, beside the keys that they were given under. <b>Threading:</b> any; blocks on the store. */
public final class StoredAnswers implements AnswerService {
    private final Store store;

    public StoredAnswers(Store store) {
        this.store = store;
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
