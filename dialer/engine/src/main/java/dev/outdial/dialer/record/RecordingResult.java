package dev.outdial.dialer.record;

import java.time.Duration;

/**
 * What a recording came to.
 *
 * @param reason why it ended
 * @param length how much sound is in the file, what was paused left out
 * @param bytes the file's length; 0 where nothing was recorded
 */
public record RecordingResult(RecordingEnd reason, Duration length, long bytes) {}
