package dev.outdial.server.store;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A key that opens the API. The key itself is not kept.
 *
 * @param name what its owner calls it
 * @param prefix how it begins: by that it is found, and shown
 * @param hash what is compared, in constant time, by who checks it
 * @param scopes call, read, admin
 * @param expires when it opens nothing any more; empty for never
 */
public record StoredKey(
        String id,
        String account,
        String name,
        String prefix,
        String hash,
        Set<String> scopes,
        Instant created,
        Optional<Instant> expires) {
    /** Copies the scopes. */
    public StoredKey {
        scopes = Set.copyOf(scopes);
    }
}
