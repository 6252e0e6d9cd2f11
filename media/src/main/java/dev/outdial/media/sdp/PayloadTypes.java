package dev.outdial.media.sdp;

import dev.outdial.media.codec.AudioCodec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

    private record Meaning(Kind kind, Optional<AudioCodec> codec, int eventClockRate) {
        static final Meaning NONE = new Meaning(Kind.NONE, Optional.empty(), 0);
        static final Meaning COMFORT_NOISE = new Meaning(Kind.COMFORT_NOISE, Optional.empty(), 0);

        @Override
        public String toString() {
            return codec.<Object>map(known -> known).orElse(kind).toString();
        }
    }

    /** Nothing but comfort noise. */
    public static final PayloadTypes NONE =
            new PayloadTypes(new byte[COUNT], new Meaning[] {Meaning.NONE}).with(COMFORT_NOISE, Meaning.COMFORT_NOISE);

    /** Of each number the place in {@link #meanings}: every call keeps two of these, and few numbers mean anything. */
    private final byte[] places;

    private final Meaning[] meanings;

    private PayloadTypes(byte[] places, Meaning[] meanings) {
        this.places = places;
        this.meanings = meanings;
    }

    private PayloadTypes with(int number, Meaning meaning) {
        if (number < 0 || number >= COUNT) throw new IllegalArgumentException("payload type " + number);
        byte[] morePlaces = places.clone();
        int place = Byte.toUnsignedInt(places[number]);
        if (place == 0) {
            place = meanings.length;
            morePlaces[number] = (byte) place;
        }
        Meaning[] moreMeanings = Arrays.copyOf(meanings, Math.max(meanings.length, place + 1));
        moreMeanings[place] = meaning;
        return new PayloadTypes(morePlaces, moreMeanings);
    }

    private Meaning meaning(int number) {
        return meanings[Byte.toUnsignedInt(places[number])];
    }

    /** The same, and this number stands for this codec. */
    public PayloadTypes withCodec(int number, AudioCodec codec) {
        return with(number, new Meaning(Kind.AUDIO, Optional.of(codec), 0));
    }

    /** The same, and this number stands for telephone-events with a clock of 8,000 Hz. */
    public PayloadTypes withTelephoneEvent(int number) {
        return withTelephoneEvent(number, AudioCodec.CLOCK_RATE);
    }

    /** The same, and this number stands for telephone-events with this clock. */
    public PayloadTypes withTelephoneEvent(int number, int clockRate) {
        return with(number, new Meaning(Kind.TELEPHONE_EVENT, Optional.empty(), clockRate));
    }

    /** The same, and this number stands for comfort noise. */
    public PayloadTypes withComfortNoise(int number) {
        return with(number, Meaning.COMFORT_NOISE);
    }

    /** The codec that a number, 0 to 127, stands for. */
    public Optional<AudioCodec> codec(int number) {
        return meaning(number).codec;
    }

    /** Whether a number, 0 to 127, stands for telephone-events. */
    public boolean isTelephoneEvent(int number) {
        return meaning(number).kind == Kind.TELEPHONE_EVENT;
    }

    /** The clock of the telephone-events that a number, 0 to 127, stands for; 0 where it stands for something else. */
    public int eventClockRate(int number) {
        return meaning(number).eventClockRate;
    }

    /** Whether a number, 0 to 127, stands for comfort noise. */
    public boolean isComfortNoise(int number) {
        return meaning(number).kind == Kind.COMFORT_NOISE;
    }

    private List<Meaning> all() {
        return IntStream.range(0, COUNT).mapToObj(this::meaning).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PayloadTypes that && all().equals(that.all());
    }

    @Override
    public int hashCode() {
        return all().hashCode();
    }

    @Override
    public String toString() {
        return IntStream.range(0, COUNT)
                .filter(number -> meaning(number).kind != Kind.NONE)
                .mapToObj(number -> number + "=" + meaning(number))
                .collect(Collectors.joining(" ", "PayloadTypes[", "]"));
    }
}
