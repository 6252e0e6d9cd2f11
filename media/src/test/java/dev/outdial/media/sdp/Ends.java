package dev.outdial.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.sdp.Answering.Answered;
import dev.outdial.media.sdp.Answering.Refused;
import dev.outdial.media.sdp.Negotiation.Agreed;
import dev.outdial.media.sdp.Negotiation.Declined;
import dev.outdial.media.srtp.SrtpKey;
import dev.outdial.media.srtp.SrtpPolicy;
import dev.outdial.media.srtp.SrtpSuite;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** What the tests of offers and answers share: our end, and what it says to a description in text form. */
final class Ends {
    static final SrtpKey KEY_80 = SrtpKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_80, new Random(80));
    static final SrtpKey KEY_32 = SrtpKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_32, new Random(32));

    private Ends() {}

    static InetAddress address(String numeric) {
        try {
            return InetAddress.getAllByName(numeric)[0];
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    static OfferAnswer end(InetAddress address, Capabilities can, SrtpKey... keys) {
        return OfferAnswer.of(new InetSocketAddress(address, 4000), can, 42, List.of(keys));
    }

    static OfferAnswer end(Capabilities can, SrtpKey... keys) {
        return end(address("192.0.2.1"), can, keys);
    }

    static OfferAnswer end() {
        return end(Capabilities.DEFAULT);
    }

    static OfferAnswer secureEnd(SrtpPolicy policy) {
        return end(can(policy, AudioCodec.PCMU, AudioCodec.PCMA), KEY_80, KEY_32);
    }

    static Capabilities can(SrtpPolicy policy, AudioCodec... codecs) {
        return new Capabilities(List.of(codecs), 20, false, policy);
    }

    static byte[] bytes(String sdp) {
        return sdp.getBytes(StandardCharsets.UTF_8);
    }

    /** With lines that end in LF alone, as the tests write them. */
    static String text(byte[] sdp) {
        String text = new String(sdp, StandardCharsets.US_ASCII);
        assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n");
        return text.replace("\r\n", "\n");
    }

    static Agreed agreed(OfferAnswer offerer, String answer) {
        Negotiation negotiation = offerer.answered(bytes(answer)).negotiation();
        assertThat(negotiation).isInstanceOf(Agreed.class);
        return (Agreed) negotiation;
    }

    static String declined(OfferAnswer offerer, String answer) {
        OfferAnswer.Judged judged = offerer.answered(bytes(answer));
        assertThat(judged.negotiation()).isInstanceOf(Declined.class);
        assertThat(judged.next()).isSameAs(offerer);
        return ((Declined) judged.negotiation()).why();
    }

    static Answered answered(OfferAnswer answerer, String offer) {
        return answered(answerer, offer, Direction.SENDRECV);
    }

    static Answered answered(OfferAnswer answerer, String offer, Direction wish) {
        Answering answering = answerer.answer(bytes(offer), wish);
        assertThat(answering).isInstanceOf(Answered.class);
        return (Answered) answering;
    }

    static String refused(OfferAnswer answerer, String offer) {
        Answering answering = answerer.answer(bytes(offer), Direction.SENDRECV);
        assertThat(answering).isInstanceOf(Refused.class);
        return ((Refused) answering).why();
    }
}
