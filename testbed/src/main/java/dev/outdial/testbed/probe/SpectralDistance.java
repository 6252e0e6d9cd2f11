package dev.outdial.testbed.probe;

/**
 * How far the spectrum that was heard lies from that of a reference, and whether sound broke off: both are 8 kHz PCM, the reference is aligned to the sample, the level
 * is not fitted.
 *
 * <p>The distance of a frame is the root mean square of the differences between the two power spectra, in decibels, over the band of a telephone (Gray and Markel 1976). A
 * spectrum counts down to 40 dB below its strongest part: what is softer is G.711's own noise. Frames of 32 ms (von Hann), one each 16 ms, where the reference sounds.
 *
 * @param meanDb the mean distance over all frames; what was not heard at all is as far away as can be told
 * @param worstDb that of the worst frame
 * @param longestGapMillis the longest time in which the reference sounds and what was heard is over 20 dB softer
 */
public record SpectralDistance(double meanDb, double worstDb, long longestGapMillis) {
    private static final int SIZE = 256;
    private static final int HOP = SIZE / 2;
    private static final double RANGE_DB = 40;
    /** 300 to 3400 Hz in bins of 31.25 Hz. */
    private static final int FIRST_BIN = 10;

    private static final int LAST_BIN = 108;

    private static final int GAP_FRAME = 40;
    private static final double GAP_SHARE = 0.1;

    /** Compares. */
    public static SpectralDistance between(short[] heard, short[] reference) {
        if (heard.length == 0 || reference.length < SIZE)
            throw new IllegalArgumentException(heard.length + " samples beside a reference of " + reference.length);
        int offset = Alignment.of(heard, reference).offsetSamples();
        short[] aligned = aligned(heard, offset, reference.length);
        double sum = 0;
        double worst = 0;
        int frames = 0;
        for (int at = 0; at + SIZE <= reference.length; at += HOP) {
            if (Levels.rms(reference, at, SIZE) < Levels.SOUND_RMS) continue;
            double distance = distanceDb(spectrum(aligned, at), spectrum(reference, at));
            sum += distance;
            worst = Math.max(worst, distance);
            frames++;
        }
        return new SpectralDistance(frames == 0 ? 0 : sum / frames, worst, longestGapMillis(aligned, reference));
    }

    /** What was heard where the reference lies, silence where nothing was. */
    private static short[] aligned(short[] heard, int offset, int length) {
        var aligned = new short[length];
        int from = Math.max(0, -offset);
        int to = Math.min(length, heard.length - offset);
        if (from < to) System.arraycopy(heard, from + offset, aligned, from, to - from);
        return aligned;
    }

    private static double[] spectrum(short[] pcm, int from) {
        var re = new double[SIZE];
        var im = new double[SIZE];
        for (int i = 0; i < SIZE; i++) re[i] = pcm[from + i] * (0.5 - 0.5 * Math.cos(2 * Math.PI * i / SIZE));
        Fft.forward(re, im);
        var power = new double[SIZE / 2];
        for (int k = 0; k < power.length; k++) power[k] = re[k] * re[k] + im[k] * im[k];
        return power;
    }

    private static double distanceDb(double[] heard, double[] reference) {
        double strongest = 0;
        for (int k = FIRST_BIN; k <= LAST_BIN; k++) strongest = Math.max(strongest, reference[k]);
        double floor = Math.max(1, strongest * Math.pow(10, -RANGE_DB / 10));
        double squares = 0;
        for (int k = FIRST_BIN; k <= LAST_BIN; k++) {
            double decibels = 10 * Math.log10(Math.max(heard[k], floor) / Math.max(reference[k], floor));
            squares += decibels * decibels;
        }
        return Math.sqrt(squares / (LAST_BIN - FIRST_BIN + 1));
    }

    private static long longestGapMillis(short[] heard, short[] reference) {
        int longest = 0;
        int gap = 0;
        for (int at = 0; at + GAP_FRAME <= reference.length; at += GAP_FRAME) {
            double wanted = Levels.rms(reference, at, GAP_FRAME);
            boolean missing = wanted >= Levels.SOUND_RMS && Levels.rms(heard, at, GAP_FRAME) < GAP_SHARE * wanted;
            gap = missing ? gap + GAP_FRAME : 0;
            longest = Math.max(longest, gap);
        }
        return longest / 8;
    }
}
