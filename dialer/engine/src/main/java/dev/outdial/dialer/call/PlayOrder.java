package dev.outdial.dialer.call;

import dev.outdial.media.rtp.EncodedClip;

/**
 * A clip to be played.
 *
 * @param times how often; 0 until it is stopped
 * @param volumeDb how much louder than it is
 */
public record PlayOrder(EncodedClip clip, int times, double volumeDb) {}
