package dev.outdial.media.srtp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** RFC 3711 as it is written, without state: who calls it knows every packet's index. */
final class TextbookSrtp {
    private static final int RTP = 0;
    private static final int RTCP = 3;

    private final byte[] masterKey;
    private final byte[] masterSalt;
    private final int tagBytes;

    TextbookSrtp(byte[] keyAndSalt, int tagBytes) {
        this.masterKey = Arrays.copyOf(keyAndSalt, 16);
        this.masterSalt = Arrays.copyOfRange(keyAndSalt, 16, 30);
        this.tagBytes = tagBytes;
    }

    /** Section 4.3.1: labels 0 to 2 are encryption, authentication and salt of RTP, 3 to 5 of RTCP. */
    byte[] derive(int label, int length) {
        byte[] iv = Arrays.copyOf(masterSalt, 16);
        iv[7] ^= (byte) label;
        return keyStream(masterKey, iv, length);
    }

    /** Section 4.1.1. */
    static byte[] keyStream(byte[] key, byte[] iv, int length) {
        try {
            Cipher aes = Cipher.getInstance("AES/CTR/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            return aes.doFinal(new byte[length]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] crypt(byte[] packet, int label, int ssrc, long index, int from) {
        byte[] iv = Arrays.copyOf(derive(label + 2, 14), 16);
        // The index has 48 bits.
        byte[] place = ByteBuffer.allocate(14)
                .putInt(4, ssrc)
                .putInt(8, (int) (index >> 16))
                .putShort(12, (short) index)
                .array();
        for (int i = 0; i < 14; i++) iv[i] ^= place[i];
        byte[] stream = keyStream(derive(label, 16), iv, packet.length - from);
        byte[] result = packet.clone();
        for (int i = from; i < result.length; i++) result[i] ^= stream[i - from];
        return result;
    }

    private byte[] tag(byte[] authenticated, int label, int word, int length) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(derive(label + 1, 20), "HmacSHA1"));
            mac.update(authenticated);
            return Arrays.copyOf(mac.doFinal(ByteBuffer.allocate(4).putInt(word).array()), length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param headerLength header with sources and extension: what stays readable */
    byte[] encrypt(byte[] packet, int headerLength, int rollovers) {
        var view = ByteBuffer.wrap(packet);
        long index = (long) rollovers << 16 | view.getShort(2) & 0xFFFF;
        byte[] encrypted = crypt(packet, RTP, view.getInt(8), index, headerLength);
        return join(encrypted, tag(encrypted, RTP, rollovers, tagBytes));
    }

    /** What was encrypted, or an exception where the tag is not right. */
    byte[] decrypt(byte[] packet, int headerLength, int rollovers) {
        byte[] encrypted = Arrays.copyOf(packet, packet.length - tagBytes);
        byte[] tag = Arrays.copyOfRange(packet, encrypted.length, packet.length);
        if (!Arrays.equals(tag, tag(encrypted, RTP, rollovers, tagBytes))) throw new IllegalStateException("tag");
        var view = ByteBuffer.wrap(packet);
        long index = (long) rollovers << 16 | view.getShort(2) & 0xFFFF;
        return crypt(encrypted, RTP, view.getInt(8), index, headerLength);
    }

    byte[] encryptRtcp(byte[] packet, int index) {
        byte[] encrypted = crypt(packet, RTCP, ByteBuffer.wrap(packet).getInt(4), index, 8);
        int word = index | 0x80000000;
        byte[] indexed = join(encrypted, ByteBuffer.allocate(4).putInt(word).array());
        return join(indexed, tag(encrypted, RTCP, word, 10));
    }

    /** The same without encryption: authenticated only, the E bit is not set. */
    byte[] signRtcp(byte[] packet, int index) {
        return join(join(packet, ByteBuffer.allocate(4).putInt(index).array()), tag(packet, RTCP, index, 10));
    }

    byte[] decryptRtcp(byte[] packet, int index) {
        byte[] encrypted = Arrays.copyOf(packet, packet.length - 14);
        int word = ByteBuffer.wrap(packet).getInt(encrypted.length);
        byte[] tag = Arrays.copyOfRange(packet, packet.length - 10, packet.length);
        if (word != (index | 0x80000000)) throw new IllegalStateException("index " + word);
        if (!Arrays.equals(tag, tag(encrypted, RTCP, word, 10))) throw new IllegalStateException("tag");
        return crypt(encrypted, RTCP, ByteBuffer.wrap(packet).getInt(4), index, 8);
    }

    private static byte[] join(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
