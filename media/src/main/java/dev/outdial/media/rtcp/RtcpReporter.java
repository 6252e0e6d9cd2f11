package dev.outdial.media.rtcp;

import dev.outdial.media.rtp.RtpReceiver;
import dev.outdial.media.rtp.RtpSender;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * Writes one session's RTCP: a sender or receiver report with its CNAME every five seconds or so, BYE at the end (RFC 3550
 * section 6). Every packet is a compound one. <b>Threading:</b> one owner.
 */
public final class RtcpReporter {
    /** No packet written here is longer. */
    public static final int MAX_BYTES = 128;

    static final int SENDER_REPORT = 200;
    static final int RECEIVER_REPORT = 201;
    static final int SOURCE_DESCRIPTION = 202;
    static final int BYE = 203;

    private static final long INTERVAL_NANOS = 5_000_000_000L;
    private static final int CNAME = 1;

    private final RtpSender sender;
    private final RtpReceiver receiver;
    private final RtcpReception reception;
    private final NtpClock ntpClock;
    private final RandomGenerator random;
    private final byte[] cname;
    private long dueNanos;
    private long packetsAtLastReport;

    /**
     * @param cname names this end, the same for all its streams, and nobody (RFC 7022); at most 32 characters
     * @param nowNanos the first report is due half an interval after this (RFC 3550 section 6.2)
     */
    public RtcpReporter(
            RtpSender sender,
            RtpReceiver receiver,
            RtcpReception reception,
            NtpClock ntpClock,
            RandomGenerator random,
            String cname,
            long nowNanos) {
        if (cname.isEmpty() || cname.length() > 32) throw new IllegalArgumentException("cname of " + cname.length());
        this.sender = sender;
        this.receiver = receiver;
        this.reception = reception;
        this.ntpClock = ntpClock;
        this.random = random;
        this.cname = cname.getBytes(StandardCharsets.US_ASCII);
        this.dueNanos = nowNanos + spread(INTERVAL_NANOS / 2);
    }

    /** When {@link #writeReport} is due. */
    public long nextDeadlineNanos() {
        return dueNanos;
    }

    /** Writes a report and sets the time of the next. */
    public void writeReport(ByteBuffer target, long nowNanos) {
        dueNanos = nowNanos + spread(INTERVAL_NANOS);
        writeReports(target, nowNanos);
    }

    /** Writes the last packet of the session. */
    public void writeBye(ByteBuffer target, long nowNanos) {
        writeReports(target, nowNanos);
        writeHead(target, 1, BYE, 1);
        target.putInt(sender.ssrc());
    }

    /** Half to one and a half times the interval, so that many sessions do not report at once (RFC 3550 section 6.3.1). */
    private long spread(long intervalNanos) {
        return intervalNanos / 2 + random.nextLong(intervalNanos);
    }

    private void writeReports(ByteBuffer target, long nowNanos) {
        int blocks = receiver.isStarted() ? 1 : 0;
        if (sender.packets() > packetsAtLastReport) {
            writeHead(target, blocks, SENDER_REPORT, 6 + 6 * blocks);
            target.putInt(sender.ssrc());
            target.putLong(ntpClock.at(nowNanos)).putInt(sender.timestamp());
            target.putInt((int) sender.packets()).putInt((int) sender.payloadBytes());
        } else {
            writeHead(target, blocks, RECEIVER_REPORT, 1 + 6 * blocks);
            target.putInt(sender.ssrc());
        }
        packetsAtLastReport = sender.packets();
        if (blocks == 1) writeReportBlock(target, nowNanos);
        writeSourceDescription(target);
    }

    private void writeReportBlock(ByteBuffer target, long nowNanos) {
        target.putInt(receiver.ssrc());
        target.putInt(receiver.takeFractionLost() << 24 | (int) Math.min(0x7FFFFF, receiver.sourceLost()));
        target.putInt(receiver.extendedHighest()).putInt((int) receiver.jitter());
        target.putInt(reception.lastSenderReport()).putInt(reception.delaySinceLastSenderReport(nowNanos));
    }

    private void writeSourceDescription(ByteBuffer target) {
        int chunkBytes = 4 + 2 + cname.length;
        // A chunk ends with one to four zero bytes, on a word boundary.
        int words = chunkBytes / 4 + 1;
        writeHead(target, 1, SOURCE_DESCRIPTION, words);
        target.putInt(sender.ssrc()).put((byte) CNAME).put((byte) cname.length).put(cname);
        for (int i = chunkBytes; i < 4 * words; i++) target.put((byte) 0);
    }

    private static void writeHead(ByteBuffer target, int count, int type, int words) {
        target.put((byte) (0x80 | count)).put((byte) type).putShort((short) words);
    }
}
