package dev.outdial.media.check;

/** Counts samples that are cut off. One owner. */
final class Clipping {
    /** Full scale of 16 bits, less a rounding. */
    private static final float FULL_SCALE = 32766.5f / 32768;

    private long count;
    private boolean before;
    private boolean beforeCounted;

    /**
     * Takes a sample in. Above full scale it counts; at full scale it does where its neighbour is there too, as a file that just uses its
     * range has single samples there.
     */
    void take(float sample) {
        float size = Math.abs(sample);
        boolean at = size >= FULL_SCALE;
        boolean counted = size > 1 || at && before;
        if (counted) count++;
        if (at && before && !beforeCounted) count++;
        before = at;
        beforeCounted = counted;
    }

    long count() {
        return count;
    }
}
