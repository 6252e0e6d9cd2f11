package dev.outdial.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The answers that the standards give. */
class SessionKeysTest {
    private static final HexFormat HEX = HexFormat.of();

    /** RFC 3711 appendix B.3. */
    @Test
    void keysAreDerivedAsInTheStandard() {
        byte[] keyAndSalt = HEX.parseHex("e1f97a0d3e018be0d64fa32c06de41390ec675ad498afeebb6960b3aabe6");
        var derivation = new KeyDerivation(SrtpKey.of(SrtpSuite.AES_CM_128_HMAC_SHA1_80, keyAndSalt));
        assertThat(HEX.formatHex(derivation.key(0, 16))).isEqualTo("c61e7a93744f39ee10734afe3ff7a087");
        assertThat(HEX.formatHex(derivation.key(2, 14))).isEqualTo("30cbbc08863d8c85d49db34a9ae1");
        assertThat(HEX.formatHex(derivation.key(1, 94)))
                .isEqualTo("cebe321f6ff7716b6fd4ab49af256a156d38baa48f0a0acf3c34e2359e6cdbce"
                        + "e049646c43d9327ad175578ef72270986371c10c9a369ac2f94a8c5fbcdddc25"
                        + "6d6e919a48b610ef17c2041e474035766b68642c59bbfc2f34db60dbdfb2");
    }

    /** RFC 3711 appendix B.2: up to block 0xFEFF and beyond, more than any packet has. */
    @Test
    void theKeyStreamIsThatOfTheStandard() {
        var keyStream = new KeyStream(
                HEX.parseHex("2b7e151628aed2a6abf7158809cf4f3c"), HEX.parseHex("f0f1f2f3f4f5f6f7f8f9fafbfcfd"));
        byte[] stream = new byte[0xFF02 * 16];
        keyStream.apply(stream, 0, stream.length, 0, 0);
        assertThat(HEX.formatHex(stream, 0, 48))
                .isEqualTo("e03ead0935c95e80e166b16dd92b4eb4"
                        + "d23513162b02d0f72a43a2fe4a5f97ab"
                        + "41e95b3bb0a2e8dd477901e4fca894c0");
        assertThat(HEX.formatHex(stream, 0xFEFF * 16, 0xFF02 * 16))
                .isEqualTo("ec8cdf7398607cb0f2d21675ea9ea1e4"
                        + "362b7c3c6773516318a077d7fc5073ae"
                        + "6a2cc3787889374fbeb4c81b17ba6c44");
    }

    @Test
    void packetsOfAnyLengthAreEncryptedAsTheTextbookDoes() {
        var random = new Random(16);
        for (int length = 0; length < 600; length++) {
            byte[] key = new byte[16];
            byte[] salt = new byte[14];
            byte[] plain = new byte[length];
            random.nextBytes(key);
            random.nextBytes(salt);
            random.nextBytes(plain);
            int ssrc = random.nextInt();
            long index = random.nextLong(1L << 48);
            byte[] place = ByteBuffer.allocate(16)
                    .putInt(4, ssrc)
                    .putLong(8, index << 16)
                    .array();
            for (int i = 0; i < 14; i++) place[i] ^= salt[i];
            byte[] expected = TextbookSrtp.keyStream(key, place, length);
            for (int i = 0; i < length; i++) expected[i] ^= plain[i];

            byte[] encrypted = Arrays.copyOf(new byte[] {1, 2, 3}, length + 5);
            System.arraycopy(plain, 0, encrypted, 3, length);
            new KeyStream(key, salt).apply(encrypted, 3, 3 + length, ssrc, index);
            assertThat(Arrays.copyOfRange(encrypted, 3, 3 + length)).isEqualTo(expected);
            assertThat(new byte[] {
                        encrypted[0], encrypted[1], encrypted[2], encrypted[length + 3], encrypted[length + 4]
                    })
                    .as("what is around it")
                    .containsExactly(1, 2, 3, 0, 0);
        }
    }

    /** RFC 2202 section 3, cases 1 and 2 with the last four bytes as the word. */
    @Test
    void tagsAreThoseOfTheStandard() {
        byte[] key = new byte[20];
        Arrays.fill(key, (byte) 0x0B);
        assertThat(tag(key, "Hi There")).isEqualTo("b617318655057264e28bc0b6fb378c8ef146be00");
        byte[] jefe = {'J', 'e', 'f', 'e'};
        assertThat(tag(jefe, "what do ya want for nothing?")).isEqualTo("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    }

    private static String tag(byte[] key, String text) {
        var authenticator = new Authenticator(key, 20);
        ByteBuffer all = ByteBuffer.allocate(text.length());
        for (int i = 0; i < text.length(); i++) all.put((byte) text.charAt(i));
        int length = text.length() - 4;
        int word = all.getInt(length);
        var packet = new PacketBytes();
        packet.load(all.position(0).limit(length));
        authenticator.sign(packet, length, word);
        assertThat(authenticator.isAuthentic(packet, length, word)).isTrue();
        assertThat(authenticator.isAuthentic(packet, length, word + 1)).isFalse();
        return HEX.formatHex(packet.array(), length, packet.length());
    }
}
