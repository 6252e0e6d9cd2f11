package dev.outdial.testbed.probe;

import dev.outdial.testbed.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private long firstNanos;
    private long lastNanos;
    private long longestIntervalNanos;

    /** Takes a packet that arrived (or left) now. */
    public void hear(RtpPacket packet, long nowNanos) {
        if (packetCount == 0) firstNanos = nowNanos;
        else longestIntervalNanos = Math.max(longestIntervalNanos, nowNanos - lastNanos);
        lastNanos = nowNanos;
        packetCount++;
        octetCount += packet.payloadByteLength();
        if (packet.marker()) markerCount++;
        payloadTypes.add(packet.payloadType());
        sources.computeIfAbsent(packet.ssrc(), s -> new SourceProbe(packet)).hear(packet, nowNanos);
    }

    /** What a receiver report would say now about the source seen last, as (highest sequence with cycles, lost, jitter in timestamp units); empty before the first packet. */
    public List<Long> reception(long ssrc) {
        var source = sources.get(ssrc);
        if (source == null) return List.of();
        return List.of(source.highest(), source.lostCount(), (long) source.jitter());
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
