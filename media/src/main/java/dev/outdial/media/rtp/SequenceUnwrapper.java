package dev.outdial.media.rtp;

/**
 * Gives the numbers of a counter that wraps (16 bit sequence numbers, 32 bit timestamps) their place on an endless line, by
 * taking each for the nearest one to the last reference. <b>Threading:</b> one owner.
 */
public final class SequenceUnwrapper {
    private final int bits;
    private long reference;

    private SequenceUnwrapper(int bits) {
        this.bits = bits;
    }

    /** For RTP sequence numbers. */
    public static SequenceUnwrapper ofSequenceNumbers() {
        return new SequenceUnwrapper(16);
    }

    /** For RTP timestamps. */
    public static SequenceUnwrapper ofTimestamps() {
        return new SequenceUnwrapper(32);
    }

    /** Starts anew at this number, which stands for itself. */
    public void restart(int number) {
        reference = number & mask();
    }

    /** Where this number stands, seen from the reference, which is left as it is. */
    public long peek(int number) {
        int shift = 64 - bits;
        // Sign-extended, the difference is the shorter way round.
        return reference + ((number - reference) << shift >> shift);
    }

    /** Where this number stands; numbers ahead of the reference become the reference. */
    public long unwrap(int number) {
        long place = peek(number);
        if (place > reference) reference = place;
        return place;
    }

    /** The furthest number yet. */
    public long highest() {
        return reference;
    }

    private long mask() {
        return (1L << bits) - 1;
    }
}
