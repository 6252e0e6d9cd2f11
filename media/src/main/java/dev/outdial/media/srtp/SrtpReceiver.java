package dev.outdial.media.srtp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;

/**
 * Decrypts what was encrypted with one key, of several sources. What is remembered of a source begins with its first authentic
 * packet; a forger leaves nothing behind. <b>Threading:</b> one owner.
 */
final class SrtpReceiver {
    private static final int RTP_HEADER_BYTES = 12;
    private static final int RTCP_HEADER_BYTES = 8;

    private final PacketBytes bytes;
    private final Contexts contexts;
    private final Sources<RtpSource> rtp = new Sources<>();
    private final Sources<SrtcpCryptoContext> rtcp = new Sources<>();

    /** Each for a source that is yet unknown, with another count of rollovers that it may have. */
    private final List<RtpSource> unknown = new ArrayList<>();

    private SrtcpCryptoContext unknownRtcp;

    SrtpReceiver(SrtpKey key, PacketBytes bytes) {
        this.bytes = bytes;
        this.contexts = new Contexts(key, false);
        this.unknownRtcp = contexts.rtcp();
        expect(0);
        // Its first packets were lost, or came before we had the key: nobody says that its numbers began anew since.
        expect(1);
    }

    /** The same stream with another key. */
    SrtpReceiver withKey(SrtpKey key) {
        var next = new SrtpReceiver(key, bytes);
        rtp.last().ifPresent(source -> {
            next.expect(source.rollovers());
            next.expect(source.rollovers() + 1);
        });
        return next;
    }

    private void expect(int rollovers) {
        for (RtpSource source : unknown) if (source.firstRollovers() == rollovers) return;
        unknown.add(new RtpSource(contexts, rollovers));
    }

    SrtpVerdict unprotect(ByteBuffer datagram) {
        int length = datagram.remaining();
        if (length < RTP_HEADER_BYTES || length > PacketBytes.MAX_BYTES) return SrtpVerdict.MALFORMED;
        bytes.load(datagram);
        int ssrc = datagram.getInt(datagram.position() + 8);
        Optional<RtpSource> source = rtp.heard(ssrc);
        SrtpErrorStatus status = source.isPresent() ? source.get().decrypt(bytes) : decryptUnknown(ssrc);
        return verdict(status, datagram);
    }

    private SrtpErrorStatus decryptUnknown(int ssrc) {
        int length = bytes.getLength();
        SrtpErrorStatus status = SrtpErrorStatus.AUTH_FAIL;
        for (int i = 0; i < unknown.size() && status == SrtpErrorStatus.AUTH_FAIL; i++) {
            RtpSource candidate = unknown.get(i);
            bytes.setLength(length);
            status = candidate.decrypt(bytes);
            if (status != SrtpErrorStatus.OK) continue;
            rtp.add(ssrc, candidate);
            unknown.set(i, new RtpSource(contexts, candidate.firstRollovers()));
        }
        return status;
    }

    SrtpVerdict unprotectRtcp(ByteBuffer datagram) {
        int length = datagram.remaining();
        if (length < RTCP_HEADER_BYTES || length > PacketBytes.MAX_BYTES) return SrtpVerdict.MALFORMED;
        bytes.load(datagram);
        int ssrc = datagram.getInt(datagram.position() + 4);
        Optional<SrtcpCryptoContext> known = rtcp.heard(ssrc);
        if (known.isPresent()) return verdict(Contexts.decrypt(known.get(), bytes), datagram);
        SrtpErrorStatus status = Contexts.decrypt(unknownRtcp, bytes);
        if (status == SrtpErrorStatus.OK) {
            rtcp.add(ssrc, unknownRtcp);
            unknownRtcp = contexts.rtcp();
        }
        return verdict(status, datagram);
    }

    private SrtpVerdict verdict(SrtpErrorStatus status, ByteBuffer datagram) {
        return switch (status) {
            case OK -> {
                bytes.store(datagram);
                yield SrtpVerdict.AUTHENTIC;
            }
            case AUTH_FAIL, FAIL -> SrtpVerdict.NOT_AUTHENTIC;
            case REPLAY_FAIL, REPLAY_OLD -> SrtpVerdict.REPLAYED;
            case INVALID_PACKET -> SrtpVerdict.MALFORMED;
        };
    }
}
