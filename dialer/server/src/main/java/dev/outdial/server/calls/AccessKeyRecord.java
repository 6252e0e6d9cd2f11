package dev.outdial.server.calls;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An access key as it is stored: its secret is known to its owner alone.
 *
 * @param prefix how it begins, see {@link AccessKey}
 * @param networks from where alone it may be used, as {@code 192.0.2.0/24}; from anywhere where empty
 * @param expires when it ends
 */
public record AccessKeyRecord(
        String id,
        String account,
        String name,
        String prefix,
        Scope scope,
        List<String> networks,
        Instant created,
        Optional<Instant> expires) {
    /** Copies the networks. */
    public AccessKeyRecord {
        networks = List.copyOf(networks);
    }
}
