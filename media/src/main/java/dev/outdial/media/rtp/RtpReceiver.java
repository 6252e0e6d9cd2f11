package dev.outdial.media.rtp;

/**
 * Judges the packets of the far end's stream: which are new, how many are missing, how evenly they come (RFC 3550 appendix
 * A.1, A.3, A.8). A source is trusted from its first packet on; the caller has checked the address. <b>Threading:</b> one
 * owner.
 */
public final class RtpReceiver {
    /** What a packet is to the stream. */
    public enum Verdict {
        /** The next one, or one after a gap. */
        NEW,
        /** One that was missing until now. */
        LATE,
        /** One that was here before: not to be used again. */
        DUPLICATE,
        /** Far from all others: not to be used, unless the next one follows it. */
        STRAY,
        /** The first of a new source, or of an old one that started again. */
        RESTARTED;

        /** Whether its payload is to be used. */
        public boolean isUsable() {
            return this == NEW || this == LATE || this == RESTARTED;
        }
    }

    private static final int MAX_DROPOUT = 3000;
    private static final int MAX_MISORDER = 100;
    private static final long NANOS_PER_SAMPLE = 125_000;

    private final SequenceUnwrapper sequence = SequenceUnwrapper.ofSequenceNumbers();
    private boolean started;
    private int ssrc;
    private long base;
    private int badSequence = -1;

    /** Bit i of the two words: whether number {@code highest - i} was here. */
    private long recent;

    private long older;
    private long sourceReceived;
    private long sourceDuplicated;
    private long received;
    private long duplicated;
    private long outOfOrder;
    private long strays;
    private long lostBefore;
    private long lastArrivalNanos;
    private long longestGapNanos;
    private boolean transitKnown;
    private int transit;
    private double jitter;
    private long expectedPrior;
    private long receivedPrior;

    /**
     * Takes a packet.
     *
     * @param isAudio whether its timestamp is the time of its sound: a telephone-event's is not, and does not count for jitter
     */
    public Verdict put(RtpPacket packet, boolean isAudio, long nowNanos) {
        Verdict verdict = judge(packet);
        if (verdict == Verdict.STRAY || verdict == Verdict.DUPLICATE) return verdict;
        if (received > 0) longestGapNanos = Math.max(longestGapNanos, nowNanos - lastArrivalNanos);
        lastArrivalNanos = nowNanos;
        received++;
        sourceReceived++;
        if (verdict == Verdict.RESTARTED) transitKnown = false;
        if (isAudio) measureJitter(packet.timestamp(), nowNanos);
        return verdict;
    }

    private Verdict judge(RtpPacket packet) {
        int number = packet.sequenceNumber();
        if (!started || packet.ssrc() != ssrc) return restart(packet);
        long distance = sequence.peek(number) - sequence.highest();
        if (distance > 0 && distance < MAX_DROPOUT) {
            sequence.unwrap(number);
            shiftSeen(distance);
            return Verdict.NEW;
        }
        if (distance <= 0 && distance > -MAX_MISORDER) return lateOrDuplicate((int) -distance);
        // Two in a row far away: the far end started again without telling (RFC 3550 A.1).
        if (number == badSequence) return restart(packet);
        badSequence = number + 1 & 0xFFFF;
        strays++;
        return Verdict.STRAY;
    }

    private Verdict restart(RtpPacket packet) {
        if (started) lostBefore = lost();
        started = true;
        ssrc = packet.ssrc();
        sequence.restart(packet.sequenceNumber());
        base = sequence.highest();
        badSequence = -1;
        recent = 1;
        older = 0;
        sourceReceived = 0;
        sourceDuplicated = 0;
        expectedPrior = 0;
        receivedPrior = 0;
        return Verdict.RESTARTED;
    }

    private void shiftSeen(long distance) {
        if (distance >= 128) {
            older = 0;
            recent = 0;
        } else if (distance >= 64) {
            older = recent << (distance - 64);
            recent = 0;
        } else {
            older = older << distance | recent >>> 1 >>> (63 - distance);
            recent <<= distance;
        }
        recent |= 1;
    }

    private Verdict lateOrDuplicate(int back) {
        long bit = 1L << (back & 63);
        boolean seen = ((back < 64 ? recent : older) & bit) != 0;
        if (seen) {
            duplicated++;
            sourceDuplicated++;
            return Verdict.DUPLICATE;
        }
        if (back < 64) recent |= bit;
        else older |= bit;
        outOfOrder++;
        // Packets before the first one were not expected, and are none the less here.
        base = Math.min(base, sequence.highest() - back);
        return Verdict.LATE;
    }

    /** RFC 3550 A.8, the smoothing with its 1/16, in timestamp units. */
    private void measureJitter(int timestamp, long nowNanos) {
        int arrival = (int) (nowNanos / NANOS_PER_SAMPLE);
        int now = arrival - timestamp;
        if (transitKnown) jitter += (Math.abs((double) (now - transit)) - jitter) / 16;
        transit = now;
        transitKnown = true;
    }

    /** Whether anything was received. */
    public boolean isStarted() {
        return started;
    }

    /** The source last heard. */
    public int ssrc() {
        return ssrc;
    }

    /** Packets received, duplicates and strays not counted. */
    public long received() {
        return received;
    }

    /** Packets of this source and those before it that never came; never negative. */
    public long lost() {
        return lostBefore + Math.max(0, expected() - sourceReceived);
    }

    private long expected() {
        return started ? sequence.highest() - base + 1 : 0;
    }

    /** Packets that came again. */
    public long duplicated() {
        return duplicated;
    }

    /** Packets that came after a later one. */
    public long outOfOrder() {
        return outOfOrder;
    }

    /** Packets far from all others. */
    public long strays() {
        return strays;
    }

    /** The longest time without a packet between two packets. */
    public long longestGapNanos() {
        return longestGapNanos;
    }

    /** Interarrival jitter in timestamp units of 1/8000 s. */
    public double jitter() {
        return jitter;
    }

    /** The extended highest sequence number, as a report block gives it. */
    public int extendedHighest() {
        return (int) sequence.highest();
    }

    /** Packets of this source alone that are missing, as a report block counts them: duplicates can make it negative. */
    public long sourceLost() {
        return expected() - sourceReceived - sourceDuplicated;
    }

    /** The share of packets lost since it was last asked for, in 256ths (RFC 3550 A.3). */
    public int takeFractionLost() {
        long expectedNow = expected() - expectedPrior;
        long receivedNow = sourceReceived + sourceDuplicated;
        long lostNow = expectedNow - (receivedNow - receivedPrior);
        expectedPrior = expected();
        receivedPrior = receivedNow;
        return expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, (lostNow << 8) / expectedNow);
    }
}
