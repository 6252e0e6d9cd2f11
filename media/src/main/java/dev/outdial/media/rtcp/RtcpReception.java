package dev.outdial.media.rtcp;

import java.nio.ByteBuffer;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What the far end's RTCP says about itself and about our stream. <b>Threading:</b> one owner. */
public final class RtcpReception {
    private static final int REPORT_BLOCK_BYTES = 24;
    private static final double SAMPLES_PER_MILLI = 8;

    private final int ourSsrc;
    private final NtpClock ntpClock;
    private int lastSenderReport;
    private long senderReportNanos;
    private boolean reported;
    private int remoteLost;
    private int remoteJitter;
    private double roundTripMillis = Double.NaN;
    private boolean bye;

    public RtcpReception(int ourSsrc, NtpClock ntpClock) {
        this.ourSsrc = ourSsrc;
        this.ntpClock = ntpClock;
    }

    /**
     * Takes the datagram between the buffer's position and limit; both stay. What is whole of a compound packet counts.
     *
     * @return false where it is no RTCP
     */
    public boolean put(ByteBuffer datagram, long nowNanos) {
        int at = datagram.position();
        boolean any = false;
        while (at + 8 <= datagram.limit()) {
            int first = datagram.get(at) & 0xFF;
            int type = datagram.get(at + 1) & 0xFF;
            int end = at + 4 + 4 * (datagram.getShort(at + 2) & 0xFFFF);
            if (first >> 6 != 2 || type < 192 || type > 223 || end > datagram.limit()) return any;
            any = true;
            take(datagram, type, first & 31, at, end, nowNanos);
            at = end;
        }
        return any;
    }

    private void take(ByteBuffer datagram, int type, int count, int at, int end, long nowNanos) {
        if (type == RtcpReporter.BYE) bye |= count > 0;
        boolean isSender = type == RtcpReporter.SENDER_REPORT;
        int blocksAt = at + (isSender ? 28 : 8);
        if ((!isSender && type != RtcpReporter.RECEIVER_REPORT) || blocksAt > end) return;
        if (isSender) {
            lastSenderReport = NtpClock.middle(datagram.getLong(at + 8));
            senderReportNanos = nowNanos;
        }
        for (int i = 0; i < count && blocksAt + REPORT_BLOCK_BYTES <= end; i++, blocksAt += REPORT_BLOCK_BYTES)
            if (datagram.getInt(blocksAt) == ourSsrc) takeReport(datagram, blocksAt, nowNanos);
    }

    private void takeReport(ByteBuffer datagram, int at, long nowNanos) {
        reported = true;
        // 24 bits, signed: duplicates can make it negative.
        remoteLost = datagram.getInt(at + 4) << 8 >> 8;
        remoteJitter = datagram.getInt(at + 12);
        int lastReport = datagram.getInt(at + 16);
        if (lastReport == 0) return;
        int roundTrip = NtpClock.middle(ntpClock.at(nowNanos)) - lastReport - datagram.getInt(at + 20);
        // A far end that rounds its delay up can make a short way negative; anything large is nonsense.
        if (roundTrip > -655 && roundTrip < 65536 * 60) roundTripMillis = Math.max(0, roundTrip * 1000.0 / 65536);
    }

    /** The middle bits of the last sender report's time, 0 where there was none. */
    int lastSenderReport() {
        return lastSenderReport;
    }

    /** In units of 1/65536 s; 0 where there was none. */
    int delaySinceLastSenderReport(long nowNanos) {
        return lastSenderReport == 0 ? 0 : (int) ((nowNanos - senderReportNanos) / 1000 * 65536 / 1_000_000);
    }

    /** Whether the far end said BYE. */
    public boolean isBye() {
        return bye;
    }

    /** Packets of ours that the far end misses, never negative; empty without a report. */
    public OptionalLong remoteLost() {
        return reported ? OptionalLong.of(Math.max(0, remoteLost)) : OptionalLong.empty();
    }

    /** The jitter that the far end sees; empty without a report. */
    public OptionalDouble remoteJitterMillis() {
        return reported
                ? OptionalDouble.of(Integer.toUnsignedLong(remoteJitter) / SAMPLES_PER_MILLI)
                : OptionalDouble.empty();
    }

    /** The time there and back, from the last report that had it. */
    public OptionalDouble roundTripMillis() {
        return Double.isNaN(roundTripMillis) ? OptionalDouble.empty() : OptionalDouble.of(roundTripMillis);
    }
}
