package dev.outdial.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.sdp.Negotiation.Agreed;
import dev.outdial.media.sdp.Negotiation.Declined;
import dev.outdial.media.srtp.SrtpPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfferAnswerTest {
    private static final String ANSWER = """
            v=0
            o=bob 1 1 IN IP4 192.0.2.9
            s=-
            c=IN IP4 192.0.2.9
            t=0 0
            m=audio 4000 RTP/AVP 0 101
            a=rtpmap:0 PCMU/8000
            a=rtpmap:101 telephone-event/8000
            a=fmtp:101 0-15
            """;

    private static final InetAddress OFFERED = ipv4(192, 0, 2, 1);

    private static InetAddress ipv4(int... numbers) {
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) bytes[i] = (byte) numbers[i];
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OfferAnswer ours(InetAddress address) {
        return OfferAnswer.of(new InetSocketAddress(address, 4000), Capabilities.DEFAULT, 42, List.of());
    }

    private static Negotiation judge(String answer) {
        return ours(OFFERED).early(answer.getBytes(StandardCharsets.UTF_8));
    }

    private static Agreed agreed(String answer) {
        assertThat(judge(answer)).isInstanceOf(Agreed.class);
        return (Agreed) judge(answer);
    }

    private static String declined(String answer) {
        assertThat(judge(answer)).isInstanceOf(Declined.class);
        return ((Declined) judge(answer)).why();
    }

    @Test
    void theOfferSaysWhatWeCanDo() throws Exception {
        var local = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 4000);
        assertThat(new String(
                        OfferAnswer.of(local, Capabilities.DEFAULT, 42, List.of())
                                .sdp(),
                        StandardCharsets.US_ASCII))
                .isEqualTo("""
                        v=0
                        o=- 42 1 IN IP4 127.0.0.1
                        s=-
                        c=IN IP4 127.0.0.1
                        t=0 0
                        m=audio 4000 RTP/AVP 0 8 101
                        a=rtpmap:0 PCMU/8000
                        a=rtpmap:8 PCMA/8000
                        a=rtpmap:101 telephone-event/8000
                        a=fmtp:101 0-16
                        a=ptime:20
                        a=sendrecv
                        """.replace("\n", "\r\n"));
    }

    @Test
    void theOfferNamesCodecsInTheOrderOfPreferenceAndWhatElseWasAskedFor() {
        var can = new Capabilities(List.of(AudioCodec.L16, AudioCodec.PCMA), 30, true, SrtpPolicy.OFF);
        assertThat(Ends.text(Ends.end(can).sdp())).endsWith("""
                m=audio 4000 RTP/AVP 96 8 13 101
                a=rtpmap:96 L16/8000
                a=rtpmap:8 PCMA/8000
                a=rtpmap:13 CN/8000
                a=rtpmap:101 telephone-event/8000
                a=fmtp:101 0-16
                a=ptime:30
                a=sendrecv
                """);
    }

    @Test
    void anOfferNeedsAPortAndASessionNumber() {
        var rtp = new InetSocketAddress(OFFERED, 4000);
        assertThatIllegalArgumentException().isThrownBy(() -> OfferAnswer.of(rtp, Capabilities.DEFAULT, -1, List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> OfferAnswer.of(new InetSocketAddress(OFFERED, 0), Capabilities.DEFAULT, 1, List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OfferAnswer.of(
                        InetSocketAddress.createUnresolved("pbx", 4000), Capabilities.DEFAULT, 1, List.of()));
    }

    @Test
    void theAnswersLongestPacketIsKeptTo() {
        assertThat(agreed(ANSWER + "a=ptime:30\na=maxptime:20\n").ptimeMillis()).isEqualTo(20);
        assertThat(agreed(ANSWER + "a=maxptime:10\n").ptimeMillis()).isEqualTo(10);
        assertThat(agreed(ANSWER + "a=maxptime:150\n").ptimeMillis()).isEqualTo(20);
        assertThat(agreed(ANSWER + "a=maxptime:1\n").ptimeMillis()).isEqualTo(20);
    }

    @Test
    void keysAreHeardUnderTheAnswersNumberTooButNotUnderOneOfASoundOfOurs() {
        String own = ANSWER.replace("0 101", "0 100").replace("rtpmap:101", "rtpmap:100");
        assertThat(agreed(own).receive())
                .isEqualTo(agreed(ANSWER).receive().withTelephoneEvent(100))
                .isNotEqualTo(agreed(ANSWER).receive());
        String taken = ANSWER.replace("0 101", "0 8").replace("rtpmap:101", "rtpmap:8");
        assertThat(agreed(taken).telephoneEventPayloadType()).hasValue(8);
        assertThat(agreed(taken).receive().codec(8)).hasValue(AudioCodec.PCMA);
    }

    @Test
    void comfortNoiseIsSentOnlyWhereBothNamedIt() {
        var quiet = Ends.end(new Capabilities(List.of(AudioCodec.PCMU), 20, true, SrtpPolicy.OFF));
        String noisy = ANSWER.replace("0 101", "13 0 101");
        assertThat(Ends.agreed(quiet, noisy).comfortNoisePayloadType()).hasValue(13);
        assertThat(Ends.agreed(quiet, noisy).codec()).isEqualTo(AudioCodec.PCMU);
        assertThat(Ends.agreed(quiet, ANSWER).comfortNoisePayloadType()).isEmpty();
        assertThat(agreed(noisy).comfortNoisePayloadType()).isEmpty();
        assertThat(agreed(noisy).receive().isComfortNoise(13)).isTrue();
    }

    @Test
    void rtcpIsNeverSentToThePortOfRtp() {
        assertThat(agreed(ANSWER + "a=rtcp-mux\n").remoteRtcp()).hasToString("/192.0.2.9:4001");
        assertThat(agreed(ANSWER + "a=rtcp:4000\na=rtcp-mux\n").remoteRtcp()).hasToString("/192.0.2.9:4001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RTP/AVPF", "rtp/avp"})
    void aProfileThatDoesNoHarmIsTakenInAnAnswer(String protocol) {
        assertThat(agreed(ANSWER.replace("RTP/AVP", protocol))).isEqualTo(agreed(ANSWER));
    }

    @Test
    void anOfferOverIpv6IsAgreeableToOurselves() throws Exception {
        InetAddress loopback = InetAddress.getAllByName("::1")[0];
        byte[] offer = ours(loopback).sdp();
        assertThat(new String(offer, StandardCharsets.US_ASCII)).contains("c=IN IP6 0:0:0:0:0:0:0:1\r\n");
        assertThat(((Agreed) ours(loopback).early(offer)).remoteRtp()).isEqualTo(new InetSocketAddress(loopback, 4000));
    }

    @Test
    void aPlainAnswerIsAgreedTo() {
        InetAddress remote = ipv4(192, 0, 2, 9);
        assertThat(judge(ANSWER))
                .isEqualTo(new Agreed(
                        AudioCodec.PCMU,
                        0,
                        OptionalInt.of(101),
                        OptionalInt.empty(),
                        PayloadTypes.NONE
                                .withCodec(0, AudioCodec.PCMU)
                                .withCodec(8, AudioCodec.PCMA)
                                .withTelephoneEvent(101),
                        20,
                        new InetSocketAddress(remote, 4000),
                        new InetSocketAddress(remote, 4001),
                        true,
                        true,
                        Optional.empty()));
    }

    @Test
    void ofSeveralCodecsTheFirstThatWasOfferedIsSent() {
        assertThat(agreed(ANSWER.replace("AVP 0 101", "AVP 18 8 0 101")).codec())
                .isEqualTo(AudioCodec.PCMA);
        assertThat(declined(ANSWER.replace("AVP 0 101", "AVP 18 101"))).contains("none of the codecs offered");
        assertThat(declined(ANSWER.replace("PCMU/8000", "G729/8000"))).contains("none of the codecs offered");
    }

    @Test
    void payloadTypesAreTheAnswersInOurDirection() {
        Agreed agreed = agreed(ANSWER.replace("0 101", "96 97")
                .replace("rtpmap:0", "rtpmap:96")
                .replace("rtpmap:101", "rtpmap:97"));
        assertThat(agreed.sendPayloadType()).isEqualTo(96);
        assertThat(agreed.telephoneEventPayloadType()).hasValue(97);
        assertThat(agreed.receive().isTelephoneEvent(101)).isTrue();
    }

    @Test
    void theOfferedNumberNeedsNoMapToMeanTelephoneEvents() {
        assertThat(agreed(ANSWER.replace("a=rtpmap:101 telephone-event/8000\n", ""))
                        .telephoneEventPayloadType())
                .hasValue(101);
        assertThat(agreed(ANSWER.replace("telephone-event/8000", "speex/8000")).telephoneEventPayloadType())
                .isEmpty();
    }

    @Test
    void withoutTelephoneEventsNoKeysAreSent() {
        assertThat(agreed(ANSWER.replace("0 101", "0")).telephoneEventPayloadType())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"10,10", "25,25", "30,30", "40,40", "5,20", "60,20", "0,20", "x,20", "20.0,20", "99999999999,20"})
    void thePacketLengthIsTheAnswersWithinReason(String ptime, int millis) {
        assertThat(agreed(ANSWER + "a=ptime:" + ptime + "\n").ptimeMillis()).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({"sendrecv,true,true", "sendonly,false,true", "recvonly,true,false", "inactive,false,false"})
    void theDirectionIsTurnedRound(String direction, boolean mayTalk, boolean mayListen) {
        Agreed inSection = agreed(ANSWER + "a=" + direction + "\n");
        assertThat(inSection.mayTalk()).isEqualTo(mayTalk);
        assertThat(inSection.mayListen()).isEqualTo(mayListen);
        assertThat(agreed(ANSWER.replace("t=0 0", "t=0 0\na=" + direction)).mayTalk())
                .isEqualTo(mayTalk);
        assertThat(agreed(ANSWER.replace("t=0 0", "t=0 0\na=inactive") + "a=" + direction + "\n")
                        .mayTalk())
                .isEqualTo(mayTalk);
    }

    @Test
    void theOldWayOfHoldingIsUnderstood() {
        assertThat(agreed(ANSWER + "c=IN IP6 ::\n").mayTalk()).isFalse();
        assertThat(agreed(ANSWER + "c=IN IP4 0.0.0.0\n").mayReport()).isFalse();
        assertThat(agreed(ANSWER.replace("c=IN IP4 192.0.2.9", "c=IN IP4 0.0.0.0"))
                        .mayTalk())
                .isFalse();
    }

    @Test
    void theSectionsAddressAndTheRtcpAttributeGoFirst() {
        Agreed agreed = agreed(ANSWER + "c=IN IP4 192.0.2.77/127\na=rtcp:5555 IN IP4 192.0.2.78\n");
        assertThat(agreed.remoteRtp().getAddress().getHostAddress()).isEqualTo("192.0.2.77");
        assertThat(agreed.remoteRtcp()).hasToString("/192.0.2.78:5555");
        assertThat(agreed(ANSWER + "a=rtcp:5555\n").remoteRtcp()).hasToString("/192.0.2.9:5555");
    }

    @Test
    void anAddressOfAnotherFamilyThanTheOffersIsDeclined() throws Exception {
        assertThat(declined(ANSWER.replace("c=IN IP4 192.0.2.9", "c=IN IP6 2001:db8::1")))
                .isEqualTo("the answer's address is IPv6, ours is IPv4");
        assertThat(declined(ANSWER + "c=IN IP6 2001:db8::1\n")).contains("IPv6");
        assertThat(ours(InetAddress.getAllByName("::1")[0]).early(ANSWER.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Declined("the answer's address is IPv4, ours is IPv6"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4444 IN IP6 2001:db8::1", "4444 IN IP4 239.0.0.1", "0", "0 IN IP4 192.0.2.78"})
    void anRtcpAttributeThatCannotBeFollowedIsPassedOver(String rtcp) {
        assertThat(agreed(ANSWER + "a=rtcp:" + rtcp + "\n").remoteRtcp()).hasToString("/192.0.2.9:4001");
    }

    @Test
    void whatCannotBeDoneIsDeclinedWithAReason() {
        assertThat(declined("")).contains("expected a session description");
        assertThat(declined("v=0\nc=IN IP4 192.0.2.9\n")).isEqualTo("the answer has no m= line");
        assertThat(declined(ANSWER.replace("audio 4000", "audio 0"))).contains("refuses audio (port 0)");
        assertThat(declined(ANSWER.replace("audio", "video"))).contains("begins with video");
        assertThat(declined(ANSWER.replace("RTP/AVP", "RTP/SAVP"))).contains("RTP/SAVP");
        assertThat(declined(ANSWER.replace("c=IN IP4 192.0.2.9\n", ""))).contains("no c= line");
        assertThat(declined(ANSWER.replace("c=IN IP4 192.0.2.9", "c=IN IP4 pbx.example.com")))
                .contains("numeric");
        assertThat(declined(ANSWER.replace("c=IN IP4 192.0.2.9", "c=IN IP4 239.0.0.1")))
                .contains("multicast");
        assertThat(declined(ANSWER.replace("4000", "70000"))).contains("expected a port");
        assertThat(declined("v=0\n" + "a=x\n".repeat(5000))).contains("expected at most 16384");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c=IN IP4 %s", "m=%s 4000 RTP/AVP 0", "m=audio 4000 %s 0"})
    void aReasonShowsNoControlCharactersOfTheAnswerAndNotAllOfALongOne(String line) {
        for (String harmful : new String[] {"\u001b[31m", "\u009b31m", "x\u0085y", "x\u2028y", "x".repeat(5000)}) {
            String why = declined("v=0\nc=IN IP4 192.0.2.9\n" + line.formatted(harmful) + "\nm=audio 4000 RTP/AVP 0\n");
            assertThat(why).hasSizeLessThan(200).containsIgnoringCase(harmful.startsWith("xx") ? "xxx..." : "?");
            assertThat(why.chars()).noneMatch(c -> Character.isISOControl(c) || c == 0x2028);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n", "\n\n"})
    void lineEndsAndUnknownLinesDoNotMatter(String end) {
        String odd = "x\n=\n?\n"
                + ANSWER.replace("t=0 0", "t=0 0\nb=AS:64\nk=clear:x\nz=0\na=group:BUNDLE 0\na=:\na=rtpmap:\na=ptime:");
        assertThat(judge(odd.replace("\n", end))).isEqualTo(judge(ANSWER));
    }

    @Test
    void anyBytesGiveAnAnswerAndNoException() {
        var random = new Random(3);
        byte[] whole = (ANSWER + "a=ptime:20\na=rtcp:4001 IN IP6 ::1\na=sendrecv\n").getBytes(StandardCharsets.UTF_8);
        int agreed = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] mutated = whole.clone();
            for (int i = 0; i <= round % 8; i++)
                mutated[random.nextInt(mutated.length)] =
                        (byte) (round % 2 == 0 ? random.nextInt(256) : "=: /09a\n".charAt(random.nextInt(8)));
            if (ours(OFFERED).early(mutated) instanceof Agreed) agreed++;
        }
        assertThat(agreed).isBetween(1000, 19_000);
    }
}
