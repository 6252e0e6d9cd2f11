package dev.outdial.media.tone;

import java.util.ArrayList;
import java.util.List;

/**
 * All sounds of one frame that are made of given frequencies, whatever their levels and phases; tells how much of a frame's power
 * is one of them. Frequencies so close that a frame cannot tell them apart are no trouble. Immutable.
 */
final class Subspace {
    /** What is left of a vector that the ones before span: rounding, and nothing to divide by. */
    private static final double NOTHING = 1e-6;

    private final float[][] basis;

    private Subspace(float[][] basis) {
        this.basis = basis;
    }

    static Subspace of(int sampleCount, double... hertz) {
        List<double[]> vectors = new ArrayList<>();
        for (double f : hertz) {
            vectors.add(sine(sampleCount, f, 0));
            vectors.add(sine(sampleCount, f, Math.PI / 2));
        }
        // Gram-Schmidt.
        List<double[]> orthogonal = new ArrayList<>();
        for (double[] vector : vectors) {
            for (double[] other : orthogonal) {
                double product = 0;
                for (int i = 0; i < sampleCount; i++) product += vector[i] * other[i];
                for (int i = 0; i < sampleCount; i++) vector[i] -= product * other[i];
            }
            double length = 0;
            for (double x : vector) length += x * x;
            if (length < NOTHING) continue;
            for (int i = 0; i < sampleCount; i++) vector[i] /= Math.sqrt(length);
            orthogonal.add(vector);
        }
        var basis = new float[orthogonal.size()][sampleCount];
        for (int v = 0; v < basis.length; v++)
            for (int i = 0; i < sampleCount; i++)
                basis[v][i] = (float) orthogonal.get(v)[i];
        return new Subspace(basis);
    }

    private static double[] sine(int sampleCount, double hertz, double phase) {
        var vector = new double[sampleCount];
        for (int i = 0; i < sampleCount; i++) vector[i] = Math.sin(2 * Math.PI * hertz * i / 8000 + phase);
        return vector;
    }

    /** How many independent sounds there are: two for each frequency. */
    int dimensions() {
        return basis.length;
    }

    /** The energy of the frame's part that is such a sound. */
    double energy(float[] frame) {
        double energy = 0;
        for (float[] vector : basis) {
            double product = product(vector, frame);
            energy += product * product;
        }
        return energy;
    }

    /** Eight sums side by side: one alone waits for its own last step. */
    private static double product(float[] vector, float[] frame) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        for (int i = 0; i + 7 < frame.length; i += 8) {
            s0 += vector[i] * frame[i];
            s1 += vector[i + 1] * frame[i + 1];
            s2 += vector[i + 2] * frame[i + 2];
            s3 += vector[i + 3] * frame[i + 3];
            s4 += vector[i + 4] * frame[i + 4];
            s5 += vector[i + 5] * frame[i + 5];
            s6 += vector[i + 6] * frame[i + 6];
            s7 += vector[i + 7] * frame[i + 7];
        }
        for (int i = frame.length & ~7; i < frame.length; i++) s0 += vector[i] * frame[i];
        return (s0 + s1) + (s2 + s3) + (s4 + s5) + (s6 + s7);
    }
}
