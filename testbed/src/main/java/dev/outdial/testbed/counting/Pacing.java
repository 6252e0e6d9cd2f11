package dev.outdial.testbed.counting;

/**
 * How evenly packets arrived: the distance of the times between them from 20 ms, all streams together.
 *
 * @param intervals how many were measured
 * @param unsureIntervals how many were not, because whoever read the packets had itself not looked for over a millisecond
 * @param p50Millis half of them were at most this far from 20 ms, to the next 10 us; above 50 ms to the next ms
 * @param p99Millis 99 of 100 were
 * @param p999Millis 999 of 1000 were
 * @param maxMillis the farthest
 * @param longestIntervalMillis the longest time between two packets of one stream, as they were read: those not measured too
 */
public record Pacing(
        long intervals,
        long unsureIntervals,
        double p50Millis,
        double p99Millis,
        double p999Millis,
        double maxMillis,
        double longestIntervalMillis) {}
