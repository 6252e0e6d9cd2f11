package dev.outdial.server.calls;

import java.time.Instant;
import java.util.List;

/**
 * Where the events of an account are sent.
 *
 * @param types which, such as {@code call.ended} or {@code call.*}; all where empty
 * @param pendingCount deliveries that wait
 * @param deadCount deliveries that were given up
 */
public record WebhookRecord(
        String id,
        String account,
        String url,
        List<String> types,
        boolean enabled,
        long pendingCount,
        long deadCount,
        Instant created,
        Instant updated) {
    /** Copies the types. */
    public WebhookRecord {
        types = List.copyOf(types);
    }
}
