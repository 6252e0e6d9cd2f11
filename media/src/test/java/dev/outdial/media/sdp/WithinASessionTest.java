package dev.outdial.media.sdp;

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

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.sdp.Answering.Answered;
import dev.outdial.media.sdp.Negotiation.Agreed;
import dev.outdial.media.srtp.SrtpPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Offers and answers after the first ones (RFC 3264 section 8): hold, resume, refresh, and what the far end changes. */
class WithinASessionTest {
    private static final String FAR = """
            v=0
            o=bob 1 1 IN IP4 192.0.2.9
            s=-
            c=IN IP4 192.0.2.9
            t=0 0
            m=audio 5000 RTP/AVP 0 101
            a=rtpmap:101 telephone-event/8000
            """;

    private static String version(OfferAnswer end) {
        return text(end.sdp()).split(" ", 4)[2];
    }

    private static OfferAnswer talking() {
        return end().answered(bytes(FAR)).next();
    }

    @Test
    void holdAndResumeChangeNothingButTheDirectionAndTheVersion() {
        OfferAnswer talking = talking();
        OfferAnswer hold = talking.offering(Direction.SENDONLY);
        assertThat(text(hold.sdp()))
                .isEqualTo(text(talking.sdp()).replace("42 1 IN", "42 2 IN").replace("a=sendrecv", "a=sendonly"));
        OfferAnswer held = hold.answered(bytes(FAR + "a=recvonly\n")).next();
        OfferAnswer resume = held.offering(Direction.SENDRECV);
        assertThat(text(resume.sdp())).isEqualTo(text(talking.sdp()).replace("42 1 IN", "42 3 IN"));
    }

    @Test
    void whileWeHoldTheFarEndIsNotHeardWhateverItAnswers() {
        OfferAnswer hold = talking().offering(Direction.SENDONLY);
        Agreed proper = agreed(hold, FAR + "a=recvonly\n");
        assertThat(proper.mayTalk()).isTrue();
        assertThat(proper.mayListen()).isFalse();
        assertThat(agreed(hold, FAR).mayListen()).isFalse();
        assertThat(agreed(talking().offering(Direction.INACTIVE), FAR).mayTalk())
                .isFalse();
    }

    @Test
    void aRefreshIsTheSameDescriptionWithTheSameVersion() {
        OfferAnswer talking = talking();
        OfferAnswer refresh = talking.offering(talking.direction());
        assertThat(refresh.sdp()).isEqualTo(talking.sdp());
        assertThat(agreed(refresh, FAR)).isEqualTo(agreed(end(), FAR));
    }

    @Test
    void theFarEndsRefreshIsAnsweredWithTheSameDescriptionAndMeansTheSame() {
        Answered first = answered(end(), FAR);
        Answered again = answered(first.next(), FAR);
        assertThat(again.terms()).isEqualTo(first.terms());
        assertThat(again.sdp()).isEqualTo(first.sdp());
    }

    @Test
    void theFarEndHoldsAndResumesAndEveryAnswerHasItsVersion() {
        Answered first = answered(talking(), FAR);
        Answered held = answered(first.next(), FAR + "a=sendonly\n");
        Answered stillHeld = answered(held.next(), FAR.replace("1 1 IN", "1 2 IN") + "a=sendonly\n");
        Answered resumed = answered(stillHeld.next(), FAR);
        assertThat(held.terms().mayTalk()).isFalse();
        assertThat(resumed.terms()).isEqualTo(first.terms());
        assertThat(version(held.next())).isEqualTo("3");
        assertThat(version(stillHeld.next())).isEqualTo("3");
        assertThat(version(resumed.next())).isEqualTo("4");
    }

    @Test
    void theFarEndMovesToAnotherAddressCodecAndPacketLength() {
        Answered moved = answered(
                talking(),
                FAR.replace("c=IN IP4 192.0.2.9", "c=IN IP4 198.51.100.7")
                                .replace("5000 RTP/AVP 0 101", "7000 RTP/AVP 8 97")
                                .replace("rtpmap:101", "rtpmap:97")
                        + "a=ptime:30\n");
        assertThat(moved.terms().remoteRtp()).hasToString("/198.51.100.7:7000");
        assertThat(moved.terms().codec()).isEqualTo(AudioCodec.PCMA);
        assertThat(moved.terms().ptimeMillis()).isEqualTo(30);
        assertThat(moved.terms().telephoneEventPayloadType()).hasValue(97);
    }

    @Test
    void anOfferAfterAnAnswerKeepsItsNumbersStreamsAndKeys() {
        String offer = """
                v=0
                c=IN IP4 192.0.2.9
                m=video 6000 RTP/AVP 99
                m=audio 5000 RTP/SAVP 120 121
                a=rtpmap:120 L16/8000
                a=rtpmap:121 telephone-event/8000
                a=crypto:7 AES_CM_128_HMAC_SHA1_32 inline:%s
                """.formatted(Ends.KEY_32.base64());
        OfferAnswer ours = end(can(SrtpPolicy.OFFERED, AudioCodec.L16), Ends.KEY_80, Ends.KEY_32);
        Answered answer = answered(ours, offer);
        OfferAnswer hold = answer.next().offering(Direction.INACTIVE);
        assertThat(text(hold.sdp()))
                .isEqualTo(text(answer.sdp()).replace("42 2 IN", "42 3 IN").replace("a=sendrecv", "a=inactive"))
                .contains(
                        "m=video 0 RTP/AVP 99\nm=audio 4000 RTP/SAVP 120 121\n", "a=crypto:7 AES_CM_128_HMAC_SHA1_32 ");
        // The answer to it has its audio in the second place.
        assertThat(agreed(hold, offer.replace("video 6000", "video 0")).sendPayloadType())
                .isEqualTo(120);
        assertThat(declined(hold, FAR)).isEqualTo("the answer has 1 m= lines, offered was audio in number 2");
        assertThat(declined(hold, offer.replace("m=audio", "m=video")))
                .isEqualTo("the answer has in the place of audio video, not audio");
    }

    @Test
    void anInviteWithoutAnOfferIsOfferedAllThatWeCan() {
        // The far end gave telephone-events the number that we would give L16, and L16 another one, and does without it
        // later.
        String offer = FAR.replace("RTP/AVP 0 101", "RTP/AVP 97 96").replace("rtpmap:101", "rtpmap:96");
        var can = new Capabilities(List.of(AudioCodec.L16, AudioCodec.PCMU), 20, true, SrtpPolicy.OFFERED);
        Answered linear = answered(end(can, Ends.KEY_80, Ends.KEY_32), offer + "a=rtpmap:97 L16/8000\n");
        OfferAnswer plain = answered(linear.next(), FAR.replace("0 101", "0")).next();
        assertThat(text(plain.offeringAll(Direction.SENDRECV).sdp()))
                .contains(
                        "m=audio 4000 RTP/AVP 0 97 13 96\n",
                        "a=rtpmap:0 PCMU/8000\na=rtpmap:97 L16/8000\na=rtpmap:13 CN/8000\na=rtpmap:96 telephone-event/8000\n",
                        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 ",
                        "a=crypto:2 AES_CM_128_HMAC_SHA1_32 ");
        // Who has offered everything has nothing to add.
        OfferAnswer talking = talking();
        assertThat(talking.offeringAll(Direction.SENDRECV).sdp()).isEqualTo(talking.sdp());
    }

    @Test
    void aNumberThatIsTakenIsNotGivenToAnother() {
        String offer = FAR.replace("0 101", "96 101").replace("telephone-event", "PCMU") + "a=rtpmap:96 PCMU/8000\n";
        Answered answer = answered(end(can(SrtpPolicy.OFF, AudioCodec.PCMU, AudioCodec.L16)), offer);
        OfferAnswer all = answer.next().offeringAll(Direction.SENDRECV);
        assertThat(text(all.sdp())).contains("RTP/AVP 96 97 101\n", "a=rtpmap:97 L16/8000\n");
        // Nor one that had a meaning earlier in the session.
        OfferAnswer keys = end(can(SrtpPolicy.OFF, AudioCodec.PCMU, AudioCodec.L16));
        OfferAnswer once = answered(keys, FAR.replace("101", "96")).next();
        OfferAnswer without = answered(once, FAR.replace(" 101", "")).next();
        assertThat(text(without.offeringAll(Direction.SENDRECV).sdp())).contains("RTP/AVP 0 97 96\n");
        assertThat(agreed(all, FAR.replace("0 101", "97 101") + "a=rtpmap:97 L16/8000\n")
                        .codec())
                .isEqualTo(AudioCodec.L16);
    }

    private static List<String> tags(OfferAnswer end) {
        return text(end.sdp())
                .lines()
                .filter(line -> line.startsWith("a=crypto:"))
                .map(line -> line.substring("a=crypto:".length(), "a=crypto:".length() + 1))
                .toList();
    }

    @Test
    void onceAKeyIsAgreedOnItAloneIsOffered() {
        String answer = FAR + "a=crypto:2 AES_CM_128_HMAC_SHA1_32 inline:" + Ends.KEY_80.base64();
        OfferAnswer talking =
                secureEnd(SrtpPolicy.OFFERED).answered(bytes(answer)).next();
        OfferAnswer hold = talking.offering(Direction.SENDONLY);
        assertThat(tags(talking)).containsExactly("1", "2");
        assertThat(tags(hold)).containsExactly("2");
        assertThat(tags(hold.declined().offering(Direction.INACTIVE))).containsExactly("2");
        assertThat(tags(talking.offeringAll(Direction.SENDRECV))).containsExactly("2", "3");
        assertThat(agreed(hold, answer).srtp()).isPresent();
        // And a call that was agreed on in clear stays so, unless all is offered again.
        OfferAnswer clear = secureEnd(SrtpPolicy.OFFERED).answered(bytes(FAR)).next();
        assertThat(tags(clear.offering(Direction.SENDONLY))).isEmpty();
        assertThat(tags(clear.offeringAll(Direction.SENDRECV))).containsExactly("1", "2");
    }

    @Test
    void anEncryptedCallIsOfferedItsKeyFirst() {
        String offer = FAR.replace("AVP", "SAVP") + "a=crypto:7 AES_CM_128_HMAC_SHA1_32 inline:" + Ends.KEY_80.base64();
        OfferAnswer all = answered(secureEnd(SrtpPolicy.REQUIRED), offer).next().offeringAll(Direction.SENDRECV);
        assertThat(text(all.sdp()).lines().filter(line -> line.startsWith("a=crypto")))
                .containsExactly(
                        "a=crypto:7 AES_CM_128_HMAC_SHA1_32 inline:" + Ends.KEY_32.base64(),
                        "a=crypto:8 AES_CM_128_HMAC_SHA1_80 inline:" + Ends.KEY_80.base64());
    }

    @Test
    void anOfferThatIsRefusedLeavesEverythingAsItWasAndItsVersionIsNotUsedAgain() {
        OfferAnswer talking = talking();
        OfferAnswer refused = talking.offering(Direction.SENDONLY).declined();
        assertThat(refused.sdp()).isEqualTo(talking.sdp());
        assertThat(refused.direction()).isEqualTo(Direction.SENDRECV);
        assertThat(version(refused.offering(Direction.SENDRECV))).isEqualTo("3");
        // Asked for once more after a glare, it is the offer that the far end knows.
        assertThat(version(refused.offering(Direction.SENDONLY))).isEqualTo("2");
    }

    @Test
    void anOfferThatWeRefuseChangesNothing() {
        OfferAnswer talking = talking();
        assertThat(refused(talking, FAR.replace("audio 5000 RTP/AVP 0 101", "image 5000 udptl t38")))
                .isEqualTo("the offer has no audio");
        assertThat(talking.offering(Direction.SENDRECV).sdp()).isEqualTo(talking.sdp());
    }

    @Test
    void aLookAtAnEarlyAnswerIsNoStep() {
        OfferAnswer offer = end();
        Negotiation early = offer.early(bytes(FAR.replace("RTP/AVP 0", "RTP/AVP 8")));
        assertThat(((Agreed) early).codec()).isEqualTo(AudioCodec.PCMA);
        assertThat(agreed(offer, FAR).codec()).isEqualTo(AudioCodec.PCMU);
    }

    @Test
    void beforeAnyAnswerAllThatWasOfferedMayArrive() {
        assertThat(end(can(SrtpPolicy.OFF, AudioCodec.L16, AudioCodec.PCMA)).receivable())
                .isEqualTo(PayloadTypes.NONE
                        .withCodec(96, AudioCodec.L16)
                        .withCodec(8, AudioCodec.PCMA)
                        .withTelephoneEvent(101));
    }

    @Test
    void noDescriptionOfOursShowsAKeyInItsName() {
        OfferAnswer end = secureEnd(SrtpPolicy.REQUIRED);
        assertThat(end.toString() + end.offering(Direction.INACTIVE) + answered(secureEnd(SrtpPolicy.OFFERED), FAR))
                .doesNotContain(Ends.KEY_80.base64(), Ends.KEY_32.base64());
    }
}
