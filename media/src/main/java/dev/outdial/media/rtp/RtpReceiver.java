package dev.outdial.media.rtp;

import dev.outdial.media.codec.AudioCodec;

/**
 * Judges the packets of the far end's stream: which are new, how many are missing, how evenly they come (RFC 3550 appendix
 * A.1, A.3, A.8). The first source is trusted from its first packet on; the caller has checked the address. <b>Threading:</b>
 * one owner.
 *
 * <p>Another SSRC, or the same one with numbers far away, is followed when two of its packets come in order and none of the
 * source before it comes between, or at once where that one has been silent. So a forged packet changes nothing, and a far
 * end that really changed loses nothing: what the first of the two carried is still to be used.
 *
 * <pre>
 *   ssrc  number  verdict
 *      1     100  RESTARTED
 *      1     101  NEW
 *      2     900  STRAY       held by the caller
 *      1     102  NEW         it was a forgery: forgotten
 *      2     901  STRAY       held
 *      2     902  RESTARTED   with the stray 901
 * </pre>
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
        /** Far from all others, or of another source: not to be used, unless the next one follows it. */
        STRAY,
        /** The first of a new source, or of an old one that started again; see {@link RtpReceiver#restartedWithStray}. */
        RESTARTED;

        /** Whether its payload is to be used. */
        public boolean isUsable() {
            return this == NEW || this == LATE || this == RESTARTED;
        }
    }

    private static final int MAX_DROPOUT = 3000;
    private static final int MAX_MISORDER = 100;
    /** A source of which nothing came for so long has ended when another one speaks. */
    private static final long SILENT_NANOS = 200_000_000;
    /** Of 1/16000 s: a part of the unit of every clock that is in use. */
    private static final long NANOS_PER_TICK = 62_500;

    private static final int TICKS_PER_SECOND = 16_000;

    /** For a packet whose timestamp is not the time of its sound. */
    public static final int NO_CLOCK = 0;

    private final SequenceUnwrapper sequence = SequenceUnwrapper.ofSequenceNumbers();
    private boolean started;
    private int ssrc;
    private long base;
    private boolean strayHeld;
    private int straySsrc;
    private int strayNumber;
    private boolean restartedWithStray;

    /** Bit i of the two words: whether number {@code highest - i} was here. */
    private long recent;

    private long older;
    private long sourceReceived;
    private long sourceDuplicated;
    private long received;
    private long duplicated;
    private long outOfOrder;
    private long strays;
    private long sourceChanges;
    private long lostBefore;
    private long lastArrivalNanos;
    private long longestGapNanos;
    private int clockRate = AudioCodec.CLOCK_RATE;
    private boolean transitKnown;
    private int transit;
    private double jitter;
    private long expectedPrior;
    private long receivedPrior;

    /**
     * Takes a packet.
     *
     * @param isAudio whether its timestamp is the time of its sound, in units of 1/8000 s: a telephone-event's is not, and does not
     *     count for jitter
     */
    public Verdict put(RtpPacket packet, boolean isAudio, long nowNanos) {
        return put(packet, isAudio ? AudioCodec.CLOCK_RATE : NO_CLOCK, nowNanos);
    }

    /**
     * Takes a packet.
     *
     * @param packetClockRate the units a second of its timestamp, where that is the time of its sound; else {@link #NO_CLOCK}
     */
    public Verdict put(RtpPacket packet, int packetClockRate, long nowNanos) {
        Verdict verdict = judge(packet, nowNanos);
        if (verdict == Verdict.STRAY || verdict == Verdict.DUPLICATE) return verdict;
        if (received > 0) longestGapNanos = Math.max(longestGapNanos, nowNanos - lastArrivalNanos);
        lastArrivalNanos = nowNanos;
        received++;
        sourceReceived++;
        if (verdict == Verdict.RESTARTED) transitKnown = false;
        if (packetClockRate != NO_CLOCK) measureJitter(packet.timestamp(), packetClockRate, nowNanos);
        return verdict;
    }

    private Verdict judge(RtpPacket packet, long nowNanos) {
        restartedWithStray = false;
        int number = packet.sequenceNumber();
        if (!started) return restart(packet, number);
        if (packet.ssrc() != ssrc)
            return nowNanos - lastArrivalNanos >= SILENT_NANOS ? restart(packet, number) : suspect(packet);
        long distance = sequence.peek(number) - sequence.highest();
        if (distance > 0 && distance < MAX_DROPOUT) {
            strayHeld = false;
            sequence.unwrap(number);
            shiftSeen(distance);
            return Verdict.NEW;
        }
        if (distance <= 0 && distance > -MAX_MISORDER) return lateOrDuplicate((int) -distance);
        return suspect(packet);
    }

    /** Two in order: the far end started again, or another one took over, without telling (RFC 3550 A.1). */
    private Verdict suspect(RtpPacket packet) {
        int number = packet.sequenceNumber();
        int ahead = number - strayNumber & 0xFFFF;
        // Two strangers' numbers are in order only by chance; of the source we know, a gap must not look like it.
        int mostAhead = packet.ssrc() == ssrc ? 1 : MAX_MISORDER;
        if (strayHeld && packet.ssrc() == straySsrc && ahead > 0 && ahead <= mostAhead) {
            restart(packet, strayNumber);
            sequence.unwrap(number);
            shiftSeen(ahead);
            strays--;
            received++;
            sourceReceived++;
            restartedWithStray = true;
            return Verdict.RESTARTED;
        }
        strayHeld = true;
        straySsrc = packet.ssrc();
        strayNumber = number;
        strays++;
        return Verdict.STRAY;
    }

    private Verdict restart(RtpPacket packet, int firstNumber) {
        if (started) {
            lostBefore = lost();
            sourceChanges++;
        }
        started = true;
        ssrc = packet.ssrc();
        sequence.restart(firstNumber);
        base = sequence.highest();
        strayHeld = false;
        recent = 1;
        older = 0;
        sourceReceived = 0;
        sourceDuplicated = 0;
        expectedPrior = 0;
        receivedPrior = 0;
        return Verdict.RESTARTED;
    }

    /**
     * Whether the packet that was just judged {@link Verdict#RESTARTED} follows the one last judged {@link Verdict#STRAY},
     * which is then the new source's first, is counted as received, and is to be used before it.
     */
    public boolean restartedWithStray() {
        return restartedWithStray;
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
    private void measureJitter(int timestamp, int packetClockRate, long nowNanos) {
        if (packetClockRate != clockRate) {
            jitter = jitter * packetClockRate / clockRate;
            clockRate = packetClockRate;
            transitKnown = false;
        }
        int arrival = (int) (nowNanos / NANOS_PER_TICK * clockRate / TICKS_PER_SECOND);
        int now = arrival - timestamp;
        double step = Math.abs((double) (now - transit));
        // A transit time that differs by more than a second is another clock and no jitter.
        if (transitKnown && step <= clockRate) jitter += (step - jitter) / 16;
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

    /** Packets far from all others, or of a source that was not followed. */
    public long strays() {
        return strays;
    }

    /** How often another SSRC was followed, or the same one with new numbers. */
    public long sourceChanges() {
        return sourceChanges;
    }

    /** The longest time without a packet between two packets. */
    public long longestGapNanos() {
        return longestGapNanos;
    }

    /** Interarrival jitter in the units of the timestamps, as a report block gives it. */
    public double jitter() {
        return jitter;
    }

    /** The same in milliseconds. */
    public double jitterMillis() {
        return jitter * 1000 / clockRate;
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
