package dev.outdial.testbed.probe;

/** Radix-2 fast Fourier transform in place. Pure functions. */
final class Fft {
    private Fft() {}

    /** Transforms; the length must be a power of two. */
    static void forward(double[] re, double[] im) {
        int n = re.length;
        for (int i = 1, j = 0; i < n; i++) {
            int bit = n >> 1;
            for (; (j & bit) != 0; bit >>= 1) j ^= bit;
            j ^= bit;
            if (i < j) {
                swap(re, i, j);
                swap(im, i, j);
            }
        }
        var cos = new double[n / 2];
        var sin = new double[n / 2];
        for (int i = 0; i < n / 2; i++) {
            cos[i] = Math.cos(2 * Math.PI * i / n);
            sin[i] = -Math.sin(2 * Math.PI * i / n);
        }
        for (int size = 2; size <= n; size <<= 1) butterflies(re, im, cos, sin, size);
    }

    private static void butterflies(double[] re, double[] im, double[] cos, double[] sin, int size) {
        int half = size / 2;
        int stride = re.length / size;
        for (int start = 0; start < re.length; start += size) {
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

    private static void swap(double[] values, int i, int j) {
        double kept = values[i];
        values[i] = values[j];
        values[j] = kept;
    }

    /** Transforms back, without the division by the length. */
    static void backward(double[] re, double[] im) {
        forward(im, re);
    }
}
