package dev.outdial.media.net;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts times in buckets that are at most a sixteenth of their value wide. <b>Threading:</b> one writer; anyone may read,
 * and sees counts that are a moment old.
 */
final class LatenessHistogram {
    private static final int SUB_BITS = 4;
    private static final int SUB = 1 << SUB_BITS;
    private static final int BUCKETS = SUB * 61;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
    private final AtomicLong max = new AtomicLong();

    void add(long nanos) {
        long value = Math.max(0, nanos);
        int bucket = bucketOf(value);
        counts.lazySet(bucket, counts.getPlain(bucket) + 1);
        if (value > max.getPlain()) max.lazySet(value);
    }

    Lateness read() {
        return read(List.of(this));
    }

    /** What all of them counted. */
    static Lateness read(List<LatenessHistogram> all) {
        long[] copy = new long[BUCKETS];
        long total = 0;
        long max = 0;
        for (LatenessHistogram one : all) {
            for (int i = 0; i < copy.length; i++) copy[i] += one.counts.get(i);
            max = Math.max(max, one.max.get());
        }
        for (long count : copy) total += count;
        return new Lateness(
                total,
                percentile(copy, total, 0.5, max),
                percentile(copy, total, 0.99, max),
                percentile(copy, total, 0.999, max),
                max);
    }

    private static long percentile(long[] copy, long total, double share, long max) {
        long rank = (long) Math.ceil(total * share);
        long seen = 0;
        for (int i = 0; i < copy.length; i++) {
            seen += copy[i];
            if (rank > 0 && seen >= rank) return Math.min(upperBound(i), max);
        }
        return 0;
    }

    /** Values below 16 have a bucket each; above, each power of two has 16. */
    static int bucketOf(long value) {
        if (value < SUB) return (int) value;
        int exponent = 63 - Long.numberOfLeadingZeros(value);
        int sub = (int) (value >>> (exponent - SUB_BITS)) & (SUB - 1);
        return (exponent - SUB_BITS + 1) * SUB + sub;
    }

    static long upperBound(int bucket) {
        if (bucket < SUB) return bucket;
        int exponent = bucket / SUB + SUB_BITS - 1;
        long width = 1L << (exponent - SUB_BITS);
        return (1L << exponent) + (bucket % SUB + 1) * width - 1;
    }
}
