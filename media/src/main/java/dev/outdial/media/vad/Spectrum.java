package dev.outdial.media.vad;

/** The power in each frequency of 512 samples, by a Fourier transform. Allocates nothing after construction. <b>Threading:</b> one owner. */
final class Spectrum {
    static final int SAMPLES = 512;
    private static final int BITS = 9;
    private static final double[] WINDOW = new double[SAMPLES];
    private static final double[] COS = new double[SAMPLES / 2];
    private static final double[] SIN = new double[SAMPLES / 2];

    static {
        for (int i = 0; i < SAMPLES; i++) WINDOW[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / SAMPLES);
        for (int i = 0; i < SAMPLES / 2; i++) {
            COS[i] = Math.cos(2 * Math.PI * i / SAMPLES);
            SIN[i] = Math.sin(2 * Math.PI * i / SAMPLES);
        }
    }

    private final double[] real = new double[SAMPLES];
    private final double[] imaginary = new double[SAMPLES];
    private final double[] power = new double[SAMPLES / 2];

    /**
     * The powers of 0, 15.625, ... Hz.
     *
     * @return valid until the next call
     */
    double[] of(float[] samples) {
        for (int i = 0; i < SAMPLES; i++) {
            int place = Integer.reverse(i) >>> (Integer.SIZE - BITS);
            real[place] = samples[i] * WINDOW[i];
            imaginary[place] = 0;
        }
        for (int half = 1; half < SAMPLES; half *= 2) {
            int stride = SAMPLES / (2 * half);
            for (int start = 0; start < SAMPLES; start += 2 * half) {
                for (int i = 0; i < half; i++) butterfly(start + i, start + i + half, i * stride);
            }
        }
        for (int i = 0; i < power.length; i++) power[i] = real[i] * real[i] + imaginary[i] * imaginary[i];
        return power;
    }

    private void butterfly(int low, int high, int turn) {
        double r = real[high] * COS[turn] + imaginary[high] * SIN[turn];
        double i = imaginary[high] * COS[turn] - real[high] * SIN[turn];
        real[high] = real[low] - r;
        imaginary[high] = imaginary[low] - i;
        real[low] += r;
        imaginary[low] += i;
    }
}
