package dev.outdial.media.codec;

import java.util.Arrays;

/**
 * One sub-band's adaptive predictor and scale factor (ITU-T G.722 sections 3.5 and 3.6, 6.2.1.3 and 6.2.1.4), the same in encoder
 * and decoder. Integers of 16 bits as the Recommendation has them. <b>Threading:</b> one owner.
 */
final class G722Band {
    private static final int POLES = 2;
    private static final int ZEROS = 6;

    private static final int FIRST_LOW_STEP = 32;
    private static final int FIRST_HIGH_STEP = 8;
    private static final int MOST_LOW_LOG = 18_432;
    private static final int MOST_HIGH_LOG = 22_528;

    /** Mantissas of the scale factor: 2048 * 2^(i/32). */
    private static final int[] MANTISSA = {
        2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834, 2896, 2960,
        3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008
    };

    private final int firstStep;
    private final int mostLog;
    private final int mantissaShift;

    private int stepLog;
    private int step;
    private int estimate;
    private int zeroEstimate;
    /** Index 0 is unused, as in the Recommendation: a1, a2. */
    private final int[] poles = new int[POLES + 1];
    /** Reconstructed signal, and partially reconstructed, the last one first. */
    private final int[] signal = new int[POLES + 1];

    private final int[] partial = new int[POLES + 1];
    private final int[] zeros = new int[ZEROS + 1];
    private final int[] difference = new int[ZEROS + 1];

    private G722Band(int firstStep, int mostLog, int mantissaShift) {
        this.firstStep = firstStep;
        this.mostLog = mostLog;
        this.mantissaShift = mantissaShift;
        this.step = firstStep;
    }

    static G722Band low() {
        return new G722Band(FIRST_LOW_STEP, MOST_LOW_LOG, 8);
    }

    static G722Band high() {
        return new G722Band(FIRST_HIGH_STEP, MOST_HIGH_LOG, 10);
    }

    void reset() {
        stepLog = 0;
        step = firstStep;
        estimate = 0;
        zeroEstimate = 0;
        for (int[] each : new int[][] {poles, signal, partial, zeros, difference}) Arrays.fill(each, 0);
    }

    /** What the next sample is expected to be. */
    int estimate() {
        return estimate;
    }

    /** The quantizer's scale factor. */
    int step() {
        return step;
    }

    /**
     * Goes on by a sample.
     *
     * @param logStep what the code adds to the logarithm of the scale factor
     * @param quantized the quantized difference between the sample and its estimate
     */
    void adapt(int logStep, int quantized) {
        // Blocks LOGSCL and SCALEL or SCALEH.
        stepLog = Math.clamp((stepLog * 127 >> 7) + logStep, 0, mostLog);
        int mantissa = MANTISSA[stepLog >> 6 & 31];
        int shift = mantissaShift - (stepLog >> 11);
        step = (shift < 0 ? mantissa << -shift : mantissa >> shift) << 2;
        predict(quantized);
    }

    /** Block 4: RECONS, PARREC, UPPOL2, UPPOL1, UPZERO, DELAYA, FILTEP, FILTEZ and PREDIC. */
    private void predict(int quantized) {
        difference[0] = quantized;
        signal[0] = saturated(estimate + quantized);
        partial[0] = saturated(zeroEstimate + quantized);
        boolean likeLast = sign(partial[0]) == sign(partial[1]);
        boolean likeBefore = sign(partial[0]) == sign(partial[2]);
        int second = secondPole(likeLast, likeBefore);
        poles[1] = firstPole(likeLast, second);
        poles[2] = second;
        adaptZeros(quantized);
        for (int i = ZEROS; i > 0; i--) difference[i] = difference[i - 1];
        for (int i = POLES; i > 0; i--) {
            signal[i] = signal[i - 1];
            partial[i] = partial[i - 1];
        }
        int poleEstimate = saturated(weighted(poles[1], signal[1]) + weighted(poles[2], signal[2]));
        int sum = 0;
        for (int i = ZEROS; i > 0; i--) sum += weighted(zeros[i], difference[i]);
        zeroEstimate = saturated(sum);
        estimate = saturated(poleEstimate + zeroEstimate);
    }

    private int secondPole(boolean likeLast, boolean likeBefore) {
        int four = saturated(poles[1] << 2);
        int turned = Math.min(likeLast ? -four : four, Short.MAX_VALUE);
        int next = (likeBefore ? 128 : -128) + (turned >> 7) + (poles[2] * 32_512 >> 15);
        return Math.clamp(next, -12_288, 12_288);
    }

    private int firstPole(boolean likeLast, int second) {
        int next = saturated((likeLast ? 192 : -192) + (poles[1] * 32_640 >> 15));
        int limit = saturated(15_360 - second);
        return Math.clamp(next, -limit, limit);
    }

    private void adaptZeros(int quantized) {
        int nudge = quantized == 0 ? 0 : 128;
        for (int i = 1; i <= ZEROS; i++) {
            int turned = sign(difference[i]) == sign(quantized) ? nudge : -nudge;
            zeros[i] = saturated(turned + (zeros[i] * 32_640 >> 15));
        }
    }

    private static int weighted(int weight, int value) {
        return weight * saturated(value + value) >> 15;
    }

    private static int sign(int value) {
        return value >> 15;
    }

    static int saturated(int value) {
        return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
    }
}
