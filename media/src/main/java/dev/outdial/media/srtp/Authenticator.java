package dev.outdial.media.srtp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The tags of packets: HMAC-SHA1 with one key, cut short (RFC 3711 section 4.2.1). The two digests of RFC 2104 are made here,
 * for the JDK's {@code Mac} makes 40 bytes of garbage a packet. <b>Threading:</b> one owner.
 */
final class Authenticator {
    private static final int BLOCK_BYTES = 64;
    private static final int SHA1_BYTES = 20;

    private final MessageDigest sha1;
    private final int tagBytes;
    private final byte[] innerKey;
    private final byte[] outerKey;

    private final ByteBuffer lastWord = ByteBuffer.allocate(Integer.BYTES);
    private final byte[] digest = new byte[SHA1_BYTES];

    /** @param key of 64 bytes at most */
    Authenticator(byte[] key, int tagBytes) {
        try {
            sha1 = MessageDigest.getInstance("SHA-1", "SUN");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no SHA-1", e);
        }
        this.tagBytes = tagBytes;
        this.innerKey = padded(key, 0x36);
        this.outerKey = padded(key, 0x5C);
    }

    private static byte[] padded(byte[] key, int pad) {
        byte[] block = Arrays.copyOf(key, BLOCK_BYTES);
        for (int i = 0; i < BLOCK_BYTES; i++) block[i] ^= (byte) pad;
        return block;
    }

    int tagBytes() {
        return tagBytes;
    }

    /**
     * Appends the tag of all that is in the packet, and of a word behind it.
     *
     * @param word the rollovers of an RTP packet, which are not sent; the index of an RTCP packet with its E bit
     */
    void sign(PacketBytes packet, int length, int word) {
        digest(packet.array(), length, word);
        packet.append(digest, tagBytes);
    }

    /** Whether the tag at the end of the packet is that of its first bytes and the word behind them. */
    boolean isAuthentic(PacketBytes packet, int length, int word) {
        byte[] bytes = packet.array();
        digest(bytes, length, word);
        int tag = packet.length() - tagBytes;
        int difference = 0;
        // All of them whatever the first ones are: the time it takes tells a forger nothing.
        for (int i = 0; i < tagBytes; i++) difference |= bytes[tag + i] ^ digest[i];
        return difference == 0;
    }

    private void digest(byte[] bytes, int length, int word) {
        lastWord.putInt(0, word);
        try {
            sha1.update(innerKey);
            sha1.update(bytes, 0, length);
            sha1.update(lastWord.array());
            sha1.digest(digest, 0, SHA1_BYTES);
            sha1.update(outerKey);
            sha1.update(digest);
            sha1.digest(digest, 0, SHA1_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-1 failed", e);
        }
    }
}
