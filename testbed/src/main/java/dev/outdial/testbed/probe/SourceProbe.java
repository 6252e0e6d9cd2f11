package dev.outdial.testbed.probe;

import dev.outdial.testbed.rtp.RtpPacket;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** The headers of one synchronisation source. One owner. */
final class SourceProbe {
    private static final int WINDOW = 4096;

    private final TreeMap<Long, Long> steps = new TreeMap<>();
    // Which of the last sequence numbers came: slot n % WINDOW holds n.
    private final long[] seen = new long[WINDOW];
    private long lowest;
    private long highest;
    private long previousTimestamp;
    private int previousPayloadType;
    private long uniqueCount;
    private long duplicateCount;
    private long outOfOrderCount;
    private long usualStep = -1;
    private long usualStepCount;
    private double jitter;
    private long previousTransit;
    private boolean started;

    SourceProbe(RtpPacket first) {
        lowest = highest = first.sequence();
        Arrays.fill(seen, -1);
    }

    void hear(RtpPacket packet, long nowNanos) {
        long sequence = highest + (short) (packet.sequence() - highest);
        int slot = Math.floorMod(sequence, WINDOW);
        if (seen[slot] == sequence) {
            duplicateCount++;
            return;
        }
        seen[slot] = sequence;
        uniqueCount++;
        lowest = Math.min(lowest, sequence);
        if (started && sequence < highest) {
            outOfOrderCount++;
            return;
        }
        boolean neighbour = started && sequence == highest + 1 && packet.payloadType() == previousPayloadType;
        long step = (int) (packet.timestamp() - previousTimestamp);
        // The packets of one key share their timestamp; they say nothing about steps or jitter.
        boolean sameInstant = started && step == 0;
        if (neighbour && !sameInstant) count(step);
        if (!sameInstant) hearTransit(packet, nowNanos);
        highest = sequence;
        previousTimestamp = packet.timestamp();
        previousPayloadType = packet.payloadType();
        started = true;
    }

    private void count(long step) {
        if (usualStep < 0) usualStep = step;
        if (step == usualStep) usualStepCount++;
        else steps.merge(step, 1L, Long::sum);
    }

    /** RFC 3550 A.8, in timestamp units of an 8 kHz clock. */
    private void hearTransit(RtpPacket packet, long nowNanos) {
        long transit = nowNanos / 125_000 - packet.timestamp();
        if (started) {
            int difference = Math.abs((int) (transit - previousTransit));
            jitter += (difference - jitter) / 16;
        }
        previousTransit = transit;
    }

    long highest() {
        return highest;
    }

    long lostCount() {
        return expectedCount() - uniqueCount;
    }

    long expectedCount() {
        return highest - lowest + 1;
    }

    long duplicateCount() {
        return duplicateCount;
    }

    long outOfOrderCount() {
        return outOfOrderCount;
    }

    double jitter() {
        return jitter;
    }

    SortedMap<Long, Long> timestampSteps() {
        var all = new TreeMap<>(steps);
        if (usualStepCount > 0) all.put(usualStep, usualStepCount);
        return all;
    }
}
