package dev.outdial.media.sdp;

import dev.outdial.media.codec.AudioCodec;
import java.util.Locale;
import java.util.Optional;

/** What a payload type number can stand for here. */
enum Format {
    PCMU(AudioCodec.PCMU, ""),
    PCMA(AudioCodec.PCMA, ""),
    L16(AudioCodec.L16, ""),
    G722(AudioCodec.G722, ""),
    /** Two channels whatever is sent (RFC 7587 section 7). */
    OPUS(AudioCodec.OPUS, "/2"),
    /** RFC 4733. */
    TELEPHONE_EVENT("telephone-event", AudioCodec.CLOCK_RATE, OfferAnswer.TELEPHONE_EVENT, AudioCodec.CLOCK_RATE),
    /** The same beside codecs with this clock. */
    TELEPHONE_EVENT_48("telephone-event", 48_000, 110, 48_000),
    /** RFC 3389. */
    COMFORT_NOISE("CN", AudioCodec.CLOCK_RATE, PayloadTypes.COMFORT_NOISE, 0);

    private static final String CLOCK = "/" + AudioCodec.CLOCK_RATE;
    private static final int FIRST_DYNAMIC = 96;

    private final Optional<AudioCodec> codec;
    private final String map;
    private final int usualNumber;
    private final int eventClockRate;

    Format(AudioCodec codec, String channels) {
        this.codec = Optional.of(codec);
        this.map = codec.encodingName() + "/" + codec.clockRate() + channels;
        this.usualNumber = codec.payloadType();
        this.eventClockRate = 0;
    }

    Format(String name, int clockRate, int usualNumber, int eventClockRate) {
        this.codec = Optional.empty();
        this.map = name + "/" + clockRate;
        this.usualNumber = usualNumber;
        this.eventClockRate = eventClockRate;
    }

    static Format of(AudioCodec codec) {
        return switch (codec) {
            case PCMU -> PCMU;
            case PCMA -> PCMA;
            case L16 -> L16;
            case G722 -> G722;
            case OPUS -> OPUS;
        };
    }

    /** Telephone-events with a codec's clock. */
    static Format eventsOf(int clockRate) {
        return clockRate == AudioCodec.CLOCK_RATE ? TELEPHONE_EVENT : TELEPHONE_EVENT_48;
    }

    /** What a number with this {@code a=rtpmap} value stands for: the case does not matter, nor do one channel and 8,000 Hz left out. */
    static Optional<Format> mapped(String map) {
        String plain = map.toLowerCase(Locale.ROOT);
        if (plain.endsWith("/1")) plain = plain.substring(0, plain.length() - 2);
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

    /** Of telephone-events the units a second in which they count, 0 for all else. */
    int eventClockRate() {
        return eventClockRate;
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
                case PCMU, PCMA, L16, G722, OPUS -> types.withCodec(number, format.codec.orElseThrow());
                case TELEPHONE_EVENT, TELEPHONE_EVENT_48 -> types.withTelephoneEvent(number, format.eventClockRate);
                case COMFORT_NOISE -> types.withComfortNoise(number);
            };
        }
    }
}
