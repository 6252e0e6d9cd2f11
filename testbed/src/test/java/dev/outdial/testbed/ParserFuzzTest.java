package dev.outdial.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.testbed.message.DigestChallenge;
import dev.outdial.testbed.message.DigestCredentials;
import dev.outdial.testbed.message.MessageStream;
import dev.outdial.testbed.message.NameAddress;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.message.SipUri;
import dev.outdial.testbed.message.Via;
import dev.outdial.testbed.rtp.Rtcp;
import dev.outdial.testbed.rtp.RtcpPacket.Goodbye;
import dev.outdial.testbed.rtp.RtcpPacket.ReportBlock;
import dev.outdial.testbed.rtp.RtcpPacket.SenderReport;
import dev.outdial.testbed.rtp.RtcpPacket.SourceDescription;
import dev.outdial.testbed.rtp.RtpPacket;
import dev.outdial.testbed.rtp.TelephoneEvent;
import dev.outdial.testbed.sdp.AudioDescription;
import dev.outdial.testbed.sound.WavFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/** Thousands of damaged inputs to every parser: each is read or refused, and none makes it throw. */
class ParserFuzzTest {
    private static final int ROUNDS = 4000;
    private static final long SEED = 20261121;

    private static final String INVITE = """
            INVITE sip:1000@127.0.0.1:5060;transport=udp SIP/2.0\r
            Via: SIP/2.0/UDP 127.0.0.1:5062;branch=z9hG4bK1;rport, SIP/2.0/TCP [::1]:5060\r
            From: "Al \\"x\\"" <sip:alice@127.0.0.1>;tag=1\r
            To: <sip:1000@127.0.0.1>\r
            Contact: <sip:alice@127.0.0.1:5062>;expires=60, *\r
            Call-ID: abc@x\r
            CSeq: 1 INVITE\r
            Authorization: Digest username="a", realm="r", nonce="n", uri="sip:x", response="00", qop=auth, nc=00000001, cnonce="c"\r
            WWW-Authenticate: Digest realm="r", nonce="n", qop="auth,auth-int", algorithm=SHA-256\r
            Content-Length: 5\r
            \r
            v=0\r
            """;

    private static final String SDP = """
            v=0\r
            o=- 1 1 IN IP4 127.0.0.1\r
            c=IN IP4 127.0.0.1\r
            t=0 0\r
            m=audio 4000/1 RTP/AVP 0 8 101\r
            a=rtpmap:101 telephone-event/8000\r
            a=fmtp:101 0-15\r
            a=ptime:20\r
            a=sendrecv\r
            m=video 0 RTP/AVP 31\r
            """;

    /** Damages the sample in many ways; the parser says how much it understood, and some of it must be understood and some not. */
    private static void fuzz(byte[] sample, ToIntFunction<byte[]> parser) {
        var random = new Random(SEED);
        int understood = parser.applyAsInt(sample);
        assertThat(understood).as("the undamaged sample").isPositive();
        int same = 0;
        for (int i = 0; i < ROUNDS; i++) {
            var damaged = damaged(sample, random);
            try {
                if (parser.applyAsInt(damaged) == understood) same++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + SEED + ", round " + i, e);
            }
        }
        assertThat(same).isBetween(1, ROUNDS - 1);
    }

    private static byte[] damaged(byte[] sample, Random random) {
        var bytes = sample.clone();
        for (int n = random.nextInt(6); n >= 0; n--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) "\r\n<>\";:,= *@[]\\".charAt(random.nextInt(15));
                case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                default -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
            }
        }
        return bytes;
    }

    @Test
    void damagedSipMessagesAreReadOrRefused() {
        fuzz(
                INVITE.getBytes(StandardCharsets.UTF_8),
                bytes -> SipMessage.parse(bytes)
                        .map(ParserFuzzTest::askEverything)
                        .orElse(0));
    }

    private static int askEverything(SipMessage m) {
        int found = m.via().isPresent() ? 1 : 0;
        found += m.values("Via").stream()
                .flatMap(v -> Via.parse(v).stream())
                .toList()
                .size();
        found += m.contact().flatMap(NameAddress::sipUri).isPresent() ? 1 : 0;
        found += SipUri.parse(m.requestUri()).isPresent() ? 1 : 0;
        found += m.header("Authorization").flatMap(DigestCredentials::parse).isPresent() ? 1 : 0;
        found += m.header("WWW-Authenticate").flatMap(DigestChallenge::parse).isPresent() ? 1 : 0;
        found += m.cseqNumber() > 0 ? 1 : 0;
        found += m.fromTag().isEmpty() || m.toString().isEmpty() ? 0 : 1;
        return found + Math.min(m.body().length(), 5);
    }

    @Test
    void damagedStreamsAreCutOrBroken() {
        fuzz(INVITE.repeat(2).getBytes(StandardCharsets.UTF_8), bytes -> {
            var stream = new MessageStream();
            int first = stream.feed(bytes, 0, bytes.length / 2).size();
            return first
                    + stream.feed(bytes, bytes.length / 2, bytes.length - bytes.length / 2)
                            .size();
        });
    }

    @Test
    void damagedSessionDescriptionsAreReadOrRefused() {
        fuzz(
                SDP.getBytes(StandardCharsets.UTF_8),
                bytes -> AudioDescription.parse(new String(bytes, StandardCharsets.UTF_8))
                        .map(d -> d.formats().size() + d.port() + d.toText(1, 1).length() + d.ptimeMillis())
                        .orElse(0));
    }

    @Test
    void damagedRtpIsReadOrRefused() {
        var packet = new RtpPacket(101, true, 1, 2, 3, new TelephoneEvent(5, true, 10, 800).toBytes());
        fuzz(
                packet.toBytes(),
                bytes -> RtpPacket.parse(bytes)
                        .map(p -> p.payloadType()
                                + TelephoneEvent.parse(p.payload())
                                        .map(TelephoneEvent::duration)
                                        .orElse(0))
                        .orElse(0));
    }

    @Test
    void damagedRtcpIsReadUpToTheDamage() {
        var compound = Rtcp.write(List.of(
                new SenderReport(1, 2, 3, 4, 5, List.of(new ReportBlock(6, 7, -8, 9, 10, 11, 12))),
                new SourceDescription(1, "somebody@somewhere"),
                new Goodbye(List.of(1L, 2L), "going")));
        fuzz(
                compound,
                bytes -> (Rtcp.parse(bytes).hashCode() & 0xFF)
                        | (1 << 8)
                        | (Rtcp.parse(bytes).size() << 9));
    }

    @Test
    void damagedWavFilesAreReadOrRefused() {
        fuzz(WavFile.bytes(new short[] {1, 2, 3, 4}), bytes -> {
            try {
                return WavFile.parse(bytes, "damaged").length;
            } catch (IOException e) {
                return 0;
            }
        });
    }
}
