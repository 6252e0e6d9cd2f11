package dev.outdial.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpSessionTest {
    private static final HexFormat HEX = HexFormat.of();
    /** RFC 3711 appendix B.3. */
    private static final byte[] KNOWN_KEY =
            HEX.parseHex("e1f97a0d3e018be0d64fa32c06de41390ec675ad498afeebb6960b3aabe6");

    static final int SSRC = 0x0BADCAFE;

    private final Random random = new Random(3711);

    static byte[] rtp(int number, int ssrc) {
        byte[] packet = new byte[172];
        new Random(number).nextBytes(packet);
        ByteBuffer.wrap(packet)
                .putShort((short) 0x8000)
                .putShort((short) number)
                .putInt(number * 160)
                .putInt(ssrc);
        return packet;
    }

    static byte[] rtcp(int count) {
        byte[] packet = new byte[52];
        new Random(count).nextBytes(packet);
        ByteBuffer.wrap(packet).putInt(0x80C80006).putInt(SSRC);
        return packet;
    }

    /** A packet in the middle of a direct buffer, as the media loop has them. */
    static ByteBuffer buffer(byte[] packet) {
        return ByteBuffer.allocateDirect(2048).position(5).put(packet).flip().position(5);
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    private static byte[] protect(SrtpSession session, byte[] packet) {
        var buffer = buffer(packet);
        assertThat(session.protect(buffer)).isEqualTo(buffer.limit());
        return bytes(buffer);
    }

    private static byte[] protectRtcp(SrtpSession session, byte[] packet) {
        var buffer = buffer(packet);
        assertThat(session.protectRtcp(buffer)).isEqualTo(buffer.limit());
        return bytes(buffer);
    }

    private static SrtpVerdict unprotect(SrtpSession session, byte[] datagram) {
        return session.unprotect(buffer(datagram));
    }

    private SrtpKey key(SrtpSuite suite) {
        return SrtpKey.random(suite, random);
    }

    static TextbookSrtp textbook(SrtpKey key) {
        byte[] keyAndSalt = Arrays.copyOf(key.key(), 30);
        System.arraycopy(key.salt(), 0, keyAndSalt, 16, 14);
        return new TextbookSrtp(keyAndSalt, key.suite().tagBytes());
    }

    /** One end that hears what the textbook sends with {@link #theirs}. */
    private final SrtpKey ours = key(SrtpSuite.AES_CM_128_HMAC_SHA1_80);

    private final SrtpKey theirs = key(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
    private final TextbookSrtp far = textbook(theirs);
    private final SrtpSession session = new SrtpSession(new SrtpTerms(ours, theirs));

    @Test
    void theTextbookDerivesTheKeysOfTheStandard() {
        var textbook = new TextbookSrtp(KNOWN_KEY, 10);
        assertThat(HEX.formatHex(textbook.derive(0, 16))).isEqualTo("c61e7a93744f39ee10734afe3ff7a087");
        assertThat(HEX.formatHex(textbook.derive(2, 14))).isEqualTo("30cbbc08863d8c85d49db34a9ae1");
        assertThat(HEX.formatHex(textbook.derive(1, 20))).isEqualTo("cebe321f6ff7716b6fd4ab49af256a156d38baa4");
        // Appendix B.2.
        byte[] stream = TextbookSrtp.keyStream(
                HEX.parseHex("2b7e151628aed2a6abf7158809cf4f3c"), HEX.parseHex("f0f1f2f3f4f5f6f7f8f9fafbfcfd0000"), 48);
        assertThat(HEX.formatHex(stream))
                .isEqualTo("e03ead0935c95e80e166b16dd92b4eb4"
                        + "d23513162b02d0f72a43a2fe4a5f97ab"
                        + "41e95b3bb0a2e8dd477901e4fca894c0");
    }

    /** The known answers that other implementations test themselves with, for the key of appendix B.3. */
    @Test
    void knownPacketsAreEncryptedAndDecrypted() {
        var known = SrtpKey.of(SrtpSuite.AES_CM_128_HMAC_SHA1_80, KNOWN_KEY);
        var one = new SrtpSession(new SrtpTerms(known, known));
        String header = "800f1234decafbadcafebabe";
        byte[] plain = HEX.parseHex(header + "ab".repeat(16));
        byte[] encrypted = HEX.parseHex(header + "4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb");

        assertThat(protect(one, plain)).isEqualTo(encrypted);
        var heard = buffer(encrypted);
        assertThat(one.unprotect(heard)).isEqualTo(SrtpVerdict.AUTHENTIC);
        assertThat(bytes(heard)).isEqualTo(plain);

        var report =
                buffer(HEX.parseHex("81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798"));
        assertThat(one.unprotectRtcp(report)).isEqualTo(SrtpVerdict.AUTHENTIC);
        assertThat(bytes(report)).isEqualTo(HEX.parseHex("81c8000bcafebabe" + "ab".repeat(16)));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSentOverARolloverTheTextbookDecrypts(SrtpSuite suite) {
        var key = key(suite);
        var sending = new SrtpSession(new SrtpTerms(key, key(suite)));
        for (int index = 65_000; index < 132_000; index += 1) {
            byte[] plain = rtp(index & 0xFFFF, SSRC);
            byte[] encrypted = protect(sending, plain);
            if (index % 100 > 1 && Math.abs(index - 65_536) > 5) continue;
            assertThat(encrypted).hasSize(172 + suite.tagBytes());
            assertThat(textbook(key).decrypt(encrypted, 12, index >> 16)).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheTextbookEncryptsOverARolloverIsHeardUnderLossAndReordering(SrtpSuite suite) {
        var key = key(suite);
        var hearing = new SrtpSession(new SrtpTerms(key(suite), key));
        var textbook = textbook(key);
        for (int block = 65_400; block < 65_700; block += 10) {
            for (int place : new int[] {3, 0, 2, 1, 7, 9, 4}) {
                int index = block + place;
                byte[] plain = rtp(index & 0xFFFF, SSRC);
                var datagram = buffer(textbook.encrypt(plain, 12, index >> 16));
                assertThat(hearing.unprotect(datagram)).isEqualTo(SrtpVerdict.AUTHENTIC);
                assertThat(bytes(datagram)).isEqualTo(plain);
            }
        }
    }

    @Test
    void aLongGapOverARolloverIsBridged() {
        assertThat(unprotect(session, far.encrypt(rtp(60_000, SSRC), 12, 0))).isEqualTo(SrtpVerdict.AUTHENTIC);
        assertThat(unprotect(session, far.encrypt(rtp(20_000, SSRC), 12, 1))).isEqualTo(SrtpVerdict.AUTHENTIC);
        assertThat(unprotect(session, far.encrypt(rtp(50_000, SSRC), 12, 1))).isEqualTo(SrtpVerdict.AUTHENTIC);
    }

    @Test
    void aStreamWhoseNumbersRolledOverBeforeItWasHeardIsHeard() {
        assertThat(unprotect(session, far.encrypt(rtp(17, SSRC), 12, 1))).isEqualTo(SrtpVerdict.AUTHENTIC);
        assertThat(unprotect(session, far.encrypt(rtp(18, SSRC), 12, 1))).isEqualTo(SrtpVerdict.AUTHENTIC);
        assertThat(unprotect(session, far.encrypt(rtp(17, SSRC), 12, 1))).isEqualTo(SrtpVerdict.REPLAYED);
    }

    @Test
    void headerExtensionAndSourcesStayReadable() {
        byte[] plain = rtp(1, SSRC);
        plain[0] = (byte) 0x92;
        ByteBuffer.wrap(plain).putInt(20, 0xBEDE0002);
        byte[] encrypted = protect(session, plain);
        assertThat(Arrays.copyOf(encrypted, 32)).isEqualTo(Arrays.copyOf(plain, 32));
        assertThat(textbook(ours).decrypt(encrypted, 32, 0)).isEqualTo(plain);

        var heard = buffer(far.encrypt(plain, 32, 0));
        assertThat(session.unprotect(heard)).isEqualTo(SrtpVerdict.AUTHENTIC);
        assertThat(bytes(heard)).isEqualTo(plain);
    }

    @Test
    void aReplayedPacketIsRefusedEachTimeAndALateOneOnce() {
        for (int number = 100; number < 200; number++)
            if (number != 150) unprotect(session, far.encrypt(rtp(number, SSRC), 12, 0));
        assertThat(unprotect(session, far.encrypt(rtp(199, SSRC), 12, 0))).isEqualTo(SrtpVerdict.REPLAYED);
        assertThat(unprotect(session, far.encrypt(rtp(101, SSRC), 12, 0))).isEqualTo(SrtpVerdict.REPLAYED);
        assertThat(unprotect(session, far.encrypt(rtp(150, SSRC), 12, 0))).isEqualTo(SrtpVerdict.AUTHENTIC);
        assertThat(unprotect(session, far.encrypt(rtp(150, SSRC), 12, 0))).isEqualTo(SrtpVerdict.REPLAYED);
    }

    @Test
    void everyChangedBitIsNoticedAndTheDatagramLeftAsItCame() {
        byte[] genuine = far.encrypt(rtp(1, SSRC), 12, 0);
        for (int bit = 0; bit < 8 * genuine.length; bit++) {
            byte[] changed = genuine.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            var datagram = buffer(changed);
            assertThat(session.unprotect(datagram)).isNotEqualTo(SrtpVerdict.AUTHENTIC);
            assertThat(bytes(datagram)).isEqualTo(changed);
        }
        assertThat(unprotect(session, genuine)).isEqualTo(SrtpVerdict.AUTHENTIC);
    }

    @Test
    void forgedPacketsDoNotMoveTheStreamNorMakeSources() {
        unprotect(session, far.encrypt(rtp(10, SSRC), 12, 0));
        for (int i = 0; i < 1000; i++) {
            byte[] forged = far.encrypt(rtp(30_000 + 30 * i, i % 2 == 0 ? SSRC : i), 12, 0);
            forged[forged.length - 1]++;
            assertThat(unprotect(session, forged)).isNotEqualTo(SrtpVerdict.AUTHENTIC);
        }
        assertThat(unprotect(session, far.encrypt(rtp(10, SSRC), 12, 0))).isEqualTo(SrtpVerdict.REPLAYED);
        assertThat(unprotect(session, far.encrypt(rtp(11, SSRC), 12, 0))).isEqualTo(SrtpVerdict.AUTHENTIC);
    }

    @Test
    void manySourcesAreHeardAndOnlyTheOneSilentForLongestIsForgotten() {
        for (int source = 0; source < Sources.MAX_SOURCES; source++)
            unprotect(session, far.encrypt(rtp(7, source), 12, 0));
        unprotect(session, far.encrypt(rtp(8, 0), 12, 0));
        assertThat(unprotect(session, far.encrypt(rtp(7, 99), 12, 0))).isEqualTo(SrtpVerdict.AUTHENTIC);
        assertThat(unprotect(session, far.encrypt(rtp(8, 0), 12, 0))).isEqualTo(SrtpVerdict.REPLAYED);
        assertThat(unprotect(session, far.encrypt(rtp(8, 1), 12, 0))).isEqualTo(SrtpVerdict.AUTHENTIC);
    }

    @ParameterizedTest
    @EnumSource
    void reportsCarryAnIndexAndATagOfEightyBits(SrtpSuite suite) {
        var key = key(suite);
        var one = new SrtpSession(new SrtpTerms(key, key));
        for (int index = 0; index < 100; index++) {
            byte[] plain = rtcp(index);
            byte[] encrypted = protectRtcp(one, plain);
            assertThat(encrypted).hasSize(52 + 14);
            assertThat(textbook(key).decryptRtcp(encrypted, index)).isEqualTo(plain);

            var heard = buffer(textbook(key).encryptRtcp(plain, index));
            assertThat(one.unprotectRtcp(heard)).isEqualTo(SrtpVerdict.AUTHENTIC);
            assertThat(bytes(heard)).isEqualTo(plain);
        }
        assertThat(one.unprotectRtcp(buffer(textbook(key).encryptRtcp(rtcp(99), 99))))
                .isEqualTo(SrtpVerdict.REPLAYED);
        byte[] forged = textbook(key).encryptRtcp(rtcp(100), 100);
        forged[20] ^= 1;
        assertThat(one.unprotectRtcp(buffer(forged))).isEqualTo(SrtpVerdict.NOT_AUTHENTIC);
        assertThat(one.unprotectRtcp(buffer(textbook(key).signRtcp(rtcp(101), 101))))
                .isEqualTo(SrtpVerdict.AUTHENTIC);
    }

    @Test
    void aKeyThatStaysKeepsItsPlaceWhenTheSessionIsAgreedAnew() {
        var key = key(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        protect(session, rtp(0xFFFF, SSRC));
        protectRtcp(session, rtcp(0));
        unprotect(session, far.encrypt(rtp(5, SSRC), 12, 0));
        session.agree(new SrtpTerms(ours, theirs));
        assertThat(textbook(ours).decrypt(protect(session, rtp(0, SSRC)), 12, 1))
                .isEqualTo(rtp(0, SSRC));
        assertThat(textbook(ours).decryptRtcp(protectRtcp(session, rtcp(1)), 1)).isEqualTo(rtcp(1));
        assertThat(unprotect(session, far.encrypt(rtp(5, SSRC), 12, 0))).isEqualTo(SrtpVerdict.REPLAYED);

        session.agree(new SrtpTerms(key, theirs));
        assertThat(textbook(key).decrypt(protect(session, rtp(1, SSRC)), 12, 1)).isEqualTo(rtp(1, SSRC));
        assertThat(unprotect(session, far.encrypt(rtp(5, SSRC), 12, 0))).isEqualTo(SrtpVerdict.REPLAYED);
    }

    @Test
    void aNewKeyOfTheFarEndIsHeardWhetherItsRolloversGoOnOrBeginAnew() {
        for (int index = 65_500; index < 4 * 65_536; index += 20_000)
            unprotect(session, far.encrypt(rtp(index & 0xFFFF, SSRC), 12, index >> 16));
        for (int rollovers : new int[] {3, 0}) {
            var next = key(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
            session.agree(new SrtpTerms(ours, next));
            assertThat(unprotect(session, textbook(next).encrypt(rtp(65_001, SSRC), 12, rollovers)))
                    .isEqualTo(SrtpVerdict.AUTHENTIC);
        }
    }

    @Test
    void whatIsOnTheWayWhileTheFarEndTakesANewKeyIsHeardForTwoSeconds() {
        var next = key(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        var farNext = textbook(next);
        for (int number = 1; number <= 10; number++) unprotect(session, far.encrypt(rtp(number, SSRC), 12, 0));
        session.agree(new SrtpTerms(ours, next));
        assertThat(unprotect(session, far.encrypt(rtp(10, SSRC), 12, 0))).isEqualTo(SrtpVerdict.REPLAYED);
        assertThat(session.unprotectRtcp(buffer(far.encryptRtcp(rtcp(1), 1)))).isEqualTo(SrtpVerdict.AUTHENTIC);
        for (int number = 11; number < 110; number++)
            assertThat(unprotect(session, (number % 2 == 0 ? far : farNext).encrypt(rtp(number, SSRC), 12, 0)))
                    .isEqualTo(SrtpVerdict.AUTHENTIC);
        assertThat(unprotect(session, far.encrypt(rtp(110, SSRC), 12, 0))).isEqualTo(SrtpVerdict.NOT_AUTHENTIC);
        assertThat(session.unprotectRtcp(buffer(far.encryptRtcp(rtcp(2), 2)))).isEqualTo(SrtpVerdict.NOT_AUTHENTIC);
        assertThat(unprotect(session, farNext.encrypt(rtp(111, SSRC), 12, 0))).isEqualTo(SrtpVerdict.AUTHENTIC);
    }

    @Test
    void aPacketNumberIsNeverEncryptedTwice() {
        protect(session, rtp(5, SSRC));
        assertThatThrownBy(() -> protect(session, rtp(5, SSRC))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBufferWithoutRoomForTheTagIsRefused() {
        assertThatThrownBy(() -> session.protect(ByteBuffer.wrap(rtp(1, SSRC))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no room for 10 bytes behind the packet");
        assertThatThrownBy(() -> session.protectRtcp(ByteBuffer.wrap(rtcp(1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shortAndHugeDatagramsAreMalformed() {
        for (int length = 0; length < 22; length++) {
            assertThat(unprotect(session, Arrays.copyOf(rtp(1, SSRC), length))).isEqualTo(SrtpVerdict.MALFORMED);
            assertThat(session.unprotectRtcp(buffer(Arrays.copyOf(rtcp(1), length))))
                    .isEqualTo(SrtpVerdict.MALFORMED);
        }
        assertThat(session.unprotect(ByteBuffer.allocate(3000))).isEqualTo(SrtpVerdict.MALFORMED);
        assertThat(session.unprotectRtcp(ByteBuffer.allocate(3000))).isEqualTo(SrtpVerdict.MALFORMED);
    }

    @Test
    void noKeyIsShown() {
        var terms = new SrtpTerms(ours, theirs);
        for (Object shown : new Object[] {session, terms, ours})
            assertThat(shown.toString())
                    .doesNotContain(ours.base64().substring(0, 8))
                    .doesNotContain(theirs.base64().substring(0, 8));
    }
}
