package dev.outdial.media.resample;

import dev.outdial.media.codec.AudioCodec;

/**
 * Brings a stream of samples to another rate, most often 8 kHz, by a Kaiser-windowed sinc in polyphase form: 32 zero crossings a side, beta 9, -6 dB
 * at 0.95 of the lower of the two Nyquist frequencies. Output sample 0 is at the time of input sample 0, and the output is as long
 * as the input, to the nearest sample. <b>Threading:</b> one owner.
 *
 * <pre>
 *   input   |----+----+----+----+----+----+---     at n / rate
 *   output  |--------+--------+--------+------     at n / output rate: each a sum over the inputs around it
 * </pre>
 */
public final class Resampler {
    /** Samples a second that come out where no other rate is asked for. */
    public static final int OUTPUT_RATE = AudioCodec.CLOCK_RATE;

    private static final int ZERO_CROSSINGS = 32;
    private static final double BETA = 9;
    private static final double ROLL_OFF = 0.95;
    private static final int MAX_PHASES = 512;

    private final int inputRate;
    private final int outputRate;
    private final int upFactor;
    private final int downFactor;
    private final int phases;
    private final int halfLength;
    private final float[][] kernels;

    /** Input from {@code historyStart} on, {@code halfLength} zeros before the first sample. */
    private float[] history;

    private long historyStart;
    private int historyLength;
    private long inputCount;
    private long outputCount;

    /** From {@code inputRate}, 1000 to 400000 samples a second. */
    public Resampler(int inputRate) {
        this(inputRate, OUTPUT_RATE);
    }

    /** From {@code inputRate} to {@code outputRate}, both 1000 to 400000 samples a second. */
    public Resampler(int inputRate, int outputRate) {
        checkRate(inputRate);
        checkRate(outputRate);
        this.inputRate = inputRate;
        this.outputRate = outputRate;
        int common = greatestCommonDivisor(inputRate, outputRate);
        this.upFactor = outputRate / common;
        this.downFactor = inputRate / common;
        this.phases = Math.min(upFactor, MAX_PHASES);
        double cutoff = ROLL_OFF * Math.min(1.0, (double) outputRate / inputRate);
        this.halfLength = (int) Math.ceil(ZERO_CROSSINGS / cutoff);
        this.kernels = kernels(phases, halfLength, cutoff);
        this.history = new float[4 * halfLength + 4096];
        this.historyStart = -halfLength;
        this.historyLength = halfLength;
    }

    private static void checkRate(int rate) {
        if (rate < 1000 || rate > 400_000) throw new IllegalArgumentException("sample rate " + rate);
    }

    /** At most as many samples as this come out of {@link #process} for {@code count} samples in, or of {@link #finish}. */
    public int outputLimit(int count) {
        return (int) ((count + 2L * halfLength) * outputRate / inputRate) + 2;
    }

    /**
     * Takes samples in and gives those out that can be computed by now.
     *
     * @return how many were written to {@code output}, which has room for {@link #outputLimit}
     */
    public int process(float[] input, int count, float[] output) {
        append(input, count);
        inputCount += count;
        return drain(output, Long.MAX_VALUE);
    }

    /** Ends the stream: silence is taken to follow it. Returns how many samples were written. */
    public int finish(float[] output) {
        append(new float[halfLength + 1], halfLength + 1);
        long total = Math.round((double) inputCount * outputRate / inputRate);
        return drain(output, total);
    }

    private void append(float[] input, int count) {
        if (historyLength + count > history.length) {
            float[] larger = new float[historyLength + count + 4096];
            System.arraycopy(history, 0, larger, 0, historyLength);
            history = larger;
        }
        System.arraycopy(input, 0, history, historyLength, count);
        historyLength += count;
    }

    private int drain(float[] output, long limit) {
        int n = 0;
        for (; outputCount < limit; outputCount++) {
            long position = outputCount * downFactor;
            long center = position / upFactor;
            if (center + halfLength >= historyStart + historyLength) break;
            output[n++] = inputRate == outputRate
                    ? history[(int) (center - historyStart)]
                    : interpolate(center, (int) (position % upFactor));
        }
        forget();
        return n;
    }

    private float interpolate(long center, int fraction) {
        int from = (int) (center - halfLength + 1 - historyStart);
        if (phases == upFactor) return convolve(kernels[fraction], from);
        // Odd rates would need thousands of phases; between 512 of them a straight line is good to -100 dB.
        double phase = (double) fraction * phases / upFactor;
        int below = (int) phase;
        float weight = (float) (phase - below);
        return convolve(kernels[below], from) * (1 - weight) + convolve(kernels[below + 1], from) * weight;
    }

    private float convolve(float[] kernel, int from) {
        float even = 0;
        float odd = 0;
        for (int i = 0; i < kernel.length; i += 2) {
            even += kernel[i] * history[from + i];
            odd += kernel[i + 1] * history[from + i + 1];
        }
        return even + odd;
    }

    private void forget() {
        long keepFrom = outputCount * downFactor / upFactor - halfLength;
        int drop = Math.clamp(keepFrom - historyStart, 0, historyLength);
        // Moved only now and then, so that the cost stays a copy a sample.
        if (drop < history.length / 2) return;
        System.arraycopy(history, drop, history, 0, historyLength - drop);
        historyStart += drop;
        historyLength -= drop;
    }

    /** Kernel p weighs the inputs from {@code 1 - halfLength} to {@code halfLength} around an output p / phases after an input. */
    private static float[][] kernels(int phases, int halfLength, double cutoff) {
        float[][] kernels = new float[phases + 1][2 * halfLength];
        for (int p = 0; p <= phases; p++) {
            double[] exact = new double[2 * halfLength];
            double sum = 0;
            for (int i = 0; i < exact.length; i++) {
                exact[i] = tap(i - halfLength + 1 - (double) p / phases, halfLength, cutoff);
                sum += exact[i];
            }
            // Each phase passes a constant unchanged; otherwise the phases would beat against one another.
            for (int i = 0; i < exact.length; i++) kernels[p][i] = (float) (exact[i] / sum);
        }
        return kernels;
    }

    private static double tap(double time, int halfLength, double cutoff) {
        double edge = time / halfLength;
        if (Math.abs(edge) >= 1) return 0;
        double angle = Math.PI * cutoff * time;
        double sinc = angle == 0 ? 1 : Math.sin(angle) / angle;
        return cutoff * sinc * bessel(BETA * Math.sqrt(1 - edge * edge)) / bessel(BETA);
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

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
