package dev.outdial.testbed.probe;

import dev.outdial.testbed.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Judges an RTP stream by its headers. <b>Threading:</b> one owner. */
public final class StreamProbe {
    private final Map<Long, SourceProbe> sources = new LinkedHashMap<>();
    private final TreeSet<Integer> payloadTypes = new TreeSet<>();
    private long packetCount;
    private long octetCount;
    private long markerCount;
    private long lastSsrc = -1;
    private long firstNanos;
    private long lastNanos;
    private long longestIntervalNanos;

    /** Takes a packet that arrived (or left) now. */
    public void hear(RtpPacket packet, long nowNanos) {
        if (packetCount == 0) firstNanos = nowNanos;
        else longestIntervalNanos = Math.max(longestIntervalNanos, nowNanos - lastNanos);
        lastNanos = nowNanos;
        packetCount++;
        lastSsrc = packet.ssrc();
        octetCount += packet.payloadByteLength();
        if (packet.marker()) markerCount++;
        payloadTypes.add(packet.payloadType());
        sources.computeIfAbsent(packet.ssrc(), s -> new SourceProbe(packet)).hear(packet, nowNanos);
    }

    /**
     * What a receiver report says about one source.
     *
     * @param ssrc the source
     * @param expectedCount packets from the lowest to the highest sequence number
     * @param lostCount of these, those that did not come
     * @param highestSequence the highest sequence number with its cycles
     * @param jitterUnits interarrival jitter in timestamp units
     */
    public record Reception(long ssrc, long expectedCount, long lostCount, long highestSequence, long jitterUnits) {}

    /** What a receiver report would say now about the source that was heard last; empty before the first packet. */
    public Optional<Reception> latest() {
        var source = Optional.ofNullable(sources.get(lastSsrc));
        return source.map(
                s -> new Reception(lastSsrc, s.expectedCount(), s.lostCount(), s.highest(), (long) s.jitter()));
    }

    /** What was seen so far. */
    public StreamReport report() {
        SortedMap<Long, Long> steps = new TreeMap<>();
        long lost = 0;
        long duplicates = 0;
        long outOfOrder = 0;
        double jitter = 0;
        for (var source : sources.values()) {
            lost += source.lostCount();
            duplicates += source.duplicateCount();
            outOfOrder += source.outOfOrderCount();
            jitter = Math.max(jitter, source.jitter());
            source.timestampSteps().forEach((step, count) -> steps.merge(step, count, Long::sum));
        }
        return new StreamReport(
                packetCount,
                octetCount,
                List.copyOf(new ArrayList<>(sources.keySet())),
                new TreeSet<>(payloadTypes),
                lost,
                duplicates,
                outOfOrder,
                steps,
                markerCount,
                jitter / 8,
                longestIntervalNanos / 1e6,
                (lastNanos - firstNanos) / 1e6);
    }
}
