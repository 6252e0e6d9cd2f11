package dev.outdial.media.sdp;

import static dev.outdial.media.sdp.Ends.agreed;
import static dev.outdial.media.sdp.Ends.answered;
import static dev.outdial.media.sdp.Ends.can;
import static dev.outdial.media.sdp.Ends.declined;
import static dev.outdial.media.sdp.Ends.end;
import static dev.outdial.media.sdp.Ends.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.sdp.Negotiation.Agreed;
import dev.outdial.media.srtp.SrtpPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** G.722 and Opus in offers and answers: their clocks, and the keys beside them. */
class WideCodecsTest {
    private static final OfferAnswer OPUS_FIRST = end(can(SrtpPolicy.OFF, AudioCodec.OPUS, AudioCodec.PCMU));
    private static final OfferAnswer G722_FIRST = end(can(SrtpPolicy.OFF, AudioCodec.G722, AudioCodec.PCMA));

    private static String description(String... lines) {
        return "v=0\no=bob 1 1 IN IP4 192.0.2.9\ns=-\nc=IN IP4 192.0.2.9\nt=0 0\n" + String.join("\n", lines) + "\n";
    }

    @Test
    void opusIsOfferedWithItsClockAndKeysInItAndInTheUsualOne() {
        assertThat(text(OPUS_FIRST.sdp())).contains("""
                m=audio 4000 RTP/AVP 111 0 110 101
                a=rtpmap:111 opus/48000/2
                a=fmtp:111 maxplaybackrate=16000;stereo=0;useinbandfec=1
                a=rtpmap:0 PCMU/8000
                a=rtpmap:110 telephone-event/48000
                a=fmtp:110 0-16
                a=rtpmap:101 telephone-event/8000
                a=fmtp:101 0-16
                a=ptime:20
                """);
    }

    @Test
    void g722IsOfferedWithTheClockThatRfc3551GivesIt() {
        assertThat(text(G722_FIRST.sdp())).contains("""
                m=audio 4000 RTP/AVP 9 8 101
                a=rtpmap:9 G722/8000
                a=rtpmap:8 PCMA/8000
                a=rtpmap:101 telephone-event/8000
                """);
    }

    @Test
    void neitherIsOfferedOrTakenWhereItWasNotAskedFor() {
        assertThat(text(end().sdp())).doesNotContainIgnoringCase("opus").doesNotContain("G722", "48000");
        assertThat(Ends.refused(end(), description("m=audio 5000 RTP/AVP 111 9", "a=rtpmap:111 opus/48000/2")))
                .isEqualTo("the offer has none of our codecs: PCMU, PCMA");
        assertThat(declined(G722_FIRST, description("m=audio 5000 RTP/AVP 111", "a=rtpmap:111 opus/48000/2")))
                .isEqualTo("the answer has none of the codecs offered: G722, PCMA");
    }

    @Test
    void keysBesideOpusCountInItsClock() {
        Agreed terms = agreed(
                OPUS_FIRST,
                description(
                        "m=audio 5000 RTP/AVP 96 101 97",
                        "a=rtpmap:96 OPUS/48000/2",
                        "a=fmtp:96 useinbandfec=1; maxplaybackrate=48000; stereo=1",
                        "a=rtpmap:101 telephone-event/8000",
                        "a=rtpmap:97 telephone-event/48000"));
        assertThat(terms.codec()).isEqualTo(AudioCodec.OPUS);
        assertThat(terms.sendPayloadType()).isEqualTo(96);
        assertThat(terms.telephoneEventPayloadType()).hasValue(97);
        assertThat(terms.telephoneEventClockRate()).isEqualTo(48_000);
        assertThat(terms.receive().codec(111)).hasValue(AudioCodec.OPUS);
        assertThat(terms.receive().eventClockRate(110)).isEqualTo(48_000);
        assertThat(terms.receive().eventClockRate(101)).isEqualTo(8000);
        assertThat(terms.receive().eventClockRate(111)).isZero();
    }

    @Test
    void anEndThatKnowsKeysInTheUsualClockOnlyGetsThemInThat() {
        Agreed terms = agreed(
                OPUS_FIRST,
                description(
                        "m=audio 5000 RTP/AVP 111 101",
                        "a=rtpmap:111 opus/48000/2",
                        "a=rtpmap:101 telephone-event/8000"));
        assertThat(terms.telephoneEventPayloadType()).hasValue(101);
        assertThat(terms.telephoneEventClockRate()).isEqualTo(8000);
    }

    @Test
    void anOfferOfOpusIsAnsweredWithOneCodecAndItsKeys() {
        var answered = answered(
                OPUS_FIRST,
                description(
                        "m=audio 5000 RTP/AVP 111 9 0 110 126",
                        "a=rtpmap:111 opus/48000/2",
                        "a=rtpmap:110 telephone-event/48000",
                        "a=rtpmap:126 telephone-event/8000"));
        assertThat(text(answered.sdp())).contains("""
                m=audio 4000 RTP/AVP 111 110
                a=rtpmap:111 opus/48000/2
                a=fmtp:111 maxplaybackrate=16000;stereo=0;useinbandfec=1
                a=rtpmap:110 telephone-event/48000
                a=fmtp:110 0-15
                """);
        assertThat(answered.terms().telephoneEventClockRate()).isEqualTo(48_000);
        assertThat(answered.terms().receive().eventClockRate(126)).isEqualTo(8000);
    }

    @Test
    void g722IsKnownByItsNumberAlone() {
        var answered = answered(G722_FIRST, description("m=audio 5000 RTP/AVP 9 8"));
        assertThat(answered.terms().codec()).isEqualTo(AudioCodec.G722);
        assertThat(answered.terms().sendPayloadType()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({"10,10", "20,20", "30,20", "33,20", "40,40", "60,20"})
    void opusGoesInPacketsOfOneFrame(int asked, int sent) {
        Agreed terms = agreed(
                OPUS_FIRST, description("m=audio 5000 RTP/AVP 111", "a=rtpmap:111 opus/48000/2", "a=ptime:" + asked));
        assertThat(terms.ptimeMillis()).isEqualTo(sent);
    }

    @Test
    void comfortNoiseGoesWithClocksOf8000Only() {
        var capabilities = new Capabilities(List.of(AudioCodec.OPUS, AudioCodec.G722), 20, true, SrtpPolicy.OFF);
        String opus = description("m=audio 5000 RTP/AVP 111 13", "a=rtpmap:111 opus/48000/2");
        assertThat(answered(end(capabilities), opus).terms().comfortNoisePayloadType())
                .isEmpty();
        assertThat(agreed(end(capabilities), opus).comfortNoisePayloadType()).isEmpty();
        String g722 = description("m=audio 5000 RTP/AVP 9 13");
        assertThat(answered(end(capabilities), g722).terms().comfortNoisePayloadType())
                .hasValue(13);
    }

    @Test
    void numbersKeepTheirMeaningWhenTheCodecChangesWithinTheSession() {
        OfferAnswer end = answered(
                        OPUS_FIRST, description("m=audio 5000 RTP/AVP 0 111", "a=rtpmap:111 telephone-event/8000"))
                .next();
        // 111 is taken by the far end's keys.
        assertThat(text(end.offeringAll(Direction.SENDRECV).sdp())).contains("""
                m=audio 4000 RTP/AVP 0 111 96 110
                """.strip());
    }
}
