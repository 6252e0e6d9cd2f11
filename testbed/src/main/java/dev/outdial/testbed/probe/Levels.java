package dev.outdial.testbed.probe;

/** Levels of 16-bit sound. Pure functions. */
final class Levels {
    /** What counts as sound in a frame of 20 ms: -55 dBov, well above the rounding of G.711 and below any speech. */
    static final double SOUND_RMS = 58;

    private static final double MOST_DB = 99;

    private Levels() {}

    static double rms(short[] pcm, int from, int count) {
        double energy = 0;
        for (int i = from; i < from + count; i++) energy += (double) pcm[i] * pcm[i];
        return Math.sqrt(energy / count);
    }

    /** Ten times the logarithm of a ratio of energies, 99 at most. */
    static double ratioDb(double signal, double noise) {
        if (signal <= 0) return -MOST_DB;
        return noise <= 0 ? MOST_DB : Math.min(MOST_DB, 10 * Math.log10(signal / noise));
    }
}
