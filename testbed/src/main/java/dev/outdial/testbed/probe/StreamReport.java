package dev.outdial.testbed.probe;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What a {@link StreamProbe} saw.
 *
 * @param packetCount all packets, doubled ones included
 * @param octetCount their payload bytes
 * @param ssrcs the sources in the order in which they appeared
 * @param payloadTypes the payload types seen
 * @param lostCount sequence numbers that never came, between the lowest and the highest of each source
 * @param duplicateCount packets whose sequence number had come before
 * @param outOfOrderCount packets that came after one with a higher sequence number, duplicates not counted
 * @param timestampSteps how often the timestamp grew by how much, between neighbours in sequence of one payload type
 * @param markerCount packets with the marker bit
 * @param jitterMillis interarrival jitter at the end (RFC 3550 6.4.1), the largest of all sources
 * @param longestIntervalMillis the longest time between two packets
 * @param durationMillis from the first packet to the last
 */
public record StreamReport(
        long packetCount,
        long octetCount,
        List<Long> ssrcs,
        SortedSet<Integer> payloadTypes,
        long lostCount,
        long duplicateCount,
        long outOfOrderCount,
        SortedMap<Long, Long> timestampSteps,
        long markerCount,
        double jitterMillis,
        double longestIntervalMillis,
        double durationMillis) {

    /** Whether nothing was lost, doubled or out of order, and there was one source with one step of the timestamp. */
    public boolean isClean() {
        return lostCount == 0
                && duplicateCount == 0
                && outOfOrderCount == 0
                && ssrcs.size() <= 1
                && timestampSteps.size() <= 1;
    }

    /** One line for people. */
    @Override
    public String toString() {
        if (packetCount == 0) return "no packets";
        return "%d packets in %.1f s, lost %d, doubled %d, out of order %d, sources %d, timestamp steps %s, markers %d, jitter %.2f ms, longest interval %.1f ms"
                .formatted(
                        packetCount,
                        durationMillis / 1000,
                        lostCount,
                        duplicateCount,
                        outOfOrderCount,
                        ssrcs.size(),
                        steps(),
                        markerCount,
                        jitterMillis,
                        longestIntervalMillis);
    }

    private String steps() {
        if (timestampSteps.isEmpty()) return "none";
        return String.join(
                ", ", timestampSteps.entrySet().stream().map(StreamReport::step).toList());
    }

    private static String step(Map.Entry<Long, Long> e) {
        return e.getKey() + " (x" + e.getValue() + ")";
    }
}
