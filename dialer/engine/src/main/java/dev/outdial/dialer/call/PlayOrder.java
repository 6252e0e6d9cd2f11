package dev.outdial.dialer.call;

import dev.outdial.media.rtp.EncodedClip;

/**
 * A clip to be played.
 *
 * @param times how often; 0 until it is stopped
 * @param volumeDb how much louder than it is
 * @param name what a person calls it: the file, or the words
 */
public record PlayOrder(EncodedClip clip, int times, double volumeDb, String name) {}
