package dev.outdial.server.calls;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An access key that somebody wants; parts as in {@link AccessKeyRecord}.
 *
 * @param account for whom; only {@link AccountRecord#FIRST} may name another than itself
 * @param hash the SHA-256 of the whole key in hexadecimal digits
 */
public record NewAccessKey(
        String account,
        String name,
        Scope scope,
        List<String> networks,
        Optional<Instant> expires,
        String prefix,
        String hash) {
    /** Copies the networks. */
    public NewAccessKey {
        networks = List.copyOf(networks);
    }
}
