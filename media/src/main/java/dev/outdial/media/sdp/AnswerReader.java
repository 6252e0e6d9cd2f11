package dev.outdial.media.sdp;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.sdp.Description.Audio;
import dev.outdial.media.sdp.Description.TaggedKey;
import dev.outdial.media.sdp.Format.Numbered;
import dev.outdial.media.sdp.Negotiation.Agreed;
import dev.outdial.media.srtp.SrtpKey;
import dev.outdial.media.srtp.SrtpPolicy;
import dev.outdial.media.srtp.SrtpTerms;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Says what an answer to an offer of ours means (RFC 3264 section 7). */
final class AnswerReader {
    private final Description offer;
    private final Audio ours;
    private final Capabilities can;

    AnswerReader(Description offer, Capabilities can) {
        this.offer = offer;
        this.ours = offer.audio();
        this.can = can;
    }

    /** What was agreed, and the telephone-events that the far end takes. */
    record Meaning(Agreed terms, EventRanges events) {}

    Meaning read(SessionDescription answer) throws NoAgreement {
        // An answer has one m= line for each of the offer's, in its order (RFC 3264 section 6).
        int index = offer.before().size();
        if (answer.media().isEmpty()) throw new NoAgreement("the answer has no m= line");
        if (answer.media().size() <= index)
            throw new NoAgreement("the answer has " + answer.media().size() + " m= lines, offered was audio in number "
                    + (index + 1));
        MediaDescription section = answer.media().get(index);
        if (!section.isAudio())
            throw new NoAgreement("the answer " + (index == 0 ? "begins with " : "has in the place of audio ")
                    + Shown.of(section.type()) + ", not audio");
        if (section.port() == 0) throw new NoAgreement("the answer refuses audio (port 0)");
        InetAddress address = offer.rtp().getAddress();
        return read(FarAudio.read("the answer", answer, section, address, ours.formats()));
    }

    private Meaning read(FarAudio far) throws NoAgreement {
        // The first format in the answer that was offered too is what the far end likes best.
        Numbered codec = far.formats().stream()
                .filter(one -> one.format().codec().isPresent() && isOffered(one))
                .findFirst()
                .orElseThrow(() -> new NoAgreement("the answer has none of the codecs offered: " + offeredCodecs()));
        AudioCodec spoken = codec.format().codec().orElseThrow();
        Optional<Numbered> events = far.eventsFor(spoken).filter(this::isOffered);
        Direction direction = Direction.of(
                ours.direction().sends() && far.direction().listens() && !far.onHold(),
                ours.direction().listens() && far.direction().sends());
        var terms = new Agreed(
                spoken,
                codec.number(),
                events.map(one -> OptionalInt.of(one.number())).orElse(OptionalInt.empty()),
                events.map(one -> one.format().eventClockRate()).orElse(spoken.clockRate()),
                noise(far, spoken),
                received(far),
                spoken.packetMillis(far.packetMillis(can.ptimeMillis())),
                far.rtp(),
                far.rtcp(),
                direction.sends(),
                direction.listens(),
                crypto(far));
        return new Meaning(terms, far.events());
    }

    private boolean isOffered(Numbered one) {
        return ours.formats().stream().anyMatch(offered -> offered.format() == one.format());
    }

    private String offeredCodecs() {
        return String.join(
                ", ",
                ours.formats().stream()
                        .flatMap(one -> one.format().codec().stream())
                        .map(codec -> codec.encodingName())
                        .toList());
    }

    private OptionalInt noise(FarAudio far, AudioCodec spoken) {
        if (spoken.clockRate() != AudioCodec.CLOCK_RATE) return OptionalInt.empty();
        return far.all(Format.COMFORT_NOISE)
                .filter(this::isOffered)
                .mapToInt(Numbered::number)
                .findFirst();
    }

    /**
     * Anything that was offered, by our numbers. Also by the numbers of the answer, where those are free: some send with their
     * own.
     */
    private PayloadTypes received(FarAudio far) {
        PayloadTypes types = PayloadTypes.NONE;
        // From the last to the first, so that of two meanings of one number the first holds.
        for (Numbered one : far.formats().reversed()) if (isOffered(one)) types = one.addedTo(types);
        for (Numbered one : ours.formats()) types = one.addedTo(types);
        return types;
    }

    private Optional<SrtpTerms> crypto(FarAudio far) throws NoAgreement {
        boolean secure = far.profile().isSecure();
        if (ours.crypto().isEmpty()) {
            if (!secure) return Optional.empty();
            throw new NoAgreement("the answer wants " + far.profile().protocol() + ", offered was "
                    + ours.profile().protocol());
        }
        for (CryptoAttribute line : far.crypto()) {
            Optional<SrtpTerms> terms = agreed(line);
            if (terms.isPresent()) return terms;
        }
        // An end that answers with a line will use it: what we cannot use ourselves is worse than none.
        if (!far.crypto().isEmpty())
            throw new NoAgreement("the answer's a=crypto cannot be used: it "
                    + unusable(far.crypto().getFirst()));
        if (secure) throw new NoAgreement("the answer wants " + far.profile().protocol() + " and has no a=crypto");
        if (can.srtp() == SrtpPolicy.REQUIRED || ours.profile().isSecure())
            throw new NoAgreement("the answer has no a=crypto, encryption is required");
        return Optional.empty();
    }

    private Optional<SrtpTerms> agreed(CryptoAttribute line) {
        return switch (line) {
            case CryptoAttribute.Usable usable ->
                offered(usable.tag())
                        .filter(key -> key.suite() == usable.key().suite())
                        .map(key -> new SrtpTerms(key, usable.key()));
            case CryptoAttribute.Unusable unusable -> Optional.empty();
        };
    }

    private String unusable(CryptoAttribute line) {
        return switch (line) {
            case CryptoAttribute.Usable usable ->
                offered(usable.tag())
                        .map(key -> "has " + usable.key().suite() + " under tag " + usable.tag() + ", offered was "
                                + key.suite())
                        .orElse("has tag " + usable.tag() + ", offered were " + tags());
            case CryptoAttribute.Unusable unusable -> unusable.why();
        };
    }

    private Optional<SrtpKey> offered(int tag) {
        return ours.crypto().stream()
                .filter(one -> one.tag() == tag)
                .map(TaggedKey::key)
                .findFirst();
    }

    private List<Integer> tags() {
        return ours.crypto().stream().map(TaggedKey::tag).toList();
    }
}
