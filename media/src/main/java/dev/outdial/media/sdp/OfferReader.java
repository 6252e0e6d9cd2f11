package dev.outdial.media.sdp;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.sdp.Description.Audio;
import dev.outdial.media.sdp.Description.Refused;
import dev.outdial.media.sdp.Description.TaggedKey;
import dev.outdial.media.sdp.Format.Numbered;
import dev.outdial.media.sdp.Negotiation.Agreed;
import dev.outdial.media.srtp.SrtpKey;
import dev.outdial.media.srtp.SrtpPolicy;
import dev.outdial.media.srtp.SrtpTerms;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds the answer to an offer (RFC 3264 section 6): the first audio stream that we can take is taken, the others are refused. One
 * sound codec is answered, the first of the offer's that we have: an end that offers several need not be able to switch between
 * them from packet to packet (section 10.2), though whatever it offered is understood. Numbers are the offer's. An offer that
 * leaves no audio at all, as of a fax machine that turns to T.38, is refused: a call here is nothing without it.
 */
final class OfferReader {
    private final InetSocketAddress rtp;
    private final Capabilities can;
    private final List<SrtpKey> keys;
    private final Direction wish;

    OfferReader(InetSocketAddress rtp, Capabilities can, List<SrtpKey> keys, Direction wish) {
        this.rtp = rtp;
        this.can = can;
        this.keys = keys;
        this.wish = wish;
    }

    /** What to answer, and what it means. */
    record Answer(Description description, Agreed terms, EventRanges events) {}

    /** The answer's audio section, and what it means. */
    private record Taken(Audio audio, Agreed terms, EventRanges events) {}

    Answer read(SessionDescription offer, long sessionId) throws NoAgreement {
        Optional<NoAgreement> first = Optional.empty();
        List<Refused> before = new ArrayList<>();
        for (MediaDescription section : offer.media()) {
            before.add(new Refused(section.type(), section.protocol(), section.firstFormat()));
            if (!section.isAudio() || section.port() == 0) continue;
            try {
                Taken taken = take(offer, section);
                int index = before.size() - 1;
                List<Refused> after = offer.media().stream()
                        .skip(index + 1L)
                        .map(other -> new Refused(other.type(), other.protocol(), other.firstFormat()))
                        .toList();
                return new Answer(
                        new Description(rtp, sessionId, before.subList(0, index), taken.audio, after),
                        taken.terms,
                        taken.events);
            } catch (NoAgreement e) {
                if (first.isEmpty()) first = Optional.of(e);
            }
        }
        throw first.orElseGet(() -> new NoAgreement("the offer has no audio"));
    }

    private Taken take(SessionDescription offer, MediaDescription section) throws NoAgreement {
        FarAudio far = FarAudio.read("the offer", offer, section, rtp.getAddress(), List.of());
        Numbered codec = far.formats().stream()
                .filter(one ->
                        one.format().codec().filter(can.codecs()::contains).isPresent())
                .findFirst()
                .orElseThrow(() -> new NoAgreement("the offer has none of our codecs: " + can.names()));
        AudioCodec spoken = codec.format().codec().orElseThrow();
        Optional<Numbered> events = far.eventsFor(spoken);
        boolean mayBeNoise = can.comfortNoise() && spoken.clockRate() == AudioCodec.CLOCK_RATE;
        Optional<Numbered> noise = mayBeNoise ? far.first(Format.COMFORT_NOISE) : Optional.empty();
        Optional<Chosen> crypto = crypto(far);
        List<Numbered> formats = new ArrayList<>(List.of(codec));
        events.ifPresent(formats::add);
        noise.ifPresent(formats::add);
        Direction direction = Direction.of(
                wish.sends() && far.direction().listens() && !far.onHold(),
                wish.listens() && far.direction().sends());
        int ptimeMillis = spoken.packetMillis(far.packetMillis(can.ptimeMillis()));
        var terms = new Agreed(
                spoken,
                codec.number(),
                number(events),
                events.map(one -> one.format().eventClockRate()).orElse(spoken.clockRate()),
                number(noise),
                received(far, formats),
                ptimeMillis,
                far.rtp(),
                far.rtcp(),
                direction.sends(),
                direction.listens(),
                crypto.map(Chosen::terms));
        var audio = new Audio(
                far.profile(),
                formats,
                far.events().contains(16),
                ptimeMillis,
                direction,
                crypto.map(one -> List.of(one.ours)).orElse(List.of()));
        return new Taken(audio, terms, far.events());
    }

    private static OptionalInt number(Optional<Numbered> format) {
        return format.map(one -> OptionalInt.of(one.number())).orElse(OptionalInt.empty());
    }

    /** Whatever it offered and we have: some send another of their codecs than the one that was answered. */
    private PayloadTypes received(FarAudio far, List<Numbered> answered) {
        PayloadTypes types = PayloadTypes.NONE;
        for (Numbered one : far.formats())
            if (one.format().codec().map(can.codecs()::contains).orElse(true)) types = one.addedTo(types);
        for (Numbered one : answered) types = one.addedTo(types);
        return types;
    }

    private record Chosen(TaggedKey ours, SrtpKey theirs) {
        SrtpTerms terms() {
            return new SrtpTerms(ours.key(), theirs);
        }
    }

    private Optional<Chosen> crypto(FarAudio far) throws NoAgreement {
        boolean secure = far.profile().isSecure();
        if (can.srtp() == SrtpPolicy.OFF) {
            if (!secure) return Optional.empty();
            throw new NoAgreement(
                    "the offer wants " + far.profile().protocol() + ", and encryption is off here: expected RTP/AVP");
        }
        Optional<Chosen> chosen =
                far.crypto().stream().flatMap(line -> choose(line).stream()).findFirst();
        // Without a=crypto in the answer, an offer of both is one in clear (RFC 3264 section 6).
        if (chosen.isEmpty() && (secure || can.srtp() == SrtpPolicy.REQUIRED))
            throw new NoAgreement(
                    far.crypto().isEmpty()
                            ? "the offer has no a=crypto, encryption is required"
                            : "the offer has no a=crypto that can be used: "
                                    + unusable(far.crypto().getFirst()));
        return chosen;
    }

    private Optional<Chosen> choose(CryptoAttribute line) {
        return switch (line) {
            case CryptoAttribute.Usable usable ->
                keys.stream()
                        .filter(key -> key.suite() == usable.key().suite())
                        .findFirst()
                        .map(key -> new Chosen(new TaggedKey(usable.tag(), key), usable.key()));
            case CryptoAttribute.Unusable unusable -> Optional.empty();
        };
    }

    private static String unusable(CryptoAttribute line) {
        return switch (line) {
            case CryptoAttribute.Usable usable ->
                "it wants the suite " + usable.key().suite();
            case CryptoAttribute.Unusable unusable -> "it " + unusable.why();
        };
    }
}
