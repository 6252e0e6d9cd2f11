package dev.outdial.server.calls;

import java.time.Instant;
import java.util.Optional;

/**
 * A recording as it is stored.
 *
 * @param format such as wav
 * @param status initiating, recording, stopping or ended
 * @param durationMillis 0 until it is known
 * @param byteLength 0 until it is known
 */
public record RecordingRecord(
        String id,
        String account,
        String callId,
        String format,
        String status,
        Instant started,
        Optional<Instant> ended,
        long durationMillis,
        long byteLength) {}
