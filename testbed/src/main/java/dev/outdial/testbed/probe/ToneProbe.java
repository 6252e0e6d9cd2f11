package dev.outdial.testbed.probe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds given tones in 8 kHz sound with Goertzel filters over 20 ms blocks. Immutable. */
public final class ToneProbe {
    private static final int BLOCK_SAMPLES = 160;
    private static final double FAINTEST_DBOV = -45;
    // A tone must carry a fair part of its block, or speech and noise would be full of tones.
    private static final double LEAST_SHARE = 0.1;

    /**
     * A stretch of sound with a tone in it.
     *
     * @param hertz which
     * @param startMillis from, in the sound given
     * @param endMillis to
     * @param levelDbov the loudest block: 0 is a full-scale square wave, a full-scale sine is -3
     */
    public record Tone(int hertz, long startMillis, long endMillis, double levelDbov) {}

    private final List<Integer> wanted;

    private ToneProbe(List<Integer> wanted) {
        this.wanted = wanted;
    }

    /** A probe for these frequencies, each between 50 and 3950 Hz. */
    public static ToneProbe hertz(Integer... frequencies) {
        for (int f : frequencies) if (f < 50 || f > 3950) throw new IllegalArgumentException(f + " Hz");
        return new ToneProbe(List.of(frequencies));
    }

    /** A probe for the eight frequencies of keys. */
    public static ToneProbe keys() {
        return hertz(697, 770, 852, 941, 1209, 1336, 1477, 1633);
    }

    /** The tones in the sound, by start and frequency. */
    public List<Tone> tones(short[] pcm) {
        var found = new ArrayList<Tone>();
        for (int f : wanted) find(f, pcm, found);
        found.sort(Comparator.comparingLong(Tone::startMillis).thenComparingInt(Tone::hertz));
        return List.copyOf(found);
    }

    private static void find(int hertz, short[] pcm, List<Tone> found) {
        int start = -1;
        double loudest = Double.NEGATIVE_INFINITY;
        int blocks = pcm.length / BLOCK_SAMPLES;
        for (int block = 0; block <= blocks; block++) {
            double level = block == blocks ? Double.NEGATIVE_INFINITY : level(hertz, pcm, block * BLOCK_SAMPLES);
            if (level >= FAINTEST_DBOV) {
                if (start < 0) start = block;
                loudest = Math.max(loudest, level);
            } else if (start >= 0) {
                found.add(new Tone(hertz, start * 20L, block * 20L, loudest));
                start = -1;
                loudest = Double.NEGATIVE_INFINITY;
            }
        }
    }

    /** The level of the tone in one block; minus infinity when it is not a fair part of it. */
    private static double level(int hertz, short[] pcm, int from) {
        double coefficient = 2 * Math.cos(2 * Math.PI * hertz / 8000);
        double s1 = 0;
        double s2 = 0;
        double energy = 0;
        for (int i = from; i < from + BLOCK_SAMPLES; i++) {
            double s = pcm[i] + coefficient * s1 - s2;
            s2 = s1;
            s1 = s;
            energy += (double) pcm[i] * pcm[i];
        }
        double power = 2 * (s1 * s1 + s2 * s2 - coefficient * s1 * s2) / ((double) BLOCK_SAMPLES * BLOCK_SAMPLES);
        double share = power * BLOCK_SAMPLES / Math.max(energy, 1);
        return share < LEAST_SHARE ? Double.NEGATIVE_INFINITY : 10 * Math.log10(Math.max(power, 1e-9) / 1073741824.0);
    }
}
