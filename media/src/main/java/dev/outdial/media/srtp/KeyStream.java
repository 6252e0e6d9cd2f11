package dev.outdial.media.srtp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES in counter mode with one key and salt (RFC 3711 section 4.1.1). The counters are made here and go through the bare block
 * cipher: the JDK's own counter mode has to be set up anew for each packet, which is slower and makes 288 bytes of garbage.
 * <b>Threading:</b> one owner.
 */
final class KeyStream {
    private static final int BLOCK_BYTES = 16;
    /** The ten blocks of 20 ms of G.711 go through the cipher at once. */
    private static final int CHUNK_BYTES = 16 * BLOCK_BYTES;

    private final Cipher aes;
    private final long saltHigh;
    private final long saltLow;

    private final ByteBuffer counters = ByteBuffer.allocate(CHUNK_BYTES);
    /** Not the array of the counters: the cipher would make a copy of it. */
    private final byte[] stream = new byte[CHUNK_BYTES];

    // Each block is a counter that no other block has: what makes this mode unfit for text makes it fit for this.
    @SuppressWarnings("InsecureCryptoUsage")
    KeyStream(byte[] key, byte[] salt) {
        try {
            aes = Cipher.getInstance("AES/ECB/NoPadding", "SunJCE");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no AES", e);
        }
        // Of its 14 bytes, with two for the number of a block behind them.
        ByteBuffer view = ByteBuffer.wrap(salt);
        saltHigh = view.getLong(0);
        saltLow = view.getLong(SrtpSuite.SALT_BYTES - Long.BYTES) << 16;
    }

    /**
     * Encrypts what is clear and decrypts what is encrypted.
     *
     * @param from the first byte, and the first of the key stream
     * @param to behind the last byte, no more than 65,536 blocks away
     * @param index of 48 bits; with the same one and the same source the key stream is the same
     */
    void apply(byte[] bytes, int from, int to, int ssrc, long index) {
        //   0        4        8                 14       16
        //   | salt                               | block |
        //            | SSRC   | index            |             both exclusive or
        long high = saltHigh ^ (ssrc & 0xFFFF_FFFFL);
        long low = saltLow ^ index << 16;
        for (int at = from; at < to; at += CHUNK_BYTES, low += CHUNK_BYTES / BLOCK_BYTES) {
            int count = Math.min(to - at, CHUNK_BYTES);
            make(high, low, (count + BLOCK_BYTES - 1) / BLOCK_BYTES);
            for (int i = 0; i < count; i++) bytes[at + i] ^= stream[i];
        }
    }

    private void make(long high, long low, int blocks) {
        for (int block = 0; block < blocks; block++)
            counters.putLong(block * BLOCK_BYTES, high).putLong(block * BLOCK_BYTES + Long.BYTES, low + block);
        try {
            aes.update(counters.array(), 0, blocks * BLOCK_BYTES, stream, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES failed", e);
        }
    }
}
