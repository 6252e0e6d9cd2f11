package dev.outdial.media.srtp;

/** Tells packets that come again from new ones (RFC 3711 section 3.3.2). <b>Threading:</b> one owner. */
final class ReplayWindow {
    /** A packet so far behind the furthest one is too old to tell. */
    static final int SIZE = 128;

    private long highest = -1;

    /** Bit n stands for the packet n before the highest. */
    private long recent;

    /** Bit n stands for the packet 64 + n before the highest. */
    private long older;

    boolean isNew(long index) {
        long age = highest - index;
        if (age < 0) return true;
        if (age >= SIZE) return false;
        return ((age < Long.SIZE ? recent >>> age : older >>> age - Long.SIZE) & 1) == 0;
    }

    /** @param index of a packet that {@link #isNew}, 0 or more */
    void add(long index) {
        if (index > highest) {
            advance(index - highest);
            highest = index;
        }
        long age = highest - index;
        if (age < Long.SIZE) recent |= 1L << age;
        else older |= 1L << age - Long.SIZE;
    }

    private void advance(long count) {
        if (count >= SIZE) {
            older = 0;
            recent = 0;
        } else if (count >= Long.SIZE) {
            older = recent << count - Long.SIZE;
            recent = 0;
        } else {
            older = older << count | recent >>> Long.SIZE - count;
            recent <<= count;
        }
    }
}
