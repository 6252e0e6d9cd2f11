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

    private static final int CNAME = 1;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int MAX_LOST = 0x7FFFFF;

    private final RtpSender sender;
    private final RtpReceiver receiver;
    private final RtcpReception reception;
    private final NtpClock ntpClock;
    private final RtcpSchedule schedule;
    private final byte[] cname;
    private int packetTimestamp;
    private long packetNanos;
    private boolean reported;
    private long sentAtLastReport;
    private long sentAtReportBefore;
    private long receivedAtLastReport;

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
        this.schedule = new RtcpSchedule(random, nowNanos);
        this.cname = cname.getBytes(StandardCharsets.US_ASCII);
        this.packetTimestamp = sender.timestamp();
        this.packetNanos = nowNanos;
    }

    /**
     * The packet that has the sender's present timestamp is due now. Told in every packet time before the sender advances, this
     * is what ties RTP's clock to the wall's in a sender report.
     */
    public void packetTime(long nowNanos) {
        packetTimestamp = sender.timestamp();
        packetNanos = nowNanos;
    }

    /** When {@link #writeReport} may be due. */
    public long nextDeadlineNanos() {
        return schedule.dueNanos();
    }

    /**
     * Writes a report if it is due, and sets the time of the next. May be called late, early or twice. Until a packet went either
     * way there is nothing to report.
     *
     * @return whether something was written
     */
    public boolean writeReport(ByteBuffer target, long nowNanos) {
        if (!schedule.expire(nowNanos) || (sender.packets() == 0 && !receiver.isStarted())) return false;
        writeReports(target, nowNanos);
        return true;
    }

    /**
     * Writes the last packet of the session, at once: two members need no back-off (RFC 3550 section 6.3.7).
     *
     * @return false where nothing is to be sent, for the far end never heard of us
     */
    public boolean writeBye(ByteBuffer target, long nowNanos) {
        if (sender.packets() == 0 && !reported) return false;
        writeReports(target, nowNanos);
        writeHead(target, 1, BYE, 1);
        target.putInt(sender.ssrc());
        return true;
    }

    private void writeReports(ByteBuffer target, long nowNanos) {
        // A block only for a source that was heard since the last report.
        int blocks = receiver.isStarted() && receiver.received() != receivedAtLastReport ? 1 : 0;
        // Who has sent in this interval or the one before is a sender (RFC 3550 section 6.4).
        if (sender.packets() != sentAtReportBefore) writeSenderReport(target, blocks, nowNanos);
        else {
            writeHead(target, blocks, RECEIVER_REPORT, 1 + 6 * blocks);
            target.putInt(sender.ssrc());
        }
        sentAtReportBefore = sentAtLastReport;
        sentAtLastReport = sender.packets();
        receivedAtLastReport = receiver.received();
        reported = true;
        if (blocks == 1) writeReportBlock(target, nowNanos);
        writeSourceDescription(target);
    }

    private void writeSenderReport(ByteBuffer target, int blocks, long nowNanos) {
        long ntp = ntpClock.at(nowNanos);
        writeHead(target, blocks, SENDER_REPORT, 6 + 6 * blocks);
        target.putInt(sender.ssrc()).putLong(ntp).putInt(timestampAt(nowNanos));
        target.putInt((int) sender.packets()).putInt((int) sender.payloadBytes());
        reception.sentReport(ntp);
    }

    /** The timestamp of this very moment, which is most often between those of two packets. */
    private int timestampAt(long nowNanos) {
        return packetTimestamp + (int) ((nowNanos - packetNanos) / NANOS_PER_SECOND * sender.clockRate());
    }

    private void writeReportBlock(ByteBuffer target, long nowNanos) {
        int lost = (int) Math.clamp(receiver.sourceLost(), -MAX_LOST - 1L, MAX_LOST);
        target.putInt(receiver.ssrc());
        target.putInt(receiver.takeFractionLost() << 24 | lost & 0xFFFFFF);
        target.putInt(receiver.extendedHighest()).putInt((int) receiver.jitter());
        target.putInt(reception.lastSenderReport(receiver.ssrc()));
        target.putInt(reception.delaySinceLastSenderReport(receiver.ssrc(), nowNanos));
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
