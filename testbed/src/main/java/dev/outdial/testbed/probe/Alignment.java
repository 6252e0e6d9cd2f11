package dev.outdial.testbed.probe;

/**
 * Where a reference lies in what was heard, to the sample.
 *
 * @param offsetSamples the place of the reference's first sample; negative when its beginning is not in what was heard
 * @param explained the share of the reference's energy that is there, 0 to 1
 */
record Alignment(int offsetSamples, double explained) {

    /** Finds the place by cross-correlation over all offsets. Both sounds must have samples. */
    static Alignment of(short[] heard, short[] reference) {
        int size = Integer.highestOneBit(heard.length + reference.length) << 1;
        var correlation = correlate(heard, reference, size);
        var energy = energyUpTo(heard);
        double referenceEnergy = energyUpTo(reference)[reference.length];
        double best = 0;
        int offset = 0;
        for (int o = 1 - reference.length; o < heard.length; o++) {
            double c = correlation[o < 0 ? o + size : o];
            if (c <= 0) continue;
            double covered = energy[Math.min(heard.length, o + reference.length)] - energy[Math.max(0, o)];
            // c^2 / energy is what a least-squares fit explains, so that a loud stranger does not outweigh a quiet
            // match.
            double explained = covered <= 0 ? 0 : c * c / covered;
            if (explained > best) {
                best = explained;
                offset = o;
            }
        }
        return new Alignment(offset, referenceEnergy <= 0 ? 0 : Math.min(1, best / referenceEnergy));
    }

    private static double[] correlate(short[] heard, short[] reference, int size) {
        // One transform for both real signals: heard in the real part, reference in the imaginary part.
        var re = new double[size];
        var im = new double[size];
        for (int i = 0; i < heard.length; i++) re[i] = heard[i];
        for (int i = 0; i < reference.length; i++) im[i] = reference[i];
        Fft.forward(re, im);
        var productRe = new double[size];
        var productIm = new double[size];
        for (int k = 0; k < size; k++) {
            int m = size - k & size - 1;
            double hr = (re[k] + re[m]) / 2;
            double hi = (im[k] - im[m]) / 2;
            double rr = (im[k] + im[m]) / 2;
            double ri = (re[m] - re[k]) / 2;
            productRe[k] = (hr * rr + hi * ri) / size;
            productIm[k] = (hi * rr - hr * ri) / size;
        }
        Fft.backward(productRe, productIm);
        return productRe;
    }

    private static double[] energyUpTo(short[] pcm) {
        var sums = new double[pcm.length + 1];
        for (int i = 0; i < pcm.length; i++) sums[i + 1] = sums[i] + (double) pcm[i] * pcm[i];
        return sums;
    }
}
