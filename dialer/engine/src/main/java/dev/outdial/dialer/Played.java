package dev.outdial.dialer;

/**
 * What the far end was sent of a clip.
 *
 * @param millis how much of it left, in milliseconds of sound
 * @param whole whether that was all of it
 */
public record Played(long millis, boolean whole) {}
