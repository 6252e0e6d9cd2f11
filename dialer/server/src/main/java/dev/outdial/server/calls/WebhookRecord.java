package dev.outdial.server.calls;

import java.time.Instant;
import java.util.List;

/**
 * Where the events of an account are sent.
 *
 * @param url its password masked
 * @param types which, such as {@code call.ended} or {@code call.*}; all where empty
 * @param profile who renders the events and says how they are delivered: native, or voipbin
 * @param method POST or GET; native ones are POST
 * @param pendingCount deliveries that wait
 * @param deadCount deliveries that were given up
 */
public record WebhookRecord(
        String id,
        String account,
        String url,
        List<String> types,
        String profile,
        String method,
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
