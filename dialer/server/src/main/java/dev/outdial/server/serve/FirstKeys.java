package dev.outdial.server.serve;

import dev.outdial.server.calls.AccessKey;
import dev.outdial.server.calls.AccountRecord;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.documents.StoredAccounts;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.StoredKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Access keys that are made without one: by whoever has the machine. */
final class FirstKeys {
    /** The name of the key that a server without a configuration makes at each start. */
    static final String OF_THE_RUN = "made at start";

    private FirstKeys() {}

    /** Whether any key opens the API. */
    static boolean exist(Store store) {
        return store.read(tables -> tables.keys().count()) > 0;
    }

    /** A new key for everything, of the first account. It is told here alone. */
    static AccessKey make(Store store, String name, Instant now) {
        StoredAccounts.ensureFirst(store, now);
        AccessKey key = AccessKey.make(new SecureRandom());
        var stored = new StoredKey(
                UUID.randomUUID().toString(),
                AccountRecord.FIRST,
                name,
                key.prefix(),
                key.hash(),
                Set.of(Scope.ADMIN.word()),
                now,
                Optional.empty());
        int unused = store.<Integer>durably(tables -> {
            tables.keys().insert(stored);
            return 1;
        });
        return key;
    }

    /** The same for one run: those of earlier runs open nothing any more. */
    static AccessKey makeForRun(Store store, Instant now) {
        List<StoredKey> before = store.read(tables -> tables.keys().ofAccount(AccountRecord.FIRST)).stream()
                .filter(key -> key.name().equals(OF_THE_RUN))
                .toList();
        AccessKey key = make(store, OF_THE_RUN, now);
        int unused = store.<Integer>durably(tables -> {
            for (StoredKey old : before) {
                boolean was = tables.keys().softDelete(AccountRecord.FIRST, old.id(), now);
                if (!was) throw new IllegalStateException("a key that was listed is not there");
            }
            return before.size();
        });
        return key;
    }
}
