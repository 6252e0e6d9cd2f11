package dev.outdial.media.srtp;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Encrypts what one session sends and decrypts what it receives, RTP and RTCP (RFC 3711), with the JDK's own AES and SHA-1.
 * Packets are changed in place and make no garbage. The first session of a process loads the JDK's cryptography and takes up
 * to a tenth of a second; later ones take well under a millisecond. What one key sends ends at 2<sup>48</sup> RTP packets a source
 * and 2<sup>31</sup> RTCP packets (section 9.2): at 50 and 0.2 a second after centuries. <b>Threading:</b> one owner.
 */
public final class SrtpSession {
    /** By so many bytes a packet may grow: a tag of ten bytes, and in RTCP an index of four. */
    public static final int MAX_GROWTH_BYTES = 14;

    /** Two seconds of packets of 20 ms. */
    private static final int PACKETS_ON_THE_WAY = 100;

    private final PacketBytes bytes = new PacketBytes();
    private SrtpTerms terms;
    private SrtpSender sender;
    private SrtpReceiver receiver;
    /** Of the key before: what was on the way when the far end took a new one. */
    private Optional<SrtpReceiver> before = Optional.empty();

    private int packetsOnTheWay;

    /**
     * Loads the JDK's cryptography, once a process, on a thread that may wait for it: a media loop may not. Later calls return at
     * once.
     */
    public static void warmUp() {
        WarmUp.done();
    }

    /** Its loading is the warming up: the language sees to it that it is done once, and that others wait for it. */
    private static final class WarmUp {
        static {
            var key =
                    SrtpKey.of(SrtpSuite.AES_CM_128_HMAC_SHA1_80, new byte[SrtpSuite.KEY_BYTES + SrtpSuite.SALT_BYTES]);
            var session = new SrtpSession(new SrtpTerms(key, key));
            var packet = ByteBuffer.allocate(64).putInt(0x8000_0000).rewind().limit(32);
            session.protect(packet);
            session.unprotect(packet);
        }

        static void done() {}
    }

    public SrtpSession(SrtpTerms terms) {
        this.terms = terms;
        this.sender = new SrtpSender(terms.send(), bytes);
        this.receiver = new SrtpReceiver(terms.receive(), bytes);
    }

    /**
     * Goes on with what a new offer and answer agreed to. A key that stays keeps all that is known of its packets: to begin
     * anew with it would encrypt two packets alike. With a new key the count of rollovers and the index of RTCP go on (RFC 3711
     * sections 3.3.1 and 3.4), and so many RTP packets later as are two seconds of sound, the far end's key before it is not taken any
     * more.
     */
    public void agree(SrtpTerms next) {
        if (!next.send().equals(terms.send())) sender = sender.withKey(next.send());
        if (!next.receive().equals(terms.receive())) {
            SrtpReceiver after = receiver.withKey(next.receive());
            before = Optional.of(receiver);
            packetsOnTheWay = PACKETS_ON_THE_WAY;
            receiver = after;
        }
        terms = next;
    }

    /**
     * Encrypts the RTP packet between the buffer's position and limit, and moves the limit behind its tag.
     *
     * @return the new limit
     * @throws IllegalArgumentException where that is no RTP packet, or the buffer has no room for the tag
     * @throws IllegalStateException where a packet of this number was sent before, or is 128 or more behind the furthest: two
     *     packets with one key stream can be read. Also for a 17th source, for none may be forgotten
     */
    public int protect(ByteBuffer packet) {
        return sender.protect(packet);
    }

    /**
     * Encrypts the compound RTCP packet between the buffer's position and limit, and moves the limit behind its tag, which has
     * 80 bits in both suites.
     *
     * @return the new limit
     * @throws IllegalArgumentException where that is no RTCP packet, or the buffer has no room for index and tag
     * @throws IllegalStateException after 2<sup>31</sup> packets
     */
    public int protectRtcp(ByteBuffer packet) {
        return sender.protectRtcp(packet);
    }

    /**
     * Decrypts the datagram between the buffer's position and limit. What is authentic has its limit moved to the end of the
     * RTP packet; anything else is left as it came. A source that nobody knows leaves nothing behind unless it is authentic.
     */
    public SrtpVerdict unprotect(ByteBuffer datagram) {
        SrtpVerdict verdict = receiver.unprotect(datagram);
        if (before.isEmpty()) return verdict;
        if (verdict == SrtpVerdict.NOT_AUTHENTIC) verdict = before.get().unprotect(datagram);
        if (--packetsOnTheWay == 0) before = Optional.empty();
        return verdict;
    }

    /** The same for RTCP, {@link #unprotect} says the rest. */
    public SrtpVerdict unprotectRtcp(ByteBuffer datagram) {
        SrtpVerdict verdict = receiver.unprotectRtcp(datagram);
        return verdict == SrtpVerdict.NOT_AUTHENTIC && before.isPresent()
                ? before.get().unprotectRtcp(datagram)
                : verdict;
    }

    @Override
    public String toString() {
        return "SrtpSession[" + terms.send().suite() + "]";
    }
}
