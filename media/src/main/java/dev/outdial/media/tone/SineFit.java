package dev.outdial.media.tone;

/**
 * Finds the one sine that a frame is most like, of whatever frequency: first roughly, by how each sample follows from its
 * neighbours, then by how the phase goes on from quarter to quarter of the frame. Allocates nothing. <b>Threading:</b> one owner.
 */
final class SineFit {
    private static final int PARTS = 4;
    /** A frame that its neighbours explain less than this is no sine whatever the frequency. */
    private static final double LEAST_PREDICTED = 0.7;

    private final int partSamples;
    private final double[] real = new double[PARTS];
    private final double[] imaginary = new double[PARTS];
    private double hertz;
    private double energy;
    private double phase;

    SineFit(int sampleCount) {
        if (sampleCount % PARTS != 0) throw new IllegalArgumentException(sampleCount + " samples");
        this.partSamples = sampleCount / PARTS;
    }

    /** Looks at a frame; the accessors tell what was found. */
    void look(float[] frame) {
        double rough = roughAngle(frame);
        if (rough < 0) {
            hertz = 0;
            energy = 0;
            return;
        }
        transform(frame, rough);
        double exact = rough + offset(rough);
        hertz = exact * 8000 / (2 * Math.PI);
        sum(exact);
    }

    /** Its frequency, 0 where there is none. */
    double hertz() {
        return hertz;
    }

    /** The energy of the sine. */
    double energy() {
        return energy;
    }

    /** Its phase at the frame's first sample, in radians. */
    double phase() {
        return phase;
    }

    /**
     * A sine's sample is (the one before + the one after) / (2 cos w). With noise in all of them that is solved by total least
     * squares, which white noise does not lead astray: the matrix [A, B/sqrt 2; B/sqrt 2, C/2] of the sums below is the sine's own
     * and the noise times 1.
     */
    private static double roughAngle(float[] frame) {
        float a = 0;
        float b = 0;
        float c = 0;
        float a2 = 0;
        float b2 = 0;
        float c2 = 0;
        for (int i = 1; i + 2 < frame.length; i += 2) {
            float around = frame[i - 1] + frame[i + 1];
            a += frame[i] * frame[i];
            b += frame[i] * around;
            c += around * around;
            float around2 = frame[i] + frame[i + 2];
            a2 += frame[i + 1] * frame[i + 1];
            b2 += frame[i + 1] * around2;
            c2 += around2 * around2;
        }
        double own = a + a2;
        double mixed = b + b2;
        double half = (c + c2) / 2;
        double root = Math.sqrt((half - own) * (half - own) + 2 * mixed * mixed);
        double noise = (own + half - root) / 2;
        if (own <= 0 || noise > (1 - LEAST_PREDICTED) * own) return -1;
        // Of two ways to write the same, the one that does not take like from like.
        double cosine = own > half ? mixed / (own - half + root) : mixed == 0 ? 2 : (half - own + root) / (2 * mixed);
        return cosine > -1 && cosine < 1 ? Math.acos(cosine) : -1;
    }

    /** A Goertzel filter for each part, side by side: one alone waits for its own last step. */
    private void transform(float[] frame, double angle) {
        double factor = 2 * Math.cos(angle);
        double last0 = 0;
        double last1 = 0;
        double last2 = 0;
        double last3 = 0;
        double before0 = 0;
        double before1 = 0;
        double before2 = 0;
        double before3 = 0;
        for (int i = 0; i < partSamples; i++) {
            double next0 = frame[i] + factor * last0 - before0;
            double next1 = frame[i + partSamples] + factor * last1 - before1;
            double next2 = frame[i + 2 * partSamples] + factor * last2 - before2;
            double next3 = frame[i + 3 * partSamples] + factor * last3 - before3;
            before0 = last0;
            before1 = last1;
            before2 = last2;
            before3 = last3;
            last0 = next0;
            last1 = next1;
            last2 = next2;
            last3 = next3;
        }
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        // Turned back to the part's first sample.
        double backCos = Math.cos(angle * (partSamples - 1));
        double backSin = Math.sin(angle * (partSamples - 1));
        put(0, last0 - cos * before0, sin * before0, backCos, backSin);
        put(1, last1 - cos * before1, sin * before1, backCos, backSin);
        put(2, last2 - cos * before2, sin * before2, backCos, backSin);
        put(3, last3 - cos * before3, sin * before3, backCos, backSin);
    }

    private void put(int part, double re, double im, double backCos, double backSin) {
        real[part] = re * backCos + im * backSin;
        imaginary[part] = im * backCos - re * backSin;
    }

    /** By how much the frequency is beside that angle: what the phase gains from part to part. */
    private double offset(double angle) {
        double re = 0;
        double im = 0;
        for (int i = 1; i < PARTS; i++) {
            re += real[i] * real[i - 1] + imaginary[i] * imaginary[i - 1];
            im += imaginary[i] * real[i - 1] - real[i] * imaginary[i - 1];
        }
        return Math.IEEEremainder(Math.atan2(im, re) - angle * partSamples, 2 * Math.PI) / partSamples;
    }

    private void sum(double angle) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < PARTS; i++) {
            double cos = Math.cos(angle * partSamples * i);
            double sin = Math.sin(angle * partSamples * i);
            re += real[i] * cos + imaginary[i] * sin;
            im += imaginary[i] * cos - real[i] * sin;
        }
        energy = 2 * (re * re + im * im) / (PARTS * partSamples);
        phase = Math.atan2(im, re);
    }
}
