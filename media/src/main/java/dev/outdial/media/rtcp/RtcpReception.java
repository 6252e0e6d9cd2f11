package dev.outdial.media.rtcp;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.rtp.RtpReceiver;
import java.nio.ByteBuffer;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the far end's RTCP says about itself and about our stream (RFC 3550 section 6.4). Types that nobody needs are passed
 * over; what is said in our own name is not believed. <b>Threading:</b> one owner.
 */
public final class RtcpReception {
    private static final int REPORT_BLOCK_BYTES = 24;
    /** Of so many sender reports an answer may come late. */
    private static final int REPORTS_REMEMBERED = 8;
    /** 10 ms, in units of 1/65536 s: a far end that rounds its delay up can make a short way negative. */
    private static final int MAX_ROUNDING = 655;

    private static final int MAX_ROUND_TRIP = 60 << 16;

    private final int ourSsrc;
    private final RtpReceiver receiver;
    private final NtpClock ntpClock;
    private final int[] sentReports = new int[REPORTS_REMEMBERED];
    private int sentReportCount;
    private boolean reporterKnown;
    private int reporter;
    private boolean senderReportKnown;
    private int senderReportSsrc;
    private int senderReport;
    private long senderReportNanos;
    private boolean reported;
    private int remoteLost;
    private double unitsPerMilli = AudioCodec.CLOCK_RATE / 1000.0;
    private double remoteJitterMillis;
    private double roundTripMillis = Double.NaN;
    private boolean bye;
    private long echoes;

    /** @param receiver knows which source is the far end */
    public RtcpReception(int ourSsrc, RtpReceiver receiver, NtpClock ntpClock) {
        this.ourSsrc = ourSsrc;
        this.receiver = receiver;
        this.ntpClock = ntpClock;
    }

    /**
     * Whether the datagram between the buffer's position and limit is RTCP by its first bytes (RFC 5761 section 4): for one that
     * came to the RTP port, where some send it although multiplexing was declined. Encrypted RTCP looks the same.
     */
    public static boolean isRtcp(ByteBuffer datagram) {
        return datagram.remaining() >= 8 && isHead(datagram, datagram.position());
    }

    private static boolean isHead(ByteBuffer datagram, int at) {
        int type = datagram.get(at + 1) & 0xFF;
        return (datagram.get(at) & 0xC0) == 0x80 && type >= 192 && type <= 223;
    }

    /**
     * Takes the datagram between the buffer's position and limit; both stay. What is whole of a compound packet counts.
     *
     * @return false where it is no RTCP
     */
    public boolean put(ByteBuffer datagram, long nowNanos) {
        int at = datagram.position();
        boolean any = false;
        while (at + 4 <= datagram.limit() && isHead(datagram, at)) {
            int end = at + 4 + 4 * (datagram.getShort(at + 2) & 0xFFFF);
            if (end > datagram.limit()) return any;
            int contentEnd = end - padding(datagram, at, end);
            if (contentEnd < at + 4) return any;
            any = true;
            take(datagram, at, contentEnd, nowNanos);
            at = end;
        }
        return any;
    }

    /** Bytes of padding; too many to be true where they are not a part of the packet in whole words. */
    private static int padding(ByteBuffer datagram, int at, int end) {
        if ((datagram.get(at) & 0x20) == 0) return 0;
        int padding = datagram.get(end - 1) & 0xFF;
        return padding == 0 || padding % 4 != 0 ? Integer.MAX_VALUE / 2 : padding;
    }

    private void take(ByteBuffer datagram, int at, int end, long nowNanos) {
        int count = datagram.get(at) & 31;
        switch (datagram.get(at + 1) & 0xFF) {
            case RtcpReporter.SENDER_REPORT -> takeReports(datagram, at, 28, count, end, nowNanos);
            case RtcpReporter.RECEIVER_REPORT -> takeReports(datagram, at, 8, count, end, nowNanos);
            case RtcpReporter.BYE -> takeBye(datagram, at, count, end);
            default -> {
                // Source descriptions, feedback and extended reports tell nothing that is asked for here.
            }
        }
    }

    private void takeReports(ByteBuffer datagram, int at, int headBytes, int count, int end, long nowNanos) {
        int blocksAt = at + headBytes;
        if (blocksAt > end) return;
        int ssrc = datagram.getInt(at + 4);
        if (ssrc == ourSsrc) {
            echoes++;
            return;
        }
        reporterKnown = true;
        reporter = ssrc;
        if (headBytes == 28 && isFarEnd(ssrc)) {
            senderReportKnown = true;
            senderReportSsrc = ssrc;
            senderReport = NtpClock.middle(datagram.getLong(at + 8));
            senderReportNanos = nowNanos;
        }
        for (int i = 0; i < count && blocksAt + REPORT_BLOCK_BYTES <= end; i++, blocksAt += REPORT_BLOCK_BYTES)
            if (datagram.getInt(blocksAt) == ourSsrc) takeReport(datagram, blocksAt, nowNanos);
    }

    private void takeReport(ByteBuffer datagram, int at, long nowNanos) {
        reported = true;
        // 24 bits, signed: duplicates can make it negative.
        remoteLost = datagram.getInt(at + 4) << 8 >> 8;
        remoteJitterMillis = Integer.toUnsignedLong(datagram.getInt(at + 12)) / unitsPerMilli;
        int answered = datagram.getInt(at + 16);
        if (!wasSent(answered)) return;
        int roundTrip = NtpClock.middle(ntpClock.at(nowNanos)) - answered - datagram.getInt(at + 20);
        if (roundTrip > -MAX_ROUNDING && roundTrip < MAX_ROUND_TRIP)
            roundTripMillis = Math.max(0, roundTrip * 1000.0 / 65536);
    }

    private boolean wasSent(int report) {
        for (int i = 0; i < Math.min(sentReportCount, REPORTS_REMEMBERED); i++)
            if (sentReports[i] == report) return true;
        return false;
    }

    private void takeBye(ByteBuffer datagram, int at, int count, int end) {
        for (int i = 0; i < count && at + 8 + 4 * i <= end; i++) {
            int ssrc = datagram.getInt(at + 4 + 4 * i);
            if (ssrc == ourSsrc) echoes++;
            else bye |= isFarEnd(ssrc);
        }
    }

    /** By the RTP that we hear; where there is none, by who reports. */
    private boolean isFarEnd(int ssrc) {
        return receiver.isStarted() ? ssrc == receiver.ssrc() : reporterKnown && ssrc == reporter;
    }

    /** Our timestamps count so many units a second from now on: the far end's reports count in them. */
    public void clockRate(int unitsPerSecond) {
        unitsPerMilli = unitsPerSecond / 1000.0;
    }

    /** We sent a sender report with this time: answers to it tell the round trip, answers to anything else do not. */
    void sentReport(long ntp) {
        sentReports[sentReportCount % REPORTS_REMEMBERED] = NtpClock.middle(ntp);
        sentReportCount++;
    }

    /** The middle bits of the time of this source's last sender report, 0 where there was none. */
    int lastSenderReport(int ssrc) {
        return senderReportKnown && senderReportSsrc == ssrc ? senderReport : 0;
    }

    /** In units of 1/65536 s; 0 where there was none. */
    int delaySinceLastSenderReport(int ssrc, long nowNanos) {
        if (!senderReportKnown || senderReportSsrc != ssrc) return 0;
        return (int) ((nowNanos - senderReportNanos) / 1000 * 65536 / 1_000_000);
    }

    /** Whether the far end said BYE. Anybody can say so in its name: this ends nothing. */
    public boolean isBye() {
        return bye;
    }

    /**
     * Reports and byes that came in our own name: our packets come back to us, or the far end happens to use our SSRC (RFC 3550
     * section 8.2).
     */
    public long echoes() {
        return echoes;
    }

    /** Packets of ours that the far end misses, never negative; empty without a report. */
    public OptionalLong remoteLost() {
        return reported ? OptionalLong.of(Math.max(0, remoteLost)) : OptionalLong.empty();
    }

    /** The jitter that the far end sees; empty without a report. */
    public OptionalDouble remoteJitterMillis() {
        return reported ? OptionalDouble.of(remoteJitterMillis) : OptionalDouble.empty();
    }

    /** The time there and back, from the last report that had it. */
    public OptionalDouble roundTripMillis() {
        return Double.isNaN(roundTripMillis) ? OptionalDouble.empty() : OptionalDouble.of(roundTripMillis);
    }
}
