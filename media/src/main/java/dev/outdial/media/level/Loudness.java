package dev.outdial.media.level;

import java.util.Arrays;

/**
 * The loudness of one channel by ITU-R BS.1770-4: weighted as ears do, in blocks of 400 ms every 100 ms, of which those below
 * -70 LUFS and those more than 10 LU below the rest do not count. A sine of 997 Hz at full scale is -3.01 LUFS. <b>Threading:</b> one owner.
 */
public final class Loudness {
    /** What is told of sound that no block of is louder than this: nothing is there to be heard. */
    public static final double NOTHING_LUFS = -70;

    private static final double OFFSET_LUFS = -0.691;
    private static final double RELATIVE_GATE_LU = -10;
    private static final int STEPS_PER_BLOCK = 4;

    private final Biquad head;
    private final Biquad highPass;
    private final int stepSamples;
    private double[] stepEnergies = new double[256];
    private int steps;
    private double energy;
    private int inStep;

    /** For sound of so many samples a second. */
    public Loudness(int sampleRate) {
        head = head(sampleRate);
        highPass = highPass(sampleRate);
        stepSamples = sampleRate / 10;
    }

    /** The first filter: the head as a sphere, +4 dB from 1.7 kHz on. */
    static Biquad head(int sampleRate) {
        // The Recommendation gives coefficients for 48 kHz only; these are the values of the analogue filter behind
        // them, which the bilinear transform brings to any rate.
        double k = Math.tan(Math.PI * 1681.974450955533 / sampleRate);
        double q = 0.7071752369554196;
        double high = Math.pow(10, 3.999843853973347 / 20);
        double band = Math.pow(high, 0.4996667741545416);
        double a0 = 1 + k / q + k * k;
        return new Biquad(
                (high + band * k / q + k * k) / a0,
                2 * (k * k - high) / a0,
                (high - band * k / q + k * k) / a0,
                2 * (k * k - 1) / a0,
                (1 - k / q + k * k) / a0);
    }

    /** The second filter: what is below 38 Hz is hardly heard. */
    static Biquad highPass(int sampleRate) {
        double k = Math.tan(Math.PI * 38.13547087602444 / sampleRate);
        double q = 0.5003270373238773;
        double a0 = 1 + k / q + k * k;
        return new Biquad(1, -2, 1, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0);
    }

    /** Takes samples in, at full scale from -1 to 1. */
    public void add(float[] samples, int count) {
        for (int i = 0; i < count; i++) {
            double weighted = highPass.filter(head.filter(samples[i]));
            energy += weighted * weighted;
            if (++inStep == stepSamples) endStep();
        }
    }

    private void endStep() {
        if (steps == stepEnergies.length) stepEnergies = Arrays.copyOf(stepEnergies, 2 * steps);
        stepEnergies[steps++] = energy;
        energy = 0;
        inStep = 0;
    }

    /** The loudness of all that came in, {@link #NOTHING_LUFS} at least. */
    public double lufs() {
        double[] blocks = blocks();
        double absolute = power(NOTHING_LUFS);
        double relative = mean(blocks, absolute) * Math.pow(10, RELATIVE_GATE_LU / 10);
        return Math.max(NOTHING_LUFS, lufs(mean(blocks, Math.max(absolute, relative))));
    }

    private double[] blocks() {
        if (steps < STEPS_PER_BLOCK) {
            // Shorter than a block, which the Recommendation leaves open: all of it is one.
            int samples = steps * stepSamples + inStep;
            double all = energy + Arrays.stream(stepEnergies, 0, steps).sum();
            return samples == 0 ? new double[0] : new double[] {all / samples};
        }
        var blocks = new double[steps - STEPS_PER_BLOCK + 1];
        for (int i = 0; i < blocks.length; i++)
            for (int s = i; s < i + STEPS_PER_BLOCK; s++)
                blocks[i] += stepEnergies[s] / (STEPS_PER_BLOCK * (double) stepSamples);
        return blocks;
    }

    private static double mean(double[] blocks, double gate) {
        return Arrays.stream(blocks).filter(block -> block > gate).average().orElse(0);
    }

    private static double lufs(double power) {
        return OFFSET_LUFS + 10 * Math.log10(power);
    }

    private static double power(double lufs) {
        return Math.pow(10, (lufs - OFFSET_LUFS) / 10);
    }
}
