package dev.outdial.media.level;

import java.util.Arrays;

/**
 * Makes sound louder and keeps its peaks below a limit: the gain goes down over 5 ms before a peak, and comes back over a tenth of a
 * second after it. No sample that comes out is above the limit; sound that does not reach it is multiplied, and nothing else.
 *
 * <pre>
 *   gain needed   ------.   .------      for the peak alone
 *   lowest ahead  --.       .------      5 ms early
 *   slow return   --.        __..--      never above the line before
 *   mean          --..       __..--      of the 5 ms before: on time again, and without a step
 * </pre>
 */
final class PeakLimiter implements Stage {
    private static final double AHEAD_SECONDS = 0.005;
    private static final double RETURN_SECONDS = 0.1;

    private final double gain;
    private final double limit;
    private final double back;
    /** The samples that wait and the gain that each needs, in a ring. */
    private final float[] samples;

    private final double[] needed;
    /** The gains of the last steps, of which the mean is taken. */
    private final double[] recent;

    private double returning = 1;
    private long inputCount;
    private long outputCount;

    /** Multiplies by {@code gain} and keeps below {@code limit}, at so many samples a second. */
    PeakLimiter(double gain, double limit, int sampleRate) {
        this.gain = gain;
        this.limit = limit;
        this.back = 1 - Math.exp(-1 / (RETURN_SECONDS * sampleRate));
        int ahead = Math.max(1, (int) (AHEAD_SECONDS * sampleRate));
        samples = new float[ahead];
        needed = new double[ahead];
        recent = new double[ahead];
        Arrays.fill(needed, 1);
    }

    @Override
    public int outputLimit(int count) {
        return count + samples.length;
    }

    @Override
    public int process(float[] input, int count, float[] output) {
        int n = 0;
        for (int i = 0; i < count; i++) {
            double louder = input[i] * gain;
            int place = (int) (inputCount++ % samples.length);
            samples[place] = (float) louder;
            needed[place] = Math.min(1, limit / Math.abs(louder));
            if (inputCount >= samples.length) output[n++] = next();
        }
        return n;
    }

    @Override
    public int finish(float[] output) {
        int n = 0;
        while (outputCount < inputCount) output[n++] = next();
        return n;
    }

    private float next() {
        double lowest = lowest();
        returning = Math.min(lowest, returning + (1 - returning) * back);
        // Before the first sample the gain was as the first samples need it.
        if (outputCount == 0) Arrays.fill(recent, returning);
        int place = (int) (outputCount++ % samples.length);
        recent[place] = returning;
        needed[place] = 1;
        double mean = mean();
        // The mean of rounded numbers may be a last digit above the lowest.
        return (float) Math.clamp(samples[place] * mean, -limit, limit);
    }

    private double lowest() {
        double lowest = 1;
        for (double one : needed) lowest = Math.min(lowest, one);
        return lowest;
    }

    private double mean() {
        double sum = 0;
        for (double one : recent) sum += one;
        return sum / recent.length;
    }
}
