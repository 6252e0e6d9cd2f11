package dev.outdial.media.record;

/**
 * What a recording came to.
 *
 * @param reason why it ended
 * @param millis how much sound is in the file, silence in the place of what is missing included
 * @param bytes the file's length
 */
public record Recorded(RecordingEnd reason, long millis, long bytes) {}
