package dev.outdial.media.sdp;

import static dev.outdial.media.sdp.Ends.KEY_32;
import static dev.outdial.media.sdp.Ends.KEY_80;
import static dev.outdial.media.sdp.Ends.agreed;
import static dev.outdial.media.sdp.Ends.answered;
import static dev.outdial.media.sdp.Ends.bytes;
import static dev.outdial.media.sdp.Ends.can;
import static dev.outdial.media.sdp.Ends.declined;
import static dev.outdial.media.sdp.Ends.end;
import static dev.outdial.media.sdp.Ends.refused;
import static dev.outdial.media.sdp.Ends.secureEnd;
import static dev.outdial.media.sdp.Ends.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.sdp.Answering.Answered;
import dev.outdial.media.srtp.SrtpKey;
import dev.outdial.media.srtp.SrtpPolicy;
import dev.outdial.media.srtp.SrtpSuite;
import dev.outdial.media.srtp.SrtpTerms;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in the description (RFC 4568), under each policy. */
class CryptoOfferAnswerTest {
    private static final SrtpKey FAR_80 = SrtpKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_80, new Random(8));
    private static final SrtpKey FAR_32 = SrtpKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_32, new Random(3));
    private static final String CLEAR = """
            v=0
            c=IN IP4 192.0.2.9
            m=audio 5000 RTP/AVP 0
            """;
    private static final String SECURE = CLEAR.replace("AVP", "SAVP");

    private static String crypto(String tag, SrtpKey key) {
        return crypto(tag, key.suite().name(), key.base64());
    }

    private static String crypto(String tag, String suite, String key) {
        return "a=crypto:" + tag + " " + suite + " inline:" + key + "\n";
    }

    private static List<String> cryptoLines(OfferAnswer end) {
        return text(end.sdp()).lines().filter(line -> line.contains("crypto")).toList();
    }

    @Test
    void offTakesNoKeysAndOffersNone() {
        assertThat(text(end().sdp())).contains("RTP/AVP ").doesNotContain("crypto");
        assertThat(agreed(end(), CLEAR + crypto("1", FAR_80)).srtp()).isEmpty();
        assertThat(declined(end(), SECURE + crypto("1", FAR_80)))
                .isEqualTo("the answer wants RTP/SAVP, offered was RTP/AVP");
    }

    @Test
    void offeredKeysGoWithThePlainProfileAndRequiredOnesWithTheSecureOne() {
        OfferAnswer offered = secureEnd(SrtpPolicy.OFFERED);
        assertThat(text(offered.sdp())).contains(" RTP/AVP ");
        assertThat(text(secureEnd(SrtpPolicy.REQUIRED).sdp())).contains(" RTP/SAVP ");
        assertThat(cryptoLines(offered))
                .containsExactly(
                        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY_80.base64(),
                        "a=crypto:2 AES_CM_128_HMAC_SHA1_32 inline:" + KEY_32.base64());
    }

    @Test
    void anAnswerWithAKeyIsEncryptedWhateverItsProfile() {
        for (String answer : List.of(CLEAR, SECURE, SECURE.replace("SAVP", "SAVPF"))) {
            assertThat(agreed(secureEnd(SrtpPolicy.OFFERED), answer + crypto("1", FAR_80))
                            .srtp())
                    .hasValue(new SrtpTerms(KEY_80, FAR_80));
            assertThat(agreed(secureEnd(SrtpPolicy.REQUIRED), answer + crypto("2", FAR_32))
                            .srtp())
                    .hasValue(new SrtpTerms(KEY_32, FAR_32));
        }
    }

    @Test
    void anAnswerWithoutAKeyIsInClearOnlyWhereThatIsAllowed() {
        assertThat(agreed(secureEnd(SrtpPolicy.OFFERED), CLEAR).srtp()).isEmpty();
        assertThat(declined(secureEnd(SrtpPolicy.OFFERED), SECURE))
                .isEqualTo("the answer wants RTP/SAVP and has no a=crypto");
        assertThat(declined(secureEnd(SrtpPolicy.REQUIRED), CLEAR))
                .isEqualTo("the answer has no a=crypto, encryption is required");
        assertThat(declined(secureEnd(SrtpPolicy.REQUIRED), SECURE))
                .isEqualTo("the answer wants RTP/SAVP and has no a=crypto");
    }

    @ParameterizedTest
    @EnumSource(names = {"OFFERED", "REQUIRED"})
    void anAnswersTagIsOneOfOursWithItsSuite(SrtpPolicy policy) {
        assertThat(declined(secureEnd(policy), SECURE + crypto("3", FAR_80)))
                .isEqualTo("the answer's a=crypto cannot be used: it has tag 3, offered were [1, 2]");
        assertThat(declined(secureEnd(policy), CLEAR + crypto("1", FAR_32)))
                .isEqualTo("the answer's a=crypto cannot be used: it has AES_CM_128_HMAC_SHA1_32 under tag 1, "
                        + "offered was AES_CM_128_HMAC_SHA1_80");
        // Some repeat all lines instead of choosing one.
        assertThat(agreed(secureEnd(policy), SECURE + crypto("9", FAR_80) + crypto("2", FAR_32))
                        .srtp())
                .hasValue(new SrtpTerms(KEY_32, FAR_32));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1 AES_256_CM_HMAC_SHA1_80 inline:SECRET;it wants the suite AES_256_CM_HMAC_SHA1_80",
                "1 AES_CM_128_HMAC_SHA1_80 inline:SECRET|2^20|1:4;it wants a master key identifier",
                "1 AES_CM_128_HMAC_SHA1_80 inline:SECRET|1:4;it wants a master key identifier",
                "1 AES_CM_128_HMAC_SHA1_80 inline:SECRET UNENCRYPTED_SRTP;it wants UNENCRYPTED_SRTP",
                "1 AES_CM_128_HMAC_SHA1_80 inline:SECRET WSH=64 UNENCRYPTED_SRTCP;it wants UNENCRYPTED_SRTCP",
                "1 AES_CM_128_HMAC_SHA1_80 inline:SECRET unauthenticated_srtp;it wants unauthenticated_srtp",
                "1 AES_CM_128_HMAC_SHA1_80 inline:SECRET KDR=1;it wants KDR",
                "1 AES_CM_128_HMAC_SHA1_80 inline:SECRET FEC_ORDER=FEC_SRTP;it wants FEC_ORDER",
                "1 AES_CM_128_HMAC_SHA1_80 inline:SECRET FEC_KEY=inline:x;it wants FEC_KEY",
                "1 AES_CM_128_HMAC_SHA1_80 inline: SECRET;it wants a parameter that is not known here",
                "1 SECRET inline:SECRET;it wants the suite of another name",
                "1 AES_CM_128_HMAC_SHA1_80 uri:SECRET;it has no inline key",
                "1 AES_CM_128_HMAC_SHA1_80 inline:AAAA;it has a key and salt of 3 bytes, expected 30",
                "1 AES_CM_128_HMAC_SHA1_80 inline:;it has a key and salt of 0 bytes, expected 30",
                "1 AES_CM_128_HMAC_SHA1_80 inline:SECRETSECRET;it has a key and salt of 60 bytes, expected 30",
                "1 AES_CM_128_HMAC_SHA1_80 inline:K;it has a key that is not base64",
                "1 AES_CM_128_HMAC_SHA1_80 inline:!SECRET;it has a key that is not base64",
                "1 AES_CM_128_HMAC_SHA1_80;it has no key",
                "x AES_CM_128_HMAC_SHA1_80 inline:SECRET;it has no tag",
                "9999999999 AES_CM_128_HMAC_SHA1_80 inline:SECRET;it has no tag"
            })
    void aLineThatAsksForMoreThanWeDoIsNotUsed(String line, String why) {
        String crypto = "a=crypto:" + line.replace("SECRET", FAR_80.base64()) + "\n";
        for (SrtpPolicy policy : List.of(SrtpPolicy.OFFERED, SrtpPolicy.REQUIRED))
            assertThat(declined(secureEnd(policy), CLEAR + crypto))
                    .isEqualTo("the answer's a=crypto cannot be used: " + why);
        assertThat(refused(secureEnd(SrtpPolicy.OFFERED), SECURE + crypto))
                .isEqualTo("the offer has no a=crypto that can be used: " + why);
        // An offer may have another line, or be taken in clear.
        assertThat(answered(secureEnd(SrtpPolicy.OFFERED), SECURE + crypto + crypto("5", FAR_32))
                        .terms()
                        .srtp())
                .hasValue(new SrtpTerms(KEY_32, FAR_32));
        Answered clear = answered(secureEnd(SrtpPolicy.OFFERED), CLEAR + crypto);
        assertThat(clear.terms().srtp()).isEmpty();
        assertThat(cryptoLines(clear.next())).isEmpty();
    }

    @Test
    void twoKeysInOneLineAreNotUsed() {
        String line =
                crypto("1", "AES_CM_128_HMAC_SHA1_80", FAR_80.base64() + "|1:4;inline:" + FAR_32.base64() + "|2:4");
        assertThat(declined(secureEnd(SrtpPolicy.REQUIRED), SECURE + line))
                .isEqualTo("the answer's a=crypto cannot be used: it has several keys");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "|2^20", "|2^48", "|1048576", "==", "=|2^31", " WSH=64", " -x-unknown=1", "|2^20 WSH=128"})
    void whatChangesNoPacketIsAccepted(String tail) {
        String line =
                crypto("01", "aes_cm_128_hmac_sha1_80", FAR_80.base64() + tail).replace("inline", "INLINE");
        assertThat(agreed(secureEnd(SrtpPolicy.REQUIRED), SECURE + line).srtp())
                .hasValue(new SrtpTerms(KEY_80, FAR_80));
    }

    @ParameterizedTest
    @EnumSource(names = {"OFFERED", "REQUIRED"})
    void theFirstSuiteOfAnOfferThatWeHaveAKeyForIsAnsweredUnderItsTag(SrtpPolicy policy) {
        String offer = crypto("1", "AEAD_AES_256_GCM", FAR_80.base64()) + crypto("6", FAR_32) + crypto("7", FAR_80);
        for (String profile : List.of("RTP/SAVP", "RTP/AVP", "RTP/SAVPF")) {
            Answered answer = answered(secureEnd(policy), CLEAR.replace("RTP/AVP", profile) + offer);
            assertThat(answer.terms().srtp()).hasValue(new SrtpTerms(KEY_32, FAR_32));
            assertThat(text(answer.sdp())).contains("m=audio 4000 " + profile + " 0\n");
            assertThat(cryptoLines(answer.next()))
                    .containsExactly("a=crypto:6 AES_CM_128_HMAC_SHA1_32 inline:" + KEY_32.base64());
        }
        OfferAnswer only80 = end(can(policy, AudioCodec.PCMU), KEY_80);
        assertThat(answered(only80, SECURE + offer).terms().srtp()).hasValue(new SrtpTerms(KEY_80, FAR_80));
        assertThat(refused(only80, SECURE + crypto("6", FAR_32)))
                .isEqualTo("the offer has no a=crypto that can be used: it wants the suite AES_CM_128_HMAC_SHA1_32");
    }

    @Test
    void anOfferIsRefusedWhereItsEncryptionIsNotOurs() {
        assertThat(refused(end(), SECURE + crypto("1", FAR_80)))
                .isEqualTo("the offer wants RTP/SAVP, and encryption is off here: expected RTP/AVP");
        assertThat(answered(end(), CLEAR + crypto("1", FAR_80)).terms().srtp()).isEmpty();
        for (String offer : List.of(SECURE, CLEAR))
            assertThat(refused(secureEnd(SrtpPolicy.REQUIRED), offer))
                    .isEqualTo("the offer has no a=crypto, encryption is required");
        assertThat(refused(secureEnd(SrtpPolicy.OFFERED), SECURE))
                .isEqualTo("the offer has no a=crypto, encryption is required");
        assertThat(refused(secureEnd(SrtpPolicy.OFFERED), SECURE.replace("RTP/SAVP", "UDP/TLS/RTP/SAVPF")))
                .isEqualTo("the offer wants UDP/TLS/RTP/SAVPF, expected RTP/AVP or RTP/SAVP");
    }

    @Test
    void ofAStreamInClearAndOneEncryptedTheFirstThatPolicyAllowsIsTaken() {
        String both = CLEAR + "m=audio 5002 RTP/SAVP 0\n" + crypto("1", FAR_80);
        assertThat(answered(secureEnd(SrtpPolicy.REQUIRED), both).terms().remoteRtp())
                .hasToString("/192.0.2.9:5002");
        assertThat(answered(end(), both).terms().remoteRtp()).hasToString("/192.0.2.9:5000");
    }

    @Test
    void aNewKeyInALaterOfferIsTheNewKey() {
        Answered first = answered(secureEnd(SrtpPolicy.OFFERED), SECURE + crypto("1", FAR_80));
        SrtpKey other = SrtpKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_80, new Random(99));
        Answered later = answered(first.next(), SECURE + crypto("1", other));
        assertThat(later.terms().srtp()).hasValue(new SrtpTerms(KEY_80, other));
        assertThat(later.sdp()).isEqualTo(first.sdp());
    }

    @Test
    void noSentenceShowsAKey() {
        String key = FAR_80.base64();
        for (String line : List.of(
                "c=IN IP4 inline:" + key,
                "m=audio inline:" + key + " RTP/AVP 0",
                "m=audio 1 inline:" + key + " 0",
                "m=base64:" + key,
                "a=crypto:1 AES_CM_128_HMAC_SHA1_80 x inline:" + key,
                "a=crypto:1 inline:" + key + " y",
                "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + key + "* x")) {
            String sdp = SECURE + line + "\nm=audio 5000 RTP/AVP 99\n";
            for (Object said : List.of(
                    secureEnd(SrtpPolicy.REQUIRED).early(bytes(sdp)),
                    secureEnd(SrtpPolicy.REQUIRED).answer(bytes(sdp), Direction.SENDRECV)))
                assertThat(said.toString()).doesNotContain(key.substring(0, 6));
        }
    }

    @Test
    void aParsedDescriptionShowsNoKey() throws Exception {
        assertThat(SessionDescription.parse(bytes(SECURE + crypto("1", FAR_80))).toString())
                .contains("AES_CM_128_HMAC_SHA1_80")
                .doesNotContain(FAR_80.base64());
    }

    @Test
    void keysFitThePolicyFromTheStart() {
        var rtp = new InetSocketAddress(Ends.address("192.0.2.1"), 4000);
        for (SrtpPolicy policy : List.of(SrtpPolicy.OFFERED, SrtpPolicy.REQUIRED))
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> OfferAnswer.of(rtp, can(policy, AudioCodec.PCMU), 1, List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OfferAnswer.of(rtp, Capabilities.DEFAULT, 1, List.of(KEY_80)));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> OfferAnswer.of(rtp, can(SrtpPolicy.OFFERED, AudioCodec.PCMU), 1, List.of(KEY_80, FAR_80)))
                .withMessageNotContaining(KEY_80.base64());
    }
}
