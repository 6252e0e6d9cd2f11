package dev.outdial.media.codec;

import java.util.Arrays;

/**
 * Between 16,000 and 8,000 samples a second: a half-band low-pass of {@value #TAPS} taps, flat within 0.1 dB to 3.6 kHz and 60 dB down
 * from 4.4 kHz on. An instance goes one way, for one stream. Allocates nothing. <b>Threading:</b> one owner.
 *
 * <p>Every other tap but the middle one is zero: of two inputs one passes through the odd taps, the other is only delayed.
 */
final class HalfBand {
    private static final int SIDE = 24;
    private static final int TAPS = 4 * SIDE - 1;
    private static final double BETA = 6.5;
    private static final int LINE = 2048;

    /** The taps at odd distances 1, 3, 5 ... from the middle, whose own is 1/2. */
    private static final float[] ODD = taps();

    private final float[] line = new float[LINE];
    private int next = TAPS;

    private static float[] taps() {
        var odd = new double[SIDE];
        double sum = 0;
        for (int i = 0; i < SIDE; i++) {
            int distance = 2 * i + 1;
            double edge = (double) distance / (2 * SIDE);
            double sinc = Math.sin(Math.PI * distance / 2) / (Math.PI * distance);
            odd[i] = sinc * bessel(BETA * Math.sqrt(1 - edge * edge)) / bessel(BETA);
            sum += 2 * odd[i];
        }
        var taps = new float[SIDE];
        // A constant passes unchanged.
        for (int i = 0; i < SIDE; i++) taps[i] = (float) (odd[i] / sum / 2);
        return taps;
    }

    /** The modified Bessel function of the first kind and order 0, by its series. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > 1e-12 * sum; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    void reset() {
        Arrays.fill(line, 0);
        next = TAPS;
    }

    /** Takes an even number of samples and writes half as many; the arrays may be the same, where {@code at} is not beyond {@code from}. */
    void halve(short[] source, int from, int count, short[] target, int at) {
        for (int i = 0; i < count; i += 2) {
            put(source[from + i]);
            put(source[from + i + 1]);
            int middle = next - 1 - TAPS / 2;
            target[at + i / 2] = rounded(line[middle] / 2 + filtered(middle));
        }
    }

    private float filtered(int middle) {
        float sum = 0;
        for (int i = 0; i < SIDE; i++) sum += ODD[i] * (line[middle - 2 * i - 1] + line[middle + 2 * i + 1]);
        return sum;
    }

    /** Takes samples and writes twice as many. */
    void twice(short[] source, int from, int count, short[] target, int at) {
        for (int i = 0; i < count; i++) {
            // Between the samples of twice the rate there are zeros, so each output is twice one half of the taps.
            put(source[from + i]);
            int here = next - 1 - SIDE;
            float sum = 0;
            for (int tap = 0; tap < SIDE; tap++) sum += ODD[tap] * (line[here - tap] + line[here + 1 + tap]);
            target[at + 2 * i] = (short) line[here];
            target[at + 2 * i + 1] = rounded(2 * sum);
        }
    }

    private void put(short sample) {
        if (next == LINE) {
            System.arraycopy(line, LINE - TAPS, line, 0, TAPS);
            next = TAPS;
        }
        line[next++] = sample;
    }

    private static short rounded(float sample) {
        return (short) G722Band.saturated(Math.round(sample));
    }
}
