package dev.outdial.media.srtp;

import java.nio.ByteBuffer;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;

/** Encrypts with one key what we send, packets in the order of their numbers. <b>Threading:</b> one owner. */
final class SrtpSender {
    private static final int RTP_HEADER_BYTES = 12;
    private static final int RTCP_HEADER_BYTES = 8;
    private static final int INDEX_BYTES = 4;
    private static final int LAST_NUMBER = 0xFFFF;

    private final int tagBytes;
    private final PacketBytes bytes;
    private final Contexts contexts;
    private final SrtcpCryptoContext rtcp;
    private SrtpCryptoContext rtp;
    private boolean started;
    private int ssrc;

    /** How often the sequence number began again at 0: the library counts too, but tells nobody. */
    private int rollovers;

    private int lastNumber;

    SrtpSender(SrtpKey key, PacketBytes bytes) {
        this.tagBytes = key.suite().tagBytes();
        this.bytes = bytes;
        this.contexts = new Contexts(key, true);
        this.rtp = contexts.rtp(0);
        this.rtcp = contexts.rtcp();
    }

    /** The same stream with another key. */
    SrtpSender withKey(SrtpKey key) {
        var next = new SrtpSender(key, bytes);
        if (!started) return next;
        next.started = true;
        next.ssrc = ssrc;
        next.lastNumber = lastNumber;
        next.rollovers = rollovers;
        next.rtp = next.contexts.rtp(lastNumber == LAST_NUMBER ? rollovers + 1 : rollovers);
        return next;
    }

    int protect(ByteBuffer packet) {
        check(packet, RTP_HEADER_BYTES, tagBytes);
        follow(packet.getInt(packet.position() + 8), packet.getShort(packet.position() + 2) & LAST_NUMBER);
        bytes.load(packet);
        return store(packet, Contexts.encrypt(rtp, bytes));
    }

    int protectRtcp(ByteBuffer packet) {
        check(packet, RTCP_HEADER_BYTES, INDEX_BYTES + Contexts.RTCP_TAG_BYTES);
        bytes.load(packet);
        return store(packet, Contexts.encrypt(rtcp, bytes));
    }

    private static void check(ByteBuffer packet, int headerBytes, int growth) {
        int length = packet.remaining();
        if (length < headerBytes || length + growth > PacketBytes.MAX_BYTES)
            throw new IllegalArgumentException("a packet of " + length + " bytes cannot be encrypted");
        if (packet.capacity() - packet.limit() < growth)
            throw new IllegalArgumentException("no room for " + growth + " bytes behind the packet");
    }

    private void follow(int packetSsrc, int number) {
        if (started && packetSsrc != ssrc) {
            // Another source counts its rollovers from zero.
            rollovers = 0;
            rtp = contexts.rtp(0);
        } else if (started && number < lastNumber) {
            rollovers++;
        }
        started = true;
        ssrc = packetSsrc;
        lastNumber = number;
    }

    private int store(ByteBuffer packet, SrtpErrorStatus status) {
        // Only a number that was sent before is refused: it would be encrypted with the same key stream.
        if (status != SrtpErrorStatus.OK) throw new IllegalStateException("not encrypted: " + status);
        bytes.store(packet);
        return packet.limit();
    }
}
