package dev.outdial.media.srtp;

import static dev.outdial.media.srtp.SrtpSessionTest.SSRC;
import static dev.outdial.media.srtp.SrtpSessionTest.buffer;
import static dev.outdial.media.srtp.SrtpSessionTest.bytes;
import static dev.outdial.media.srtp.SrtpSessionTest.rtcp;
import static dev.outdial.media.srtp.SrtpSessionTest.rtp;
import static dev.outdial.media.srtp.SrtpSessionTest.textbook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SrtpReceiverTest {
    private final Random random = new Random(42);
    private final SrtpKey ours = SrtpKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_32, random);
    private final SrtpKey theirs = SrtpKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_32, random);
    private final TextbookSrtp far = textbook(theirs);
    private final SrtpSession session = new SrtpSession(new SrtpTerms(ours, theirs));

    private SrtpVerdict hear(int number, int ssrc, int rollovers) {
        return session.unprotect(buffer(far.encrypt(rtp(number, ssrc), 12, rollovers)));
    }

    private SrtpVerdict hearForged(int number, int ssrc) {
        byte[] forged = far.encrypt(rtp(number, ssrc), 12, 0);
        forged[20]++;
        return session.unprotect(buffer(forged));
    }

    @Test
    void aForgerDoesNotKeepASourceFromBeingForgotten() {
        for (int source = 0; source < Sources.MAX_SOURCES; source++) hear(7, source, 0);
        assertThat(hearForged(8, 0)).isEqualTo(SrtpVerdict.NOT_AUTHENTIC);
        hear(7, 99, 0);
        assertThat(hear(7, 1, 0)).as("heard after source 0").isEqualTo(SrtpVerdict.REPLAYED);
        assertThat(hear(7, 0, 0)).as("forgotten").isEqualTo(SrtpVerdict.AUTHENTIC);
    }

    private SrtpVerdict hearReport(int index, int ssrc) {
        byte[] report = rtcp(index);
        ByteBuffer.wrap(report).putInt(4, ssrc);
        return session.unprotectRtcp(buffer(far.encryptRtcp(report, index)));
    }

    @Test
    void ofManySourcesOfReportsTheOneSilentForLongestIsForgotten() {
        for (int source = 0; source < Sources.MAX_SOURCES; source++) hearReport(7, source);
        hearReport(8, 0);
        hearReport(7, 99);
        assertThat(hearReport(8, 0)).as("heard of late").isEqualTo(SrtpVerdict.REPLAYED);
        assertThat(hearReport(7, 1)).as("forgotten").isEqualTo(SrtpVerdict.AUTHENTIC);
    }

    @Test
    void aForgerDoesNotSayWhichRolloversGoOnWithANewKey() {
        hear(9, 1, 0);
        for (int index = 65_000; index < 4 * 65_536; index += 20_000) hear(index & 0xFFFF, SSRC, index >> 16);
        assertThat(hearForged(10, 1)).isEqualTo(SrtpVerdict.NOT_AUTHENTIC);
        var next = SrtpKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_32, random);
        session.agree(new SrtpTerms(ours, next));
        assertThat(session.unprotect(buffer(textbook(next).encrypt(rtp(60_000, SSRC), 12, 3))))
                .isEqualTo(SrtpVerdict.AUTHENTIC);
    }

    @Test
    void aNewKeyThatComesWithARolloverIsHeard() {
        for (int index = 65_000; index < 4 * 65_536; index += 20_000) hear(index & 0xFFFF, SSRC, index >> 16);
        var next = SrtpKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_32, random);
        session.agree(new SrtpTerms(ours, next));
        assertThat(session.unprotect(buffer(textbook(next).encrypt(rtp(3, SSRC), 12, 4))))
                .isEqualTo(SrtpVerdict.AUTHENTIC);
    }

    @Test
    void aPacketWithinTheWindowIsHeardLateAndABitLaterNoMore() {
        for (int number = 100; number < 300; number++) if (number != 171 && number != 172) hear(number, SSRC, 0);
        assertThat(hear(172, SSRC, 0)).isEqualTo(SrtpVerdict.AUTHENTIC);
        assertThat(hear(171, SSRC, 0)).isEqualTo(SrtpVerdict.REPLAYED);
    }

    @Test
    void aHeaderThatIsLongerThanItsPacketIsMalformed() {
        byte[] manySources = rtp(1, SSRC);
        manySources[0] = (byte) 0x8F;
        byte[] longExtension = rtp(1, SSRC);
        longExtension[0] = (byte) 0x90;
        longExtension[14] = 0;
        longExtension[15] = 40;
        for (byte[] datagram : new byte[][] {
            Arrays.copyOf(manySources, 75),
            Arrays.copyOf(longExtension, 17),
            Arrays.copyOf(longExtension, 19),
            Arrays.copyOf(longExtension, 175)
        }) {
            var heard = buffer(datagram);
            assertThat(session.unprotect(heard)).isEqualTo(SrtpVerdict.MALFORMED);
            assertThat(bytes(heard)).isEqualTo(datagram);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> session.protect(buffer(Arrays.copyOf(manySources, 71))));
        byte[] full = Arrays.copyOf(longExtension, 176);
        var sent = buffer(full);
        session.protect(sent);
        assertThat(Arrays.copyOf(bytes(sent), 176)).as("all of it is header").isEqualTo(full);
    }

    @Test
    void paddingIsEncryptedWithTheSound() {
        byte[] padded = rtp(1, SSRC);
        padded[0] = (byte) 0xA0;
        padded[171] = 4;
        var sent = buffer(padded);
        session.protect(sent);
        assertThat(bytes(sent)[171]).isNotEqualTo((byte) 4);
        assertThat(textbook(ours).decrypt(bytes(sent), 12, 0)).isEqualTo(padded);
    }

    @Test
    void aReportThatIsOnlyAuthenticatedIsNotDecryptedAndItsBitsAreAllGuarded() {
        byte[] signed = far.signRtcp(rtcp(1), 9);
        for (int bit = 0; bit < 8 * signed.length; bit++) {
            byte[] changed = signed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            var datagram = buffer(changed);
            assertThat(session.unprotectRtcp(datagram)).isEqualTo(SrtpVerdict.NOT_AUTHENTIC);
            assertThat(bytes(datagram)).isEqualTo(changed);
        }
        var heard = buffer(signed);
        assertThat(session.unprotectRtcp(heard)).isEqualTo(SrtpVerdict.AUTHENTIC);
        assertThat(bytes(heard)).isEqualTo(rtcp(1));
    }
}
