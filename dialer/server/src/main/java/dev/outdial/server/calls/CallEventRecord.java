package dev.outdial.server.calls;

import java.time.Instant;

/**
 * Something that happened, as it is stored and told.
 *
 * @param cursor grows over all calls; what {@code GET /events?after=} takes
 * @param id a UUID, the same in every delivery
 * @param type such as {@code call.answered}
 * @param seq counts the events of one call, from 1
 * @param callId empty where it is of no call
 * @param data JSON
 */
public record CallEventRecord(
        long cursor, String id, String account, String type, Instant time, long seq, String callId, String data) {}
