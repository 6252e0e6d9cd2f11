package dev.outdial.media.vad;

/**
 * How much sound repeats itself at the pace of a voice's pitch, 70 to 500 times a second: near 1 for vowels and tones, below 0.5 for
 * noise, breath and hiss. Allocates nothing after construction. <b>Threading:</b> one owner.
 */
final class Periodicity {
    /** At 4,000 samples a second. */
    private static final int SHORTEST = 8;

    private static final int LONGEST = 57;
    private static final int COMPARED = 100;
    private static final int KEPT = LONGEST + COMPARED;
    /** Samples at 8,000 a second that are looked at. */
    static final int SAMPLES = 2 * KEPT + 3;

    private final float[] low = new float[KEPT];

    /** Of the last {@link #SAMPLES} samples of the array. */
    double of(float[] samples) {
        int at = samples.length - SAMPLES;
        for (int i = 0; i < KEPT; i++, at += 2) {
            // Softens what is above 1 kHz, where breath and line noise are; the pitch is told by what is below.
            low[i] = samples[at] + samples[at + 1] + samples[at + 2] + samples[at + 3];
        }
        double own = 0;
        double other = 0;
        for (int i = 0; i < COMPARED; i++) {
            own += low[LONGEST + i] * low[LONGEST + i];
            other += low[LONGEST - SHORTEST + i] * low[LONGEST - SHORTEST + i];
        }
        double best = 0;
        for (int lag = SHORTEST; lag <= LONGEST; lag++) {
            int from = LONGEST - lag;
            float product = 0;
            for (int i = 0; i < COMPARED; i++) product += low[LONGEST + i] * low[from + i];
            if (product > 0) best = Math.max(best, product / Math.sqrt(own * other + 1));
            if (from > 0) {
                other += low[from - 1] * low[from - 1] - low[from + COMPARED - 1] * low[from + COMPARED - 1];
                other = Math.max(0, other);
            }
        }
        return best;
    }
}
