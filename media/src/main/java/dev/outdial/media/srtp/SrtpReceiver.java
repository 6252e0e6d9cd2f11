package dev.outdial.media.srtp;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Decrypts what was encrypted with one key, of several sources. What is remembered of a source begins with its first authentic
 * packet; a forger leaves nothing behind. <b>Threading:</b> one owner.
 */
final class SrtpReceiver {
    private final PacketBytes bytes;
    private final SessionKeys rtp;
    private final SessionKeys rtcp;
    private final Sources<RtpSource> rtpSources = new Sources<>();
    private final Sources<ReplayWindow> rtcpSources = new Sources<>();

    /** How often the numbers of a source may have begun again at 0 before its first packet here. */
    private final long[] firstRollovers;

    SrtpReceiver(SrtpKey key, PacketBytes bytes) {
        // Its first packets were lost, or came before we had the key: nobody says that its numbers began anew since.
        this(key, bytes, LongStream.of(0, 1));
    }

    private SrtpReceiver(SrtpKey key, PacketBytes bytes, LongStream firstRollovers) {
        this.bytes = bytes;
        this.rtp = SessionKeys.ofRtp(key);
        this.rtcp = SessionKeys.ofRtcp(key);
        this.firstRollovers = firstRollovers.distinct().toArray();
    }

    /** The same stream with another key: its rollovers go on, or begin anew. */
    SrtpReceiver withKey(SrtpKey key) {
        long rollovers = rtpSources.last().map(RtpSource::rollovers).orElse(0L);
        return new SrtpReceiver(key, bytes, LongStream.of(0, 1, rollovers, rollovers + 1));
    }

    SrtpVerdict unprotect(ByteBuffer datagram) {
        int end = datagram.remaining() - rtp.authenticator().tagBytes();
        if (end < PacketBytes.RTP_HEADER_BYTES || datagram.remaining() > PacketBytes.MAX_BYTES)
            return SrtpVerdict.MALFORMED;
        bytes.load(datagram);
        if (bytes.rtpHeaderBytes() > end) return SrtpVerdict.MALFORMED;
        Optional<RtpSource> source = rtpSources.find(bytes.rtpSsrc());
        SrtpVerdict verdict = source.isPresent() ? decrypt(source.get(), end) : decryptUnknown(end);
        if (verdict == SrtpVerdict.AUTHENTIC) store(datagram, end);
        return verdict;
    }

    private SrtpVerdict decrypt(RtpSource source, int end) {
        long index = source.index(bytes.sequenceNumber());
        if (!source.isNew(index)) return SrtpVerdict.REPLAYED;
        if (!isAuthentic(index, end)) return SrtpVerdict.NOT_AUTHENTIC;
        source.add(index);
        rtpSources.heard(bytes.rtpSsrc());
        return decrypt(index, end);
    }

    private SrtpVerdict decryptUnknown(int end) {
        for (long rollovers : firstRollovers) {
            long index = RtpSource.index(rollovers, bytes.sequenceNumber());
            if (!isAuthentic(index, end)) continue;
            var source = new RtpSource(index);
            source.add(index);
            rtpSources.add(bytes.rtpSsrc(), source);
            return decrypt(index, end);
        }
        return SrtpVerdict.NOT_AUTHENTIC;
    }

    private boolean isAuthentic(long index, int end) {
        return rtp.authenticator().isAuthentic(bytes, end, RtpSource.rollovers(index));
    }

    private SrtpVerdict decrypt(long index, int end) {
        rtp.keyStream().apply(bytes.array(), bytes.rtpHeaderBytes(), end, bytes.rtpSsrc(), index);
        return SrtpVerdict.AUTHENTIC;
    }

    SrtpVerdict unprotectRtcp(ByteBuffer datagram) {
        int end = datagram.remaining() - rtcp.authenticator().tagBytes() - Integer.BYTES;
        if (end < PacketBytes.RTCP_HEADER_BYTES || datagram.remaining() > PacketBytes.MAX_BYTES)
            return SrtpVerdict.MALFORMED;
        bytes.load(datagram);
        int ssrc = bytes.rtcpSsrc();
        int word = bytes.word(end);
        int index = word & ~SrtpSender.ENCRYPTED_BIT;
        Optional<ReplayWindow> source = rtcpSources.find(ssrc);
        if (source.isPresent() && !source.get().isNew(index)) return SrtpVerdict.REPLAYED;
        if (!rtcp.authenticator().isAuthentic(bytes, end, word)) return SrtpVerdict.NOT_AUTHENTIC;
        ReplayWindow window = source.isPresent() ? source.get() : new ReplayWindow();
        window.add(index);
        if (source.isPresent()) rtcpSources.heard(ssrc);
        else rtcpSources.add(ssrc, window);
        // A packet may be authenticated only (RFC 3711 section 3.4).
        boolean isEncrypted = word != index;
        if (isEncrypted) rtcp.keyStream().apply(bytes.array(), PacketBytes.RTCP_HEADER_BYTES, end, ssrc, index);
        store(datagram, end);
        return SrtpVerdict.AUTHENTIC;
    }

    private void store(ByteBuffer datagram, int end) {
        bytes.cut(end);
        bytes.store(datagram);
    }
}
