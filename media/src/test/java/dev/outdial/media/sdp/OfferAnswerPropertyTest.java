package dev.outdial.media.sdp;

import static dev.outdial.media.sdp.Ends.address;
import static dev.outdial.media.sdp.Ends.agreed;
import static dev.outdial.media.sdp.Ends.bytes;
import static dev.outdial.media.sdp.Ends.declined;
import static dev.outdial.media.sdp.Ends.end;
import static dev.outdial.media.sdp.Ends.refused;
import static dev.outdial.media.sdp.Ends.secureEnd;
import static dev.outdial.media.sdp.Ends.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.sdp.Answering.Answered;
import dev.outdial.media.sdp.Answering.Refused;
import dev.outdial.media.sdp.Negotiation.Agreed;
import dev.outdial.media.sdp.Negotiation.Declined;
import dev.outdial.media.srtp.SrtpKey;
import dev.outdial.media.srtp.SrtpPolicy;
import dev.outdial.media.srtp.SrtpSuite;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds whatever two ends can do, and whatever a far end writes. */
class OfferAnswerPropertyTest {
    private static final String RICH = """
            v=0
            o=alice 7 7 IN IP4 192.0.2.9
            s=-
            c=IN IP4 192.0.2.9/127
            b=AS:80
            t=0 0
            a=sendrecv
            m=audio 5000/2 RTP/SAVP 18 8 0 97 96 13
            c=IN IP6 2001:db8::9
            c=IN IP4 192.0.2.10
            a=rtpmap:0 PCMU/8000/1
            a=rtpmap:97 L16/8000
            a=rtpmap:96 telephone-event/8000
            a=fmtp:96 0-11,16
            a=ptime:30
            a=maxptime:40
            a=rtcp:5001 IN IP4 192.0.2.11
            a=rtcp-mux
            a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^31 WSH=64
            m=video 6000 RTP/AVP 99
            """;

    @Test
    @Timeout(120)
    void anyBytesAreAnsweredOrRefusedInASentence() throws Exception {
        var random = new Random(3264);
        byte[] whole = bytes(RICH);
        OfferAnswer[] ends = {
            end(),
            secureEnd(SrtpPolicy.OFFERED),
            secureEnd(SrtpPolicy.REQUIRED),
            end(address("2001:db8::1"), Capabilities.DEFAULT)
        };
        int taken = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] mutated = mutated(whole, random);
            OfferAnswer end = ends[round % ends.length];
            if (end.answer(mutated, Direction.SENDRECV) instanceof Answered answer) {
                taken++;
                assertThat(text(answer.sdp())).startsWith("v=0\no=- 42 2 IN ");
                // One m= line for each, and nothing of the offer's can add to our own lines.
                List<MediaDescription> ours =
                        SessionDescription.parse(answer.sdp()).media();
                assertThat(ours).hasSameSizeAs(SessionDescription.parse(mutated).media());
                assertThat(ours).filteredOn(section -> section.port() != 0).hasSize(1);
                assertThat(answer.terms().receive().codec(answer.terms().sendPayloadType()))
                        .hasValue(answer.terms().codec());
            }
            if (end.early(mutated) instanceof Agreed) taken++;
        }
        assertThat(taken).isBetween(2000, 38_000);
    }

    /** Bytes changed, lines doubled, moved, cut and joined. */
    private static byte[] mutated(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        for (int i = random.nextInt(6); i > 0; i--)
            bytes[random.nextInt(bytes.length)] = (byte)
                    (random.nextBoolean() ? random.nextInt(256) : "=: /09a\n\r\0;|^-".charAt(random.nextInt(14)));
        if (random.nextInt(3) > 0) return bytes;
        List<String> lines = new ArrayList<>(List.of(new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1)));
        switch (random.nextInt(4)) {
            case 0 -> lines.add(random.nextInt(lines.size()), lines.get(random.nextInt(lines.size())));
            case 1 -> Collections.swap(lines, random.nextInt(lines.size()), random.nextInt(lines.size()));
            case 2 -> lines.subList(random.nextInt(lines.size()), lines.size()).clear();
            default -> lines.remove(random.nextInt(lines.size()));
        }
        return String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @Timeout(10)
    @ValueSource(
            strings = {
                "a=x\n",
                "a=rtpmap:0 PCMU/8000\n",
                "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz\n",
                "a=fmtp:101 0-15\n",
                "c=IN IP4 192.0.2.9\n",
                "a=ptime:20\n",
                "\n",
                "=",
                "\0"
            })
    void aFloodOfLinesIsReadAndOneTooLargeIsNot(String line) {
        String start = "v=0\nc=IN IP4 192.0.2.9\nm=audio 5000 RTP/AVP 0\n";
        int room = (SessionDescription.MAX_BYTES - start.length()) / line.length();
        assertThat(agreed(end(), start + line.repeat(room)).codec()).isEqualTo(AudioCodec.PCMU);
        assertThat(declined(end(), start + line.repeat(room + 1))).contains("expected at most 16384");
        assertThat(refused(end(), start + line.repeat(room + 1))).contains("expected at most 16384");
    }

    @Test
    @Timeout(10)
    void absurdNumbersAndCountsAreBounded() {
        String start = "v=0\nc=IN IP4 192.0.2.9\nm=audio 5000 RTP/AVP";
        assertThat(agreed(end(), start + " 0".repeat(8000)).codec()).isEqualTo(AudioCodec.PCMU);
        assertThat(declined(end(), start + " 9".repeat(8000))).contains("none of the codecs offered");
        assertThat(declined(end(), start + " 128 -1 99999999999999999999 00000000000 x\n"))
                .contains("none of");
        assertThat(agreed(end(), start + " 0\na=ptime:99999999999999\na=maxptime:-5\na=rtcp:99999999999\n")
                        .ptimeMillis())
                .isEqualTo(20);
        assertThat(agreed(end(), start + " 0\n" + "m=video 0 RTP/AVP 0\n".repeat(31))
                        .codec())
                .isEqualTo(AudioCodec.PCMU);
        assertThat(declined(end(), start + " 0\n" + "m=video 0 RTP/AVP 0\n".repeat(32)))
                .contains("more than 32 m= lines");
    }

    @Test
    void aLoneCarriageReturnEndsALineAndBytesThatAreNoTextHarmNothing() {
        String rich = RICH.replace("c=IN IP6 2001:db8::9\n", "");
        OfferAnswer ours = secureEnd(SrtpPolicy.REQUIRED);
        Answered plain = Ends.answered(ours, rich);
        assertThat(Ends.answered(ours, rich.replace('\n', '\r')).terms()).isEqualTo(plain.terms());
        byte[] odd = bytes(rich.replace("s=-", "s=\u0000?\u0000"));
        for (int i = 0; i < odd.length; i++) if (odd[i] == '?') odd[i] = (byte) 0xFF;
        assertThat(((Answered) ours.answer(odd, Direction.SENDRECV)).terms()).isEqualTo(plain.terms());
    }

    @Test
    @Timeout(120)
    void twoEndsAlwaysAgreeWithOneAnother() {
        var random = new Random(6337);
        int agreements = 0;
        for (int round = 0; round < 2000; round++) {
            Side left = side(random, "192.0.2.1", 4000);
            Side right = side(random, "192.0.2.2", 6000);
            agreements += converse(left, right, random);
        }
        assertThat(agreements).isBetween(2000, 12_000);
    }

    private record Side(OfferAnswer end, Capabilities can, List<SrtpKey> keys) {
        List<SrtpSuite> suites() {
            return keys.stream().map(SrtpKey::suite).toList();
        }

        Side with(OfferAnswer next) {
            return new Side(next, can, keys);
        }
    }

    private static Side side(Random random, String address, int port) {
        List<AudioCodec> codecs = new ArrayList<>(Arrays.asList(AudioCodec.values()));
        Collections.shuffle(codecs, random);
        SrtpPolicy policy = SrtpPolicy.values()[random.nextInt(3)];
        var can = new Capabilities(
                codecs.subList(0, 1 + random.nextInt(3)), 10 + random.nextInt(31), random.nextBoolean(), policy);
        List<SrtpKey> keys = new ArrayList<>();
        if (policy != SrtpPolicy.OFF) {
            List<SrtpSuite> suites = new ArrayList<>(Arrays.asList(SrtpSuite.values()));
            Collections.shuffle(suites, random);
            for (SrtpSuite suite : suites.subList(0, 1 + random.nextInt(2))) keys.add(SrtpKey.random(suite, random));
        }
        var rtp = new InetSocketAddress(address(address), port);
        return new Side(OfferAnswer.of(rtp, can, random.nextInt(1000), keys), can, keys);
    }

    /** Up to six offers, from either side; how many were agreed on. */
    private static int converse(Side left, Side right, Random random) {
        Side offerer = left;
        Side answerer = right;
        int agreements = 0;
        for (int turn = 0; turn < 6; turn++) {
            OfferAnswer offer = turn == 0 ? offerer.end : nextOffer(offerer.end, random);
            Direction wish = Direction.values()[random.nextInt(4)];
            switch (answerer.end.answer(offer.sdp(), wish)) {
                case Answered answer -> {
                    OfferAnswer.Judged judged = offer.answered(answer.sdp());
                    assertThat(judged.negotiation()).isInstanceOf(Agreed.class);
                    assertThat(turn > 0 || canMeet(offerer, answerer)).isTrue();
                    agree((Agreed) judged.negotiation(), answer.terms(), offerer.can, answerer.can);
                    offerer = offerer.with(judged.next());
                    answerer = answerer.with(answer.next());
                    agreements++;
                }
                case Refused refused -> {
                    // Only the first offer can meet somebody who cannot take it.
                    assertThat(turn).as(refused.why()).isZero();
                    assertThat(canMeet(offerer, answerer)).as(refused.why()).isFalse();
                    return agreements;
                }
            }
            if (random.nextBoolean()) {
                Side other = offerer;
                offerer = answerer;
                answerer = other;
            }
        }
        return agreements;
    }

    private static OfferAnswer nextOffer(OfferAnswer end, Random random) {
        Direction direction = Direction.values()[random.nextInt(4)];
        return random.nextBoolean() ? end.offering(direction) : end.offeringAll(direction);
    }

    private static boolean canMeet(Side offerer, Side answerer) {
        boolean suite = !Collections.disjoint(offerer.suites(), answerer.suites());
        boolean required = offerer.can.srtp() == SrtpPolicy.REQUIRED || answerer.can.srtp() == SrtpPolicy.REQUIRED;
        return !Collections.disjoint(offerer.can.codecs(), answerer.can.codecs()) && (suite || !required);
    }

    private static void agree(Agreed one, Agreed other, Capabilities first, Capabilities second) {
        assertThat(one.codec()).isEqualTo(other.codec());
        assertThat(first.codecs()).contains(one.codec());
        assertThat(second.codecs()).contains(one.codec());
        assertThat(one.mayTalk()).isEqualTo(other.mayListen());
        assertThat(one.mayListen()).isEqualTo(other.mayTalk());
        assertThat(one.ptimeMillis()).isEqualTo(other.ptimeMillis());
        assertThat(one.srtp().isPresent()).isEqualTo(other.srtp().isPresent());
        one.srtp().ifPresent(terms -> {
            assertThat(terms.send()).isEqualTo(other.srtp().orElseThrow().receive());
            assertThat(terms.receive()).isEqualTo(other.srtp().orElseThrow().send());
        });
        for (List<Agreed> way : List.of(List.of(one, other), List.of(other, one))) {
            Agreed sender = way.getFirst();
            PayloadTypes heard = way.getLast().receive();
            assertThat(heard.codec(sender.sendPayloadType())).hasValue(sender.codec());
            assertThat(heard.isTelephoneEvent(sender.telephoneEventPayloadType().orElseThrow()))
                    .isTrue();
            sender.comfortNoisePayloadType()
                    .ifPresent(
                            number -> assertThat(heard.isComfortNoise(number)).isTrue());
            assertThat(sender.comfortNoisePayloadType().isPresent())
                    .isEqualTo(first.comfortNoise()
                            && second.comfortNoise()
                            && sender.codec().clockRate() == AudioCodec.CLOCK_RATE);
            assertThat(heard.eventClockRate(sender.telephoneEventPayloadType().orElseThrow()))
                    .isEqualTo(sender.telephoneEventClockRate());
        }
    }

    @Test
    void aRefusedOrDeclinedDescriptionAlwaysSaysWhy() {
        for (int length = 0; length < RICH.length(); length++) {
            byte[] cut = bytes(RICH.substring(0, length));
            if (end().answer(cut, Direction.SENDRECV) instanceof Refused refused)
                assertThat(refused.why()).startsWith("the offer");
            if (end().early(cut) instanceof Declined declined)
                assertThat(declined.why()).startsWith("the answer");
        }
    }
}
