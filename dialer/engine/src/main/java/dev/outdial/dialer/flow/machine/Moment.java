package dev.outdial.dialer.flow.machine;

import java.time.Instant;

/**
 * When something happens.
 *
 * @param nanos monotonic, for how long things take
 * @param instant what the clock on the wall says
 */
public record Moment(long nanos, Instant instant) {}
