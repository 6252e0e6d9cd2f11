package dev.outdial.media.sdp;

import dev.outdial.media.codec.AudioCodec;
import java.util.Locale;
import java.util.Optional;

/** What a payload type number can stand for here. All have a clock of 8,000 Hz and one channel. */
enum Format {
    PCMU(Optional.of(AudioCodec.PCMU), AudioCodec.PCMU.encodingName(), AudioCodec.PCMU.payloadType()),
    PCMA(Optional.of(AudioCodec.PCMA), AudioCodec.PCMA.encodingName(), AudioCodec.PCMA.payloadType()),
    L16(Optional.of(AudioCodec.L16), AudioCodec.L16.encodingName(), AudioCodec.L16.payloadType()),
    /** RFC 4733. */
    TELEPHONE_EVENT(Optional.empty(), "telephone-event", OfferAnswer.TELEPHONE_EVENT),
    /** RFC 3389. */
    COMFORT_NOISE(Optional.empty(), "CN", PayloadTypes.COMFORT_NOISE);

    private static final String CLOCK = "/" + AudioCodec.CLOCK_RATE;
    private static final int FIRST_DYNAMIC = 96;

    private final Optional<AudioCodec> codec;
    private final String map;
    private final int usualNumber;

    Format(Optional<AudioCodec> codec, String name, int usualNumber) {
        this.codec = codec;
        this.map = name + "/" + AudioCodec.CLOCK_RATE;
        this.usualNumber = usualNumber;
    }

    static Format of(AudioCodec codec) {
        return switch (codec) {
            case PCMU -> PCMU;
            case PCMA -> PCMA;
            case L16 -> L16;
        };
    }

    /** What a number with this {@code a=rtpmap} value stands for: the case does not matter, nor do one channel and 8,000 Hz left out. */
    static Optional<Format> mapped(String map) {
        String plain = map.toLowerCase(Locale.ROOT);
        if (plain.endsWith(CLOCK + "/1")) plain = plain.substring(0, plain.length() - 2);
        if (plain.indexOf('/') < 0) plain += CLOCK;
        for (Format format : values())
            if (format.map.toLowerCase(Locale.ROOT).equals(plain)) return Optional.of(format);
        return Optional.empty();
    }

    /** What a number without {@code a=rtpmap} stands for (RFC 3551 section 6). */
    static Optional<Format> ofStatic(int number) {
        for (Format format : values())
            if (format.usualNumber == number && number < FIRST_DYNAMIC) return Optional.of(format);
        return Optional.empty();
    }

    /** Empty for what is not sound of its own. */
    Optional<AudioCodec> codec() {
        return codec;
    }

    /** As {@code a=rtpmap} says it. */
    String map() {
        return map;
    }

    /** The number that RFC 3551 gives it, or where it gives none the one that we offer it under. */
    int usualNumber() {
        return usualNumber;
    }

    /** A format and the number that one description gives it. */
    record Numbered(int number, Format format) {
        PayloadTypes addedTo(PayloadTypes types) {
            return switch (format) {
                case PCMU, PCMA, L16 -> types.withCodec(number, format.codec.orElseThrow());
                case TELEPHONE_EVENT -> types.withTelephoneEvent(number);
                case COMFORT_NOISE -> types.withComfortNoise(number);
            };
        }
    }
}
