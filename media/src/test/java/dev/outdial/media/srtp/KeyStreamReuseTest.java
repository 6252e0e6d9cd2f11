package dev.outdial.media.srtp;

import static dev.outdial.media.srtp.SrtpSessionTest.SSRC;
import static dev.outdial.media.srtp.SrtpSessionTest.buffer;
import static dev.outdial.media.srtp.SrtpSessionTest.bytes;
import static dev.outdial.media.srtp.SrtpSessionTest.rtcp;
import static dev.outdial.media.srtp.SrtpSessionTest.rtp;
import static dev.outdial.media.srtp.SrtpSessionTest.textbook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** No two packets may be encrypted with the same key, source and index. */
class KeyStreamReuseTest {
    private final Random random = new Random(23);
    private final SrtpKey first = SrtpKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_80, random);
    private final SrtpKey second = SrtpKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_80, random);
    private final SrtpSession session = new SrtpSession(new SrtpTerms(first, second));

    private void send(int number, int ssrc) {
        session.protect(buffer(rtp(number, ssrc)));
    }

    private void refuses(int number, int ssrc) {
        assertThatIllegalStateException()
                .isThrownBy(() -> send(number, ssrc))
                .withMessageStartingWith("not encrypted")
                .withNoCause();
    }

    @Test
    void aNumberMayBeLateButNotComeTwice() {
        send(5, SSRC);
        send(7, SSRC);
        send(6, SSRC);
        for (int number = 5; number <= 7; number++) refuses(number, SSRC);
        send(8, SSRC);
    }

    @Test
    void aNumberComesAgainWithTheNextRollover() {
        for (int index = 0; index <= 65_536; index += 16_384) send(index & 0xFFFF, SSRC);
        refuses(0, SSRC);
    }

    @Test
    void aSourceThatComesBackGoesOnWhereItWas() {
        send(65_535, SSRC);
        send(0, SSRC);
        send(65_535, 7);
        refuses(0, SSRC);
        var packet = buffer(rtp(1, SSRC));
        session.protect(packet);
        assertThat(textbook(first).decrypt(bytes(packet), 12, 1)).isEqualTo(rtp(1, SSRC));
    }

    @Test
    void aSourceThatCouldNotBeRememberedIsRefused() {
        for (int source = 0; source < Sources.MAX_SOURCES; source++) send(1, source);
        refuses(1, 99);
        refuses(1, 0);
        send(2, 0);
    }

    @Test
    void aKeyThatComesBackGoesOnWhereItWas() {
        send(5, SSRC);
        session.protectRtcp(buffer(rtcp(0)));
        session.agree(new SrtpTerms(second, first));
        send(6, SSRC);
        session.agree(new SrtpTerms(first, second));
        refuses(5, SSRC);
        var report = buffer(rtcp(1));
        session.protectRtcp(report);
        assertThat(textbook(first).decryptRtcp(bytes(report), 1)).isEqualTo(rtcp(1));
    }

    /** RFC 3711 section 3.4. */
    @Test
    void theIndexOfReportsGoesOnWithANewKey() {
        for (int i = 0; i < 3; i++) session.protectRtcp(buffer(rtcp(i)));
        session.agree(new SrtpTerms(second, first));
        var report = buffer(rtcp(3));
        session.protectRtcp(report);
        assertThat(textbook(second).decryptRtcp(bytes(report), 3)).isEqualTo(rtcp(3));
    }

    @Test
    void afterTheLastIndexNoReportIsEncrypted() {
        var sender = new SrtpSender(first, new PacketBytes(), new Sources<>(), 0x7FFF_FFFF);
        var last = buffer(rtcp(1));
        sender.protectRtcp(last);
        assertThat(textbook(first).decryptRtcp(bytes(last), 0x7FFF_FFFF)).isEqualTo(rtcp(1));
        for (SrtpSender after : new SrtpSender[] {sender, sender, sender.withKey(second)})
            assertThatIllegalStateException().isThrownBy(() -> after.protectRtcp(buffer(rtcp(2))));
    }

    @Test
    void aPacketThatIsRefusedForItsBufferHasNotUsedItsNumber() {
        assertThatCode(() -> session.protect(buffer(rtp(5, SSRC)).slice(5, 172)))
                .isInstanceOf(IllegalArgumentException.class);
        send(5, SSRC);
    }
}
