package dev.outdial.dialer;

import java.time.Duration;

/**
 * How late RTP packets left against the ideal 20 ms grid, over all calls since the dialer started.
 *
 * @param packets how many packets were timed
 * @param median half of them were at most this late
 * @param p99 99 of 100 were
 * @param p999 999 of 1000 were
 * @param max the latest
 */
public record SendLateness(long packets, Duration median, Duration p99, Duration p999, Duration max) {}
