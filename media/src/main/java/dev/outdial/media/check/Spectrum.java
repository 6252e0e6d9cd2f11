package dev.outdial.media.check;

import java.util.Arrays;

/** The mean power spectrum of a stream, from windows (von Hann) of 40 to 85 ms one after another. One owner. */
final class Spectrum {
    /** The amplitude of a sine that is nothing but rounding. */
    private static final double FAINTEST = 1e-5;

    private final int sampleRate;
    private final int size;
    private final double[] window;
    private final double[] cos;
    private final double[] sin;
    private final double[] re;
    private final double[] im;
    private final double[] power;
    private int filled;
    private long windows;

    /** Of sound of so many samples a second. */
    Spectrum(int sampleRate) {
        this.sampleRate = sampleRate;
        size = Integer.highestOneBit(sampleRate / 12);
        window = new double[size];
        cos = new double[size / 2];
        sin = new double[size / 2];
        for (int i = 0; i < size; i++) window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / size);
        for (int i = 0; i < size / 2; i++) {
            cos[i] = Math.cos(2 * Math.PI * i / size);
            sin[i] = -Math.sin(2 * Math.PI * i / size);
        }
        re = new double[size];
        im = new double[size];
        power = new double[size / 2 + 1];
    }

    /** Takes a sample in. */
    void add(float sample) {
        re[filled] = sample * window[filled];
        if (++filled == size) transformWindow();
    }

    /**
     * The highest frequency whose power is at most so many decibels below the strongest, 0 where there is no sound. To be asked
     * once, at the end: a sound that is shorter than a window is filled up with silence.
     */
    int highestHz(double rangeDb) {
        if (filled > 0 && windows == 0) {
            Arrays.fill(re, filled, size, 0);
            transformWindow();
        }
        double faintest = windows * Math.pow(FAINTEST * size / 4, 2);
        double floor = Math.max(faintest, strongest() * Math.pow(10, -rangeDb / 10));
        // From the second on: a constant offset is no sound, and the window spreads it by one.
        for (int k = power.length - 1; k >= 2; k--)
            if (power[k] > floor) return (int) Math.round((double) k * sampleRate / size);
        return 0;
    }

    private double strongest() {
        double strongest = 0;
        for (int k = 2; k < power.length; k++) strongest = Math.max(strongest, power[k]);
        return strongest;
    }

    private void transformWindow() {
        Arrays.fill(im, 0);
        transform();
        for (int k = 0; k < power.length; k++) power[k] += re[k] * re[k] + im[k] * im[k];
        filled = 0;
        windows++;
    }

    /** The fast Fourier transform of radix 2, in place. */
    private void transform() {
        for (int i = 1, j = 0; i < size; i++) {
            int bit = size >> 1;
            for (; (j & bit) != 0; bit >>= 1) j ^= bit;
            j ^= bit;
            if (i < j) {
                double kept = re[i];
                re[i] = re[j];
                re[j] = kept;
            }
        }
        for (int length = 2; length <= size; length <<= 1) butterflies(length / 2, size / length);
    }

    private void butterflies(int half, int stride) {
        for (int start = 0; start < size; start += 2 * half) {
            for (int k = 0; k < half; k++) {
                int a = start + k;
                int b = a + half;
                double wr = cos[k * stride];
                double wi = sin[k * stride];
                double xr = re[b] * wr - im[b] * wi;
                double xi = re[b] * wi + im[b] * wr;
                re[b] = re[a] - xr;
                im[b] = im[a] - xi;
                re[a] += xr;
                im[a] += xi;
            }
        }
    }
}
