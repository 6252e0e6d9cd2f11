package dev.outdial.media.sdp;

import static dev.outdial.media.sdp.Ends.address;
import static dev.outdial.media.sdp.Ends.answered;
import static dev.outdial.media.sdp.Ends.bytes;
import static dev.outdial.media.sdp.Ends.can;
import static dev.outdial.media.sdp.Ends.end;
import static dev.outdial.media.sdp.Ends.refused;
import static dev.outdial.media.sdp.Ends.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.sdp.Answering.Answered;
import dev.outdial.media.srtp.SrtpPolicy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The far end offers: how we answer (RFC 3264 section 6). */
class AnsweringTest {
    private static final String OFFER = """
            v=0
            o=alice 7 7 IN IP4 192.0.2.9
            s=a call
            c=IN IP4 192.0.2.9
            t=0 0
            m=audio 5000 RTP/AVP 18 8 0 96
            a=rtpmap:96 telephone-event/8000
            a=fmtp:96 0-16
            """;

    @Test
    void theFirstCodecThatWeHaveIsAnsweredUnderTheOffersNumbers() {
        Answered answer = answered(end(), OFFER);
        assertThat(text(answer.sdp())).isEqualTo("""
                v=0
                o=- 42 2 IN IP4 192.0.2.1
                s=-
                c=IN IP4 192.0.2.1
                t=0 0
                m=audio 4000 RTP/AVP 8 96
                a=rtpmap:8 PCMA/8000
                a=rtpmap:96 telephone-event/8000
                a=fmtp:96 0-16
                a=ptime:20
                a=sendrecv
                """);
        assertThat(answer.terms().codec()).isEqualTo(AudioCodec.PCMA);
        assertThat(answer.terms().sendPayloadType()).isEqualTo(8);
        assertThat(answer.terms().telephoneEventPayloadType()).hasValue(96);
        assertThat(answer.terms().remoteRtp()).hasToString("/192.0.2.9:5000");
        assertThat(answer.terms().remoteRtcp()).hasToString("/192.0.2.9:5001");
        assertThat(answer.terms().mayTalk()).isTrue();
        assertThat(answer.terms().mayListen()).isTrue();
        assertThat(answer.terms().srtp()).isEmpty();
    }

    @Test
    void whateverWasOfferedAndWeHaveIsUnderstood() {
        assertThat(answered(end(), OFFER).terms().receive())
                .isEqualTo(PayloadTypes.NONE
                        .withCodec(8, AudioCodec.PCMA)
                        .withCodec(0, AudioCodec.PCMU)
                        .withTelephoneEvent(96));
    }

    @Test
    void dynamicNumbersAreMirroredEvenForStaticCodecs() {
        String offer = OFFER.replace("18 8 0 96", "110 111") + "a=rtpmap:110 pcmu/8000/1\na=rtpmap:111 L16/8000\n";
        assertThat(answered(end(), offer).terms().sendPayloadType()).isEqualTo(110);
        Answered linear = answered(end(can(SrtpPolicy.OFF, AudioCodec.L16)), offer);
        assertThat(linear.terms().sendPayloadType()).isEqualTo(111);
        assertThat(linear.terms().receive().codec(111)).hasValue(AudioCodec.L16);
        assertThat(text(linear.sdp())).contains("m=audio 4000 RTP/AVP 111\n", "a=rtpmap:111 L16/8000\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"L16/44100", "L16/8000/2", "PCMU/16000", "G722/8000", "PCMU/8000/x", "x"})
    void anotherClockOrMoreChannelsIsAnotherCodec(String map) {
        assertThat(refused(end(), OFFER.replace("18 8 0 96", "97") + "a=rtpmap:97 " + map + "\n"))
                .isEqualTo("the offer has none of our codecs: PCMU, PCMA");
    }

    @Test
    void keysAreAnsweredOnlyWhereTheyWereOffered() {
        Answered without = answered(end(), OFFER.replace(" 96", ""));
        assertThat(without.terms().telephoneEventPayloadType()).isEmpty();
        assertThat(text(without.sdp())).doesNotContain("telephone-event");
        // Of several clock rates the sound's is taken.
        Answered several =
                answered(end(), OFFER.replace("0 96\n", "0 97 96\n") + "a=rtpmap:97 telephone-event/16000\n");
        assertThat(several.terms().telephoneEventPayloadType()).hasValue(96);
        assertThat(text(several.sdp())).contains("RTP/AVP 8 96\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"0-16;0-16", "0-15;0-15", "0-11;0-15", "0-15,66,70;0-15", "events=0-16;0-16", "?;0-15"})
    void theHookFlashIsNamedWhereTheOfferNamesIt(String offered, String answered) {
        assertThat(text(answered(end(), OFFER.replace("0-16", offered)).sdp()))
                .contains("a=fmtp:96 " + answered + "\n");
    }

    @Test
    void whatTheFarEndTakesOfKeysIsKnown() {
        OfferAnswer some = answered(end(), OFFER.replace("0-16", "0-11,16")).next();
        assertThat(List.of(some.takesEvent(0), some.takesEvent(11), some.takesEvent(12), some.takesEvent(16)))
                .containsExactly(true, true, false, true);
        OfferAnswer silent =
                answered(end(), OFFER.replace("a=fmtp:96 0-16\n", "")).next();
        assertThat(List.of(silent.takesEvent(0), silent.takesEvent(15), silent.takesEvent(16)))
                .containsExactly(true, true, false);
    }

    @ParameterizedTest
    @CsvSource({
        "sendrecv,sendrecv,true,true",
        "sendonly,recvonly,false,true",
        "recvonly,sendonly,true,false",
        "inactive,inactive,false,false"
    })
    void theDirectionIsAnsweredFromTheOtherSide(String offered, String direction, boolean mayTalk, boolean mayListen) {
        for (String offer : List.of(
                OFFER + "a=" + offered + "\n",
                OFFER.replace("t=0 0", "t=0 0\na=" + offered),
                OFFER.replace("t=0 0", "t=0 0\na=inactive") + "a=" + offered + "\n")) {
            Answered answer = answered(end(), offer);
            assertThat(text(answer.sdp())).endsWith("a=" + direction + "\n");
            assertThat(answer.terms().mayTalk()).isEqualTo(mayTalk);
            assertThat(answer.terms().mayListen()).isEqualTo(mayListen);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SENDRECV,sendrecv,sendrecv",
        "SENDONLY,sendrecv,sendonly",
        "SENDONLY,sendonly,inactive",
        "SENDONLY,recvonly,sendonly",
        "RECVONLY,sendrecv,recvonly",
        "INACTIVE,sendrecv,inactive"
    })
    void anEndThatHoldsAnswersWithNoMoreThanItWishes(Direction wish, String offered, String direction) {
        Answered answer = answered(end(), OFFER + "a=" + offered + "\n", wish);
        assertThat(text(answer.sdp())).endsWith("a=" + direction + "\n");
        Direction ours = answer.next().direction();
        assertThat(answer.terms().mayTalk()).isEqualTo(ours.sends());
        assertThat(answer.terms().mayListen()).isEqualTo(ours.listens());
    }

    @ParameterizedTest
    @ValueSource(strings = {"c=IN IP4 0.0.0.0", "c=IN IP6 ::"})
    void theOldWayOfHoldingIsAnsweredWithSilence(String zero) {
        for (String offer : List.of(OFFER + zero + "\n", OFFER.replace("c=IN IP4 192.0.2.9", zero))) {
            Answered answer = answered(end(), offer);
            assertThat(answer.terms().mayTalk()).isFalse();
            assertThat(answer.terms().mayReport()).isFalse();
            assertThat(answer.terms().mayListen()).isTrue();
            assertThat(text(answer.sdp())).contains("c=IN IP4 192.0.2.1\n").endsWith("a=recvonly\n");
        }
    }

    @Test
    void aMissingSdpTimeOrNameDoesNotMatter() {
        assertThat(answered(end(), "c=IN IP4 192.0.2.9\nm=audio 5000 RTP/AVP 0\n")
                        .terms()
                        .codec())
                .isEqualTo(AudioCodec.PCMU);
    }

    @Test
    void everyStreamIsAnsweredInItsPlaceAndOnlyOneTaken() {
        String offer = """
                v=0
                c=IN IP4 192.0.2.9
                m=video 6000 RTP/AVP 99
                c=IN IP4 video.example.com
                a=rtpmap:99 H264/90000
                m=audio 5000 UDP/TLS/RTP/SAVPF 0
                m=audio 5002 RTP/AVP 0
                m=audio 5004 RTP/AVP 0
                m=image 5006 udptl t38
                m=application 0 TCP/MSRP *
                """;
        Answered answer = answered(end(), offer);
        assertThat(text(answer.sdp()).lines().filter(line -> line.startsWith("m=")))
                .containsExactly(
                        "m=video 0 RTP/AVP 99",
                        "m=audio 0 UDP/TLS/RTP/SAVPF 0",
                        "m=audio 4000 RTP/AVP 0",
                        "m=audio 0 RTP/AVP 0",
                        "m=image 0 udptl t38",
                        "m=application 0 TCP/MSRP *");
        assertThat(answer.terms().remoteRtp()).hasToString("/192.0.2.9:5002");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "v=0|c=IN IP4 192.0.2.9|m=image 5000 udptl t38;the offer has no audio",
                "v=0|c=IN IP4 192.0.2.9|m=audio 0 RTP/AVP 0;the offer has no audio",
                "v=0|c=IN IP4 192.0.2.9;the offer has no audio",
                "v=0|m=audio 5000 RTP/AVP 0;the offer has no c= line",
                "v=0|c=IN IP6 2001:db8::1|m=audio 5000 RTP/AVP 0;the offer's address is IPv6, ours is IPv4",
                "v=0|c=IN IP4 239.0.0.1|m=audio 5000 RTP/AVP 0;the offer wants audio sent to a multicast group",
                "v=0|c=IN IP4 192.0.2.9|m=audio 5000 RTP/AVP 9;the offer has none of our codecs: PCMU, PCMA",
                "v=0|c=IN IP4 192.0.2.9|m=audio 5000 RTP/AVP;the offer has none of our codecs: PCMU, PCMA"
            })
    void whatCannotBeTakenIsRefusedInASentence(String offer, String why) {
        assertThat(refused(end(), offer.replace("|", "\n") + "\n")).isEqualTo(why);
    }

    @Test
    void nonsenseIsRefusedInASentence() {
        assertThat(refused(end(), "")).startsWith("the offer's session description cannot be used: ");
        assertThat(refused(end(), "v=0\nm=audio x RTP/AVP 0\n")).contains("\"m=audio x RTP/AVP 0\", expected a port");
        assertThat(refused(end(), "v=0\nc=IN IP4 pbx.example.com\nm=audio 5000 RTP/AVP 0\n"))
                .isEqualTo("the offer's c= line says IN IP4 pbx.example.com, expected a numeric address: "
                        + "names are not looked up");
    }

    @ParameterizedTest
    @CsvSource({"10,10", "20,20", "25,25", "30,30", "40,40", "5,20", "60,20", "120,20"})
    void thePacketLengthIsTheOffersWithinReason(String ptime, int millis) {
        Answered answer = answered(end(), OFFER + "a=ptime:" + ptime + "\n");
        assertThat(answer.terms().ptimeMillis()).isEqualTo(millis);
        assertThat(text(answer.sdp())).contains("a=ptime:" + millis + "\n");
    }

    @ParameterizedTest
    @CsvSource({"20,10,10", "30,20,20", "60,10,10", "60,150,20", "30,5,30", "30,0,30"})
    void noPacketIsLongerThanTheFarEndTakes(String ptime, String most, int millis) {
        assertThat(answered(end(), OFFER + "a=maxptime:" + most + "\na=ptime:" + ptime + "\n")
                        .terms()
                        .ptimeMillis())
                .isEqualTo(millis);
        if (!ptime.equals("60")) return;
        assertThat(answered(end(), OFFER + "a=maxptime:" + most + "\n").terms().ptimeMillis())
                .isEqualTo(millis);
    }

    @Test
    void sharingOnePortForRtpAndRtcpIsDeclinedByNotAnsweringIt() {
        Answered answer = answered(end(), OFFER + "a=rtcp:5000 IN IP4 192.0.2.9\na=rtcp-mux\n");
        assertThat(text(answer.sdp())).doesNotContain("rtcp");
        assertThat(answer.terms().remoteRtcp()).hasToString("/192.0.2.9:5001");
    }

    @Test
    void aPortOfItsOwnForRtcpIsHonoured() {
        assertThat(answered(end(), OFFER + "a=rtcp:7001\n").terms().remoteRtcp())
                .hasToString("/192.0.2.9:7001");
        assertThat(answered(end(), OFFER + "a=rtcp:5000 IN IP4 192.0.2.10\na=rtcp-mux\n")
                        .terms()
                        .remoteRtcp())
                .hasToString("/192.0.2.10:5000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RTP/AVP", "RTP/AVPF", "rtp/avp"})
    void aProfileWithFeedbackIsAnsweredAsItIs(String protocol) {
        assertThat(text(answered(end(), OFFER.replace("RTP/AVP", protocol)).sdp()))
                .containsIgnoringCase("m=audio 4000 " + protocol + " 8 96\n");
    }

    @Test
    void comfortNoiseIsAgreedOnlyWhereBothNameIt() {
        var quiet = new Capabilities(List.of(AudioCodec.PCMU), 20, true, SrtpPolicy.OFF);
        String offer = OFFER.replace("18 8 0 96", "0 13");
        Answered both = answered(end(quiet), offer);
        assertThat(both.terms().comfortNoisePayloadType()).hasValue(13);
        assertThat(text(both.sdp())).contains("RTP/AVP 0 13\n", "a=rtpmap:13 CN/8000\n");
        assertThat(answered(end(quiet), OFFER).terms().comfortNoisePayloadType())
                .isEmpty();
        Answered notOurs = answered(end(), offer);
        assertThat(notOurs.terms().comfortNoisePayloadType()).isEmpty();
        assertThat(notOurs.terms().receive().isComfortNoise(13)).isTrue();
        assertThat(text(notOurs.sdp())).doesNotContain("CN/8000");
        assertThat(answered(end(quiet), offer + "a=rtpmap:13 CN/16000\n")
                        .terms()
                        .comfortNoisePayloadType())
                .isEmpty();
    }

    @Test
    void overIpv6AllIsTheSame() {
        var ours = end(address("2001:db8::1"), Capabilities.DEFAULT);
        Answered answer = answered(ours, OFFER.replace("IP4 192.0.2.9", "IP6 2001:db8::9"));
        assertThat(text(answer.sdp())).contains("c=IN IP6 2001:db8:0:0:0:0:0:1\n");
        assertThat(answer.terms().remoteRtp().getAddress()).isEqualTo(address("2001:db8::9"));
        assertThat(refused(ours, OFFER)).isEqualTo("the offer's address is IPv4, ours is IPv6");
    }

    @Test
    void anInviteWithoutAnOfferIsAnsweredFromItsResponse() {
        // A late offer: the far end offers in its 200, and our ACK carries the answer.
        OfferAnswer never = end();
        Answered answer = answered(never, OFFER);
        assertThat(answer.terms().codec()).isEqualTo(AudioCodec.PCMA);
        // And the same again, as for an INVITE that is sent twice.
        assertThat(answered(answer.next(), OFFER).sdp()).isEqualTo(answer.sdp());
    }

    @Test
    void twoMeaningsOfOneNumberHarmNobody() {
        Answered answer = answered(
                end(), OFFER.replace("18 8 0 96", "0 0 96 96 0") + "a=rtpmap:0 PCMA/8000\na=rtpmap:96 PCMU/8000\n");
        assertThat(answer.terms().codec()).isEqualTo(AudioCodec.PCMA);
        assertThat(answer.terms().telephoneEventPayloadType()).isEqualTo(OptionalInt.empty());
        assertThat(answer.terms().receive().codec(96)).isEqualTo(Optional.of(AudioCodec.PCMU));
    }

    @Test
    void theEndsOfAPortRangeAreTaken() {
        assertThat(answered(end(), OFFER.replace("5000", "65535")).terms().remoteRtcp())
                .hasToString("/192.0.2.9:65535");
        assertThat(answered(end(), OFFER.replace("5000", "5000/2")).terms().remoteRtp())
                .hasToString("/192.0.2.9:5000");
        assertThat(end().answer(bytes(OFFER.replace("5000", "65536")), Direction.SENDRECV))
                .isInstanceOf(Answering.Refused.class);
    }
}
