package dev.outdial.media.mix;

/** Adds sounds up. Pure functions that allocate nothing. */
public final class Mixing {
    private Mixing() {}

    /** Adds {@code other} to {@code into}, sample by sample; what is too loud for 16 bits stays at their limit. */
    public static void mixInto(short[] into, short[] other, int count) {
        for (int i = 0; i < count; i++) into[i] = saturated(into[i] + other[i]);
    }

    /** The sample, or the limit of 16 bits that is nearest to it. */
    public static short saturated(int sample) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sample));
    }
}
