package dev.outdial.testbed.trunk;

import dev.outdial.testbed.probe.DigitProbe.HeardDigit;
import dev.outdial.testbed.probe.StreamReport;
import dev.outdial.testbed.rtp.G711;
import dev.outdial.testbed.rtp.RtcpPacket;
import java.util.List;
import java.util.stream.Collectors;

/** What a callee heard and said. Immutable. */
public final class MediaReport {
    private final G711 law;
    private final StreamReport received;
    private final StreamReport sent;
    private final List<RtcpPacket> rtcp;
    private final List<HeardDigit> heardDigits;
    private final String digitsSent;
    private final long malformedCount;
    private final short[] pcm;

    MediaReport(
            G711 law,
            StreamReport received,
            StreamReport sent,
            List<RtcpPacket> rtcp,
            List<HeardDigit> heardDigits,
            String digitsSent,
            long malformedCount,
            short[] pcm) {
        this.law = law;
        this.received = received;
        this.sent = sent;
        this.rtcp = List.copyOf(rtcp);
        this.heardDigits = List.copyOf(heardDigits);
        this.digitsSent = digitsSent;
        this.malformedCount = malformedCount;
        this.pcm = pcm;
    }

    /** The codec that was agreed. */
    public G711 law() {
        return law;
    }

    /** The caller's stream as it arrived. */
    public StreamReport received() {
        return received;
    }

    /** The callee's stream as it left. */
    public StreamReport sent() {
        return sent;
    }

    /** The caller's RTCP packets in order, the first thousand. */
    public List<RtcpPacket> rtcp() {
        return rtcp;
    }

    /** Whether the caller's RTCP said goodbye. */
    public boolean goodbyeHeard() {
        return rtcp.stream().anyMatch(RtcpPacket.Goodbye.class::isInstance);
    }

    /** The keys that the caller pressed, with their times. */
    public List<HeardDigit> heardDigits() {
        return heardDigits;
    }

    /** The keys that the caller pressed, as text. */
    public String digitsReceived() {
        return heardDigits.stream().map(d -> String.valueOf(d.digit())).collect(Collectors.joining());
    }

    /** The keys that the callee pressed, as text. */
    public String digitsSent() {
        return digitsSent;
    }

    /** Datagrams on the RTP port that were no RTP. */
    public long malformedCount() {
        return malformedCount;
    }

    /** What the callee heard: 8 kHz PCM; nothing when the trunk does not keep sound. */
    public short[] pcm() {
        return pcm.clone();
    }
}
