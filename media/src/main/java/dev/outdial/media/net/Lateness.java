package dev.outdial.media.net;

/**
 * How late packets left, against the ideal grid on which each session's packets are due. Percentiles are upper bounds of
 * histogram buckets, at most 1/16 above the true value.
 *
 * @param count packets measured
 * @param p50Nanos half of them left no later than this
 * @param p99Nanos 99 of 100
 * @param p999Nanos 999 of 1000
 * @param maxNanos the latest of all
 */
public record Lateness(long count, long p50Nanos, long p99Nanos, long p999Nanos, long maxNanos) {}
