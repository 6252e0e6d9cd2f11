package dev.outdial.testbed.trunk;

import dev.outdial.testbed.probe.StreamProbe;
import dev.outdial.testbed.rtp.Rtcp;
import dev.outdial.testbed.rtp.RtcpPacket;
import dev.outdial.testbed.rtp.RtcpPacket.Goodbye;
import dev.outdial.testbed.rtp.RtcpPacket.ReportBlock;
import dev.outdial.testbed.rtp.RtcpPacket.SenderReport;
import dev.outdial.testbed.rtp.RtcpPacket.SourceDescription;
import dev.outdial.testbed.rtp.RtpPacer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The RTCP of a callee: a sender report every five seconds, a goodbye at the end (RFC 3550 6). Belongs to the loop. */
final class CalleeRtcp {
    private static final long INTERVAL_NANOS = 5_000_000_000L;
    private static final long NTP_EPOCH_SECONDS = 2_208_988_800L;

    private final RtpPacer pacer;
    private final StreamProbe received;
    private final String cname;
    private long nextNanos;
    private long lastReportMiddle;
    private long lastReportNanos;
    private long reportedExpected;
    private long reportedLost;

    CalleeRtcp(RtpPacer pacer, StreamProbe received, Random random) {
        this.pacer = pacer;
        this.received = received;
        cname = Long.toHexString(random.nextLong()) + "@testbed";
    }

    void start(long nowNanos) {
        nextNanos = nowNanos + INTERVAL_NANOS;
    }

    long nextDeadlineNanos() {
        return nextNanos;
    }

    boolean isDue(long nowNanos) {
        return nowNanos - nextNanos >= 0;
    }

    void hear(List<RtcpPacket> packets, long nowNanos) {
        for (var packet : packets) {
            if (packet instanceof SenderReport r) {
                lastReportMiddle = r.ntpTime() >>> 16 & 0xFFFF_FFFFL;
                lastReportNanos = nowNanos;
            }
        }
    }

    byte[] report(long nowNanos) {
        nextNanos = nowNanos + INTERVAL_NANOS;
        return Rtcp.write(compound(nowNanos));
    }

    byte[] goodbye(long nowNanos) {
        var packets = new ArrayList<>(compound(nowNanos));
        packets.add(new Goodbye(List.of(pacer.ssrc()), ""));
        return Rtcp.write(packets);
    }

    private List<RtcpPacket> compound(long nowNanos) {
        var wall = Instant.now();
        long ntp =
                ((wall.getEpochSecond() + NTP_EPOCH_SECONDS) << 32) | (((long) wall.getNano() << 32) / 1_000_000_000);
        return List.of(
                new SenderReport(
                        pacer.ssrc(),
                        ntp,
                        pacer.timestamp(),
                        pacer.packetCount(),
                        pacer.octetCount(),
                        blocks(nowNanos)),
                new SourceDescription(pacer.ssrc(), cname));
    }

    private List<ReportBlock> blocks(long nowNanos) {
        return received.latest().map(r -> List.of(block(r, nowNanos))).orElse(List.of());
    }

    private ReportBlock block(StreamProbe.Reception r, long nowNanos) {
        long expected = Math.max(1, r.expectedCount() - reportedExpected);
        long fraction = Math.clamp((r.lostCount() - reportedLost) * 256 / expected, 0, 255);
        reportedExpected = r.expectedCount();
        reportedLost = r.lostCount();
        long delay = lastReportMiddle == 0 ? 0 : (nowNanos - lastReportNanos) / 1000 * 65_536 / 1_000_000;
        return new ReportBlock(
                r.ssrc(),
                (int) fraction,
                (int) r.lostCount(),
                r.highestSequence(),
                r.jitterUnits(),
                lastReportMiddle,
                delay);
    }
}
