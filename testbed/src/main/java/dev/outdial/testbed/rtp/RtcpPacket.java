package dev.outdial.testbed.rtp;

import java.util.List;

/** One packet of an RTCP compound (RFC 3550 6). All counters and sources are unsigned numbers in a long. */
public sealed interface RtcpPacket {

    /**
     * What a receiver says about one source (RFC 3550 6.4.1).
     *
     * @param ssrc the source reported on
     * @param fractionLost in 256ths since the last report
     * @param cumulativeLost since the beginning; may be negative when packets came twice
     * @param highestSequence the highest sequence number with its cycles
     * @param jitter in timestamp units
     * @param lastSenderReport the middle 32 bits of the NTP time of the last SR; 0 for none
     * @param delaySinceLastSenderReport in 1/65536 s
     */
    record ReportBlock(
            long ssrc,
            int fractionLost,
            int cumulativeLost,
            long highestSequence,
            long jitter,
            long lastSenderReport,
            long delaySinceLastSenderReport) {}

    /**
     * SR: what a sender sent, and what it received.
     *
     * @param ssrc the sender
     * @param ntpTime NTP time, 32.32 fixed point
     * @param rtpTimestamp the same instant on the RTP clock
     * @param packetCount RTP packets sent
     * @param octetCount payload bytes sent
     * @param reports what it received
     */
    record SenderReport(
            long ssrc, long ntpTime, long rtpTimestamp, long packetCount, long octetCount, List<ReportBlock> reports)
            implements RtcpPacket {
        /** Copies the list. */
        public SenderReport {
            reports = List.copyOf(reports);
        }
    }

    /**
     * RR: what somebody who does not send received.
     *
     * @param ssrc who reports
     * @param reports what it received
     */
    record ReceiverReport(long ssrc, List<ReportBlock> reports) implements RtcpPacket {
        /** Copies the list. */
        public ReceiverReport {
            reports = List.copyOf(reports);
        }
    }

    /**
     * SDES: the canonical name of a source; other items are left out.
     *
     * @param ssrc the source of the first chunk
     * @param cname its CNAME; empty when there was none
     */
    record SourceDescription(long ssrc, String cname) implements RtcpPacket {}

    /**
     * BYE: sources that are leaving.
     *
     * @param ssrcs the sources
     * @param reason why; empty for none
     */
    record Goodbye(List<Long> ssrcs, String reason) implements RtcpPacket {
        /** Copies the list. */
        public Goodbye {
            ssrcs = List.copyOf(ssrcs);
        }
    }

    /**
     * A packet of another type.
     *
     * @param packetType the type, 0 to 255
     */
    record Other(int packetType) implements RtcpPacket {}
}
