package dev.outdial.server.calls;

import java.time.Instant;
import java.util.List;

/**
 * Calls that hear each other.
 *
 * @param kind connect (two) or conference
 * @param state progressing, held, terminating or terminated
 */
public record BridgeRecord(
        String id, String account, String kind, String state, List<String> callIds, Instant created) {
    /** Copies the ids. */
    public BridgeRecord {
        callIds = List.copyOf(callIds);
    }
}
