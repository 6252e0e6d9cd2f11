package dev.outdial.dialer.call.probe;

import dev.outdial.dialer.probe.ProbeStep;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.sdp.Negotiation;
import dev.outdial.media.sdp.PayloadTypes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Judges what was agreed on for the sound (RFC 3264). Pure. */
final class CodecVerdict {
    static final String NAME = "codec";

    private static final int PAYLOAD_TYPES = 128;

    private CodecVerdict() {}

    /** What it means. */
    static ProbeStep of(Trunk trunk, CallSeen call) {
        return switch (call) {
            case CallSeen.Answered answered -> agreed(answered.terms());
            case CallSeen.Unanswered unanswered
            when SoundVerdict.isAboutCodecs(unanswered.outcome()) ->
                ProbeStep.failed(
                        NAME,
                        "the far end takes none of what we offer: " + offered(trunk) + " ("
                                + unanswered.outcome().reason() + ")",
                        "offer others with --codec, or another --srtp: some trunks want it off, some required");
            case CallSeen.Silent silent -> ProbeStep.skipped(NAME, "nothing was agreed on without an answer");
            case CallSeen.Unanswered unanswered -> ProbeStep.skipped(NAME, "nothing was agreed on without an answer");
        };
    }

    private static String offered(Trunk trunk) {
        return trunk.wire().codecs().stream().map(Enum::name).collect(Collectors.joining(", ")) + ", encryption "
                + trunk.wire().encryption().name().toLowerCase(Locale.ROOT);
    }

    private static ProbeStep agreed(Negotiation.Agreed terms) {
        List<String> takes = takes(terms.receive());
        boolean keys = terms.telephoneEventPayloadType().isPresent();
        ProbeStep step = ProbeStep.ok(
                NAME,
                terms.codec().name() + ", " + terms.ptimeMillis() + " ms a packet, "
                        + (keys ? "keys as telephone-events" : "no telephone-events") + ", "
                        + (terms.srtp().isPresent() ? "encrypted" : "in clear")
                        + (takes.isEmpty() ? "" : "; the far end may send " + String.join(", ", takes)));
        return keys
                ? step
                : step.advising("keys that we press go as tones in the sound: where menus miss them, try --keys info");
    }

    private static List<String> takes(PayloadTypes types) {
        return IntStream.range(0, PAYLOAD_TYPES)
                .mapToObj(types::codec)
                .flatMap(Optional::stream)
                .map(AudioCodec::name)
                .distinct()
                .toList();
    }
}
