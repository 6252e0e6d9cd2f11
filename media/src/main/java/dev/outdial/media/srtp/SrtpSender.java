package dev.outdial.media.srtp;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Encrypts with one key what we send. What was sent is remembered over a change of keys, so not even a key that comes back
 * encrypts two packets alike. <b>Threading:</b> one owner.
 */
final class SrtpSender {
    /** The E bit: the RTCP packet is not authenticated only, but encrypted too (RFC 3711 section 3.4). */
    static final int ENCRYPTED_BIT = 0x8000_0000;

    private final PacketBytes bytes;
    private final SessionKeys rtp;
    private final SessionKeys rtcp;
    private final Sources<RtpSource> sources;
    private int rtcpIndex;

    SrtpSender(SrtpKey key, PacketBytes bytes) {
        this(key, bytes, new Sources<>(), 0);
    }

    /** @param rtcpIndex of the next RTCP packet */
    SrtpSender(SrtpKey key, PacketBytes bytes, Sources<RtpSource> sources, int rtcpIndex) {
        this.bytes = bytes;
        this.rtp = SessionKeys.ofRtp(key);
        this.rtcp = SessionKeys.ofRtcp(key);
        this.sources = sources;
        this.rtcpIndex = rtcpIndex;
    }

    /** The same stream with another key: rollovers and RTCP index go on (RFC 3711 sections 3.3.1 and 3.4). */
    SrtpSender withKey(SrtpKey key) {
        return new SrtpSender(key, bytes, sources, rtcpIndex);
    }

    int protect(ByteBuffer packet) {
        load(packet, PacketBytes.RTP_HEADER_BYTES, rtp.authenticator().tagBytes());
        int header = bytes.rtpHeaderBytes();
        int end = bytes.length();
        if (header > end)
            throw new IllegalArgumentException("an RTP header of " + header + " bytes in a packet of " + end);
        long index = nextIndex();
        rtp.keyStream().apply(bytes.array(), header, end, bytes.rtpSsrc(), index);
        rtp.authenticator().sign(bytes, end, RtpSource.rollovers(index));
        bytes.store(packet);
        return packet.limit();
    }

    private long nextIndex() {
        int number = bytes.sequenceNumber();
        RtpSource source = source(bytes.rtpSsrc(), number);
        long index = source.index(number);
        // The same index has the same key stream: two packets with it give away what both of them say.
        if (!source.isNew(index))
            throw new IllegalStateException(
                    "not encrypted: packet " + index + " was sent, or is out of the key's range");
        source.add(index);
        return index;
    }

    private RtpSource source(int ssrc, int number) {
        Optional<RtpSource> known = sources.find(ssrc);
        if (known.isPresent()) return known.get();
        // None may be forgotten, it could come back.
        if (sources.isFull())
            throw new IllegalStateException("not encrypted: more than " + Sources.MAX_SOURCES + " sources");
        var source = new RtpSource(number);
        sources.add(ssrc, source);
        return source;
    }

    int protectRtcp(ByteBuffer packet) {
        load(
                packet,
                PacketBytes.RTCP_HEADER_BYTES,
                Integer.BYTES + rtcp.authenticator().tagBytes());
        // Past its 31 bits it would begin anew, with the key stream of the first packets.
        if (rtcpIndex < 0) throw new IllegalStateException("not encrypted: the RTCP index is used up");
        int index = rtcpIndex++;
        int end = bytes.length();
        rtcp.keyStream().apply(bytes.array(), PacketBytes.RTCP_HEADER_BYTES, end, bytes.rtcpSsrc(), index);
        int word = index | ENCRYPTED_BIT;
        bytes.append(word);
        rtcp.authenticator().sign(bytes, end, word);
        bytes.store(packet);
        return packet.limit();
    }

    private void load(ByteBuffer packet, int headerBytes, int growth) {
        int length = packet.remaining();
        if (length < headerBytes || length + growth > PacketBytes.MAX_BYTES)
            throw new IllegalArgumentException("a packet of " + length + " bytes cannot be encrypted");
        if (packet.capacity() - packet.limit() < growth)
            throw new IllegalArgumentException("no room for " + growth + " bytes behind the packet");
        bytes.load(packet);
    }
}
