package dev.outdial.media.sdp;

import dev.outdial.media.codec.AudioCodec;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the payload type numbers of one direction stand for; they may differ from those of the other (RFC 3264 section 5.1).
 * Immutable.
 */
public final class PayloadTypes {
    private static final int COUNT = 128;
    /** Comfort noise at 8,000 samples a second, whatever was agreed (RFC 3389 section 4). */
    public static final int COMFORT_NOISE = 13;

    private enum Kind {
        NONE,
        AUDIO,
        TELEPHONE_EVENT,
        COMFORT_NOISE
    }

    /** Nothing but comfort noise. */
    public static final PayloadTypes NONE = new PayloadTypes();

    private final Kind[] kinds = new Kind[COUNT];
    private final int[] eventClockRates = new int[COUNT];
    private final Optional<AudioCodec>[] codecs;

    private PayloadTypes() {
        Arrays.fill(kinds, Kind.NONE);
        kinds[COMFORT_NOISE] = Kind.COMFORT_NOISE;
        codecs = unknownCodecs();
    }

    private PayloadTypes(PayloadTypes other, int number, Kind kind, Optional<AudioCodec> codec, int eventClockRate) {
        if (number < 0 || number >= COUNT) throw new IllegalArgumentException("payload type " + number);
        System.arraycopy(other.kinds, 0, kinds, 0, COUNT);
        System.arraycopy(other.eventClockRates, 0, eventClockRates, 0, COUNT);
        codecs = other.codecs.clone();
        kinds[number] = kind;
        codecs[number] = codec;
        eventClockRates[number] = eventClockRate;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of Optional, so that asking allocates nothing
    private static Optional<AudioCodec>[] unknownCodecs() {
        Optional<AudioCodec>[] none = new Optional[COUNT];
        Arrays.fill(none, Optional.empty());
        return none;
    }

    /** The same, and this number stands for this codec. */
    public PayloadTypes withCodec(int number, AudioCodec codec) {
        return new PayloadTypes(this, number, Kind.AUDIO, Optional.of(codec), 0);
    }

    /** The same, and this number stands for telephone-events with a clock of 8,000 Hz. */
    public PayloadTypes withTelephoneEvent(int number) {
        return withTelephoneEvent(number, AudioCodec.CLOCK_RATE);
    }

    /** The same, and this number stands for telephone-events with this clock. */
    public PayloadTypes withTelephoneEvent(int number, int clockRate) {
        return new PayloadTypes(this, number, Kind.TELEPHONE_EVENT, Optional.empty(), clockRate);
    }

    /** The same, and this number stands for comfort noise. */
    public PayloadTypes withComfortNoise(int number) {
        return new PayloadTypes(this, number, Kind.COMFORT_NOISE, Optional.empty(), 0);
    }

    /** The codec that a number, 0 to 127, stands for. */
    public Optional<AudioCodec> codec(int number) {
        return codecs[number];
    }

    /** Whether a number, 0 to 127, stands for telephone-events. */
    public boolean isTelephoneEvent(int number) {
        return kinds[number] == Kind.TELEPHONE_EVENT;
    }

    /** The clock of the telephone-events that a number, 0 to 127, stands for; 0 where it stands for something else. */
    public int eventClockRate(int number) {
        return eventClockRates[number];
    }

    /** Whether a number, 0 to 127, stands for comfort noise. */
    public boolean isComfortNoise(int number) {
        return kinds[number] == Kind.COMFORT_NOISE;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PayloadTypes that
                && Arrays.equals(kinds, that.kinds)
                && Arrays.equals(codecs, that.codecs)
                && Arrays.equals(eventClockRates, that.eventClockRates);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(kinds) + Arrays.hashCode(codecs);
    }

    @Override
    public String toString() {
        var text = new StringBuilder("PayloadTypes[");
        for (int number = 0; number < COUNT; number++)
            if (kinds[number] != Kind.NONE)
                text.append(number)
                        .append('=')
                        .append(codecs[number].<Object>map(codec -> codec).orElse(kinds[number]))
                        .append(' ');
        return text.append(']').toString();
    }
}
