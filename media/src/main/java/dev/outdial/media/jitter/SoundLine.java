package dev.outdial.media.jitter;

import dev.outdial.media.codec.AudioCodec;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Samples on an endless line, the last 512 ms of it, and which of them came from the far end. <b>Threading:</b> one owner.
 */
final class SoundLine {
    static final int CAPACITY = 4096;

    private static final int MASK = CAPACITY - 1;
    private static final int WORD = 64;

    private final short[] samples = new short[CAPACITY];
    /** A bit a sample. */
    private final long[] known = new long[CAPACITY / WORD];

    /** Decodes so many samples' codes to this place. */
    void decode(AudioCodec codec, ByteBuffer packet, int offset, long place, int count) {
        int at = (int) place & MASK;
        int first = Math.min(count, CAPACITY - at);
        int firstBytes = codec.bytesFor(first);
        codec.decode(packet, offset, firstBytes, samples, at);
        if (count > first) codec.decode(packet, offset + firstBytes, codec.bytesFor(count - first), samples, 0);
        mark(place, count, true);
    }

    short get(long place) {
        return samples[(int) place & MASK];
    }

    /** What was played where nothing had come: it does not count as known. */
    void set(long place, short sample) {
        samples[(int) place & MASK] = sample;
    }

    /** The samples from here on are not known any more; their values stay until others are written. */
    void forget(long place, long count) {
        if (count >= CAPACITY) Arrays.fill(known, 0);
        else if (count > 0) mark(place, (int) count, false);
    }

    private void mark(long place, int count, boolean value) {
        for (int done = 0; done < count; ) {
            int at = (int) (place + done) & MASK;
            int n = Math.min(count - done, WORD - at % WORD);
            long bits = (n == WORD ? -1L : (1L << n) - 1) << at % WORD;
            if (value) known[at / WORD] |= bits;
            else known[at / WORD] &= ~bits;
            done += n;
        }
    }

    /** How many samples from here on are known, at most so many. */
    int knownRun(long place, int most) {
        return run(place, most, -1L);
    }

    /** How many samples from here on are unknown, at most so many. */
    int unknownRun(long place, int most) {
        return run(place, most, 0);
    }

    private int run(long place, int most, long wanted) {
        int length = 0;
        while (length < most) {
            int at = (int) (place + length) & MASK;
            int inWord = WORD - at % WORD;
            int same = Math.min(inWord, Long.numberOfTrailingZeros((known[at / WORD] ^ wanted) >>> at % WORD));
            length += same;
            if (same < inWord) break;
        }
        return Math.min(length, most);
    }
}
