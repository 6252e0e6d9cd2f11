package dev.outdial.media.sdp;

import static dev.outdial.media.sdp.Ends.agreed;
import static dev.outdial.media.sdp.Ends.answered;
import static dev.outdial.media.sdp.Ends.can;
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

/** Descriptions of the shapes that well-known products write. Written for this test; the addresses are of documentation ranges. */
class RealPeersTest {
    @Test
    void anAsteriskAnswersWithItsOwnNumbersAndAPacketLimit() {
        Agreed agreed = agreed(end(), """
                v=0
                o=- 1093465873 3 IN IP4 198.51.100.5
                s=Asterisk
                c=IN IP4 198.51.100.5
                t=0 0
                m=audio 14882 RTP/AVP 8 0 101
                a=rtpmap:8 PCMA/8000
                a=rtpmap:0 PCMU/8000
                a=rtpmap:101 telephone-event/8000
                a=fmtp:101 0-16
                a=ptime:20
                a=maxptime:140
                a=sendrecv
                """);
        assertThat(agreed.codec()).isEqualTo(AudioCodec.PCMA);
        assertThat(agreed.ptimeMillis()).isEqualTo(20);
        assertThat(agreed.remoteRtp()).hasToString("/198.51.100.5:14882");
    }

    @Test
    void aFreeswitchOffersWidebandKeysAndComfortNoise() {
        String offer = """
                v=0
                o=FreeSWITCH 1700000000 1700000001 IN IP4 203.0.113.20
                s=FreeSWITCH
                c=IN IP4 203.0.113.20
                t=0 0
                m=audio 24680 RTP/AVP 102 9 0 8 103 101 13
                a=rtpmap:102 opus/48000/2
                a=fmtp:102 useinbandfec=1; maxaveragebitrate=30000; maxplaybackrate=48000; ptime=20; minptime=10; maxptime=40
                a=rtpmap:9 G722/8000
                a=rtpmap:0 PCMU/8000
                a=rtpmap:8 PCMA/8000
                a=rtpmap:103 telephone-event/48000
                a=fmtp:103 0-16
                a=rtpmap:101 telephone-event/8000
                a=fmtp:101 0-16
                a=rtpmap:13 CN/8000
                a=ptime:20
                """;
        var quiet = new Capabilities(List.of(AudioCodec.PCMU, AudioCodec.PCMA), 20, true, SrtpPolicy.OFF);
        Answered answer = answered(end(quiet), offer);
        assertThat(text(answer.sdp())).contains("m=audio 4000 RTP/AVP 0 101 13\n");
        assertThat(answer.terms().comfortNoisePayloadType()).hasValue(13);
        assertThat(answer.terms().telephoneEventPayloadType()).hasValue(101);
    }

    @Test
    void anRtpengineInBetweenOffersIceMuxAndBothKinds() {
        Answered answer = answered(secureEnd(SrtpPolicy.OFFERED), """
                v=0
                o=kamailio 8000 8000 IN IP4 203.0.113.40
                s=-
                c=IN IP4 203.0.113.40
                t=0 0
                a=ice-lite
                a=msid-semantic:WMS *
                m=audio 31002 RTP/SAVPF 111 0 126
                c=IN IP4 203.0.113.41
                a=mid:0
                a=rtpmap:111 opus/48000/2
                a=rtpmap:0 PCMU/8000
                a=rtpmap:126 telephone-event/8000
                a=sendrecv
                a=rtcp:31003
                a=rtcp-mux
                a=rtcp-fb:111 transport-cc
                a=crypto:1 AEAD_AES_256_GCM inline:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
                a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^31
                a=ice-ufrag:abcd
                a=ice-pwd:0123456789abcdefghijklmn
                a=candidate:1 1 UDP 2130706431 203.0.113.41 31002 typ host
                a=fingerprint:sha-256 00:11:22
                a=setup:actpass
                m=video 0 RTP/AVP 96
                """);
        assertThat(answer.terms().srtp()).isPresent();
        assertThat(answer.terms().remoteRtp()).hasToString("/203.0.113.41:31002");
        assertThat(answer.terms().remoteRtcp()).hasToString("/203.0.113.41:31003");
        assertThat(text(answer.sdp()))
                .contains("m=audio 4000 RTP/SAVPF 0 126\n", "a=crypto:2 AES_CM_128_HMAC_SHA1_80 ")
                .doesNotContain("mux", "ice", "mid", "setup")
                .endsWith("m=video 0 RTP/AVP 96\n");
    }

    @Test
    void aCiscoGatewayAnswersInItsOwnOrderAndHoldsByAddress() {
        String answer = """
                v=0
                o=CiscoSystemsSIP-GW-UserAgent 5201 8193 IN IP4 198.51.100.77
                s=SIP Call
                c=IN IP4 198.51.100.77
                t=0 0
                m=audio 17010 RTP/AVP 0 101 19
                c=IN IP4 198.51.100.77
                a=rtpmap:0 PCMU/8000
                a=rtpmap:101 telephone-event/8000
                a=fmtp:101 0-16
                a=rtpmap:19 CN/8000
                a=ptime:20
                """;
        assertThat(agreed(end(), answer).comfortNoisePayloadType()).isEmpty();
        var quiet = new Capabilities(List.of(AudioCodec.PCMU), 20, true, SrtpPolicy.OFF);
        assertThat(agreed(end(quiet), answer).comfortNoisePayloadType()).hasValue(19);
        Answered held = answered(end(), answer.replace("c=IN IP4 198.51.100.77", "c=IN IP4 0.0.0.0"));
        assertThat(held.terms().mayTalk()).isFalse();
        assertThat(held.terms().mayReport()).isFalse();
    }

    @Test
    void aBaresipNamesItsRtcpAddressAndALabel() {
        Agreed agreed = agreed(end(Ends.address("2001:db8::1"), Capabilities.DEFAULT), """
                v=0
                o=- 3912345678 3912345678 IN IP6 2001:db8::50
                s=-
                c=IN IP6 2001:db8::50
                t=0 0
                a=tool:baresip 3.9.0
                m=audio 20150 RTP/AVP 8 0 101
                b=AS:125
                a=rtpmap:8 PCMA/8000/1
                a=rtpmap:0 PCMU/8000/1
                a=rtpmap:101 telephone-event/8000
                a=fmtp:101 0-15
                a=rtcp:20151 IN IP6 2001:db8::50
                a=sendrecv
                a=label:1
                a=ptime:20
                """);
        assertThat(agreed.codec()).isEqualTo(AudioCodec.PCMA);
        assertThat(agreed.remoteRtcp().getPort()).isEqualTo(20151);
    }

    @Test
    void aLinphoneOffersVideoBesideAndMapsNothingStatic() {
        Answered answer = answered(end(), """
                v=0
                o=alice 2890 1976 IN IP4 192.0.2.60
                s=Talk
                c=IN IP4 192.0.2.60
                t=0 0
                a=rtcp-xr:rcvr-rtt=all:10000 stat-summary=loss,dup,jitt,TTL voip-metrics
                a=record:off
                m=audio 7078 RTP/AVP 96 97 98 0 8 101 99 100
                a=rtpmap:96 opus/48000/2
                a=fmtp:96 useinbandfec=1
                a=rtpmap:97 speex/16000
                a=fmtp:97 vbr=on
                a=rtpmap:98 speex/8000
                a=fmtp:98 vbr=on
                a=rtpmap:101 telephone-event/48000
                a=rtpmap:99 telephone-event/16000
                a=rtpmap:100 telephone-event/8000
                a=rtcp-fb:* trr-int 5000
                m=video 9078 RTP/AVP 96
                a=rtpmap:96 VP8/90000
                """);
        assertThat(text(answer.sdp()))
                .contains("m=audio 4000 RTP/AVP 0 100\n", "a=fmtp:100 0-15\n")
                .endsWith("m=video 0 RTP/AVP 96\n");
    }

    @Test
    void aBrowserBehindNoGatewayIsRefused() {
        assertThat(refused(secureEnd(SrtpPolicy.OFFERED), """
                v=0
                o=- 4611731400430051336 2 IN IP4 127.0.0.1
                s=-
                t=0 0
                a=group:BUNDLE 0
                m=audio 9 UDP/TLS/RTP/SAVPF 111 0
                c=IN IP4 0.0.0.0
                a=rtcp:9 IN IP4 0.0.0.0
                a=rtcp-mux
                """))
                .isEqualTo("the offer wants UDP/TLS/RTP/SAVPF, expected RTP/AVP or RTP/SAVP");
    }

    @Test
    void aFaxMachineThatTurnsToT38IsRefused() {
        assertThat(refused(end(), """
                v=0
                o=- 5 6 IN IP4 192.0.2.9
                s=-
                c=IN IP4 192.0.2.9
                t=0 0
                m=image 4480 udptl t38
                a=T38FaxVersion:0
                m=audio 0 RTP/AVP 0
                """)).isEqualTo("the offer has no audio");
    }

    @Test
    void aTrunkThatSendsLinearSoundForTestsIsUnderstood() {
        Agreed agreed = agreed(end(can(SrtpPolicy.OFF, AudioCodec.L16, AudioCodec.PCMU)), """
                v=0
                o=- 5 6 IN IP4 192.0.2.9
                s=-
                c=IN IP4 192.0.2.9
                t=0 0
                m=audio 4480 RTP/AVP 118 0
                a=rtpmap:118 l16/8000/1
                """);
        assertThat(agreed.codec()).isEqualTo(AudioCodec.L16);
        assertThat(agreed.sendPayloadType()).isEqualTo(118);
        assertThat(agreed.receive().codec(96)).hasValue(AudioCodec.L16);
        assertThat(agreed.receive().codec(118)).hasValue(AudioCodec.L16);
    }
}
