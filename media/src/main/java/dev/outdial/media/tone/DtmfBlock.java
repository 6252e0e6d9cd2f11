package dev.outdial.media.tone;

/**
 * Says which key one block of sound holds: by Goertzel filters at the eight frequencies, and where two of them stand out by the
 * rest of the block, which a key has nearly nothing of and a voice much. <b>Threading:</b> one owner.
 */
final class DtmfBlock {
    /** 12.75 ms: long enough to tell neighbouring frequencies apart, short enough to lie whole in a key of 40 ms twice. */
    static final int SAMPLES = 102;
    /** No key. */
    static final char NONE = 0;

    /** Each of the two must be above this: a sine 42 dB below full scale. */
    private static final double LEAST_POWER = sinePower(-42);
    /** The louder of the two may have this many times the power of the other: 8 dB, and what a frequency beside its filter loses. */
    private static final double MOST_TWIST = ratio(11);
    /** Each must stand out among its four by this much. */
    private static final double LEAST_OVER_OTHERS = ratio(3);
    /** The two must hold this part of all power: 0.72 is left of frequencies 1.5 % beside their filters, less with noise. */
    private static final double LEAST_SHARE = 0.58;
    /** A voice has overtones, a key has none. */
    private static final double MOST_OVERTONE = ratio(-10);

    /**
     * A sine d beside its filter keeps (cos(pi d t))^2 of its power when two blocks are taken as one, where t is a block's time. One
     * block alone cannot tell: it takes a voice on 720 Hz and its overtone for a 3. The keys' frequencies are such that no two
     * harmonics of a voice are both within 1.75 % of them, unless others lie between.
     */
    private static final double MOST_BESIDE = 0.0175;

    private static final double[] LEAST_STEADY_ROW = steady(DtmfTones.ROW_HERTZ);
    private static final double[] LEAST_STEADY_COLUMN = steady(DtmfTones.COLUMN_HERTZ);

    /**
     * Of two whole blocks of a key, the two frequencies and what is about 1 % beside them hold this part: noise 12 dB below leaves 0.94,
     * and rooms for what a line adds. One block alone must have less, for its filters lose what is beside them.
     */
    private static final double LEAST_PURE = 0.88;

    private static final double BESIDE = 0.009;
    private static final Subspace[] KEYS = new Subspace[16];

    static {
        for (int i = 0; i < KEYS.length; i++) {
            double low = DtmfTones.ROW_HERTZ[i / 4];
            double high = DtmfTones.COLUMN_HERTZ[i % 4];
            KEYS[i] = Subspace.of(
                    2 * SAMPLES, low * (1 - BESIDE), low * (1 + BESIDE), high * (1 - BESIDE), high * (1 + BESIDE));
        }
    }

    private static final double[] ROWS = coefficients(DtmfTones.ROW_HERTZ, 1);
    private static final double[] COLUMNS = coefficients(DtmfTones.COLUMN_HERTZ, 1);
    /** Twice a row's frequency is next to some column's: thrice is not. */
    private static final double[] ROW_OVERTONES = coefficients(DtmfTones.ROW_HERTZ, 3);

    private static final double[] COLUMN_OVERTONES = coefficients(DtmfTones.COLUMN_HERTZ, 2);
    /** Where a row and a column are a voice's first two harmonics, their sum is its third. */
    private static final double[] SUMS = new double[16];

    static {
        for (int i = 0; i < SUMS.length; i++)
            SUMS[i] = coefficient(DtmfTones.ROW_HERTZ[i / 4] + DtmfTones.COLUMN_HERTZ[i % 4]);
    }

    private final double[] rowPowers = new double[4];
    private final double[] columnPowers = new double[4];
    private final float[] two = new float[2 * SAMPLES];
    private double power;
    private int row;
    private int column;

    private static double ratio(double db) {
        return Math.pow(10, db / 10);
    }

    private static double sinePower(double dbfs) {
        return ratio(dbfs) * Short.MAX_VALUE * Short.MAX_VALUE / 2;
    }

    private static double[] coefficients(double[] hertz, int times) {
        var all = new double[hertz.length];
        for (int i = 0; i < all.length; i++) all[i] = coefficient(times * hertz[i]);
        return all;
    }

    private static double[] steady(double[] hertz) {
        var least = new double[hertz.length];
        for (int i = 0; i < least.length; i++)
            least[i] = Math.pow(Math.cos(Math.PI * MOST_BESIDE * hertz[i] * SAMPLES / 8000), 2);
        return least;
    }

    private static double coefficient(double hertz) {
        return 2 * Math.cos(2 * Math.PI * hertz / 8000);
    }

    /** The key that the block holds, or {@link #NONE}. */
    char key(short[] block) {
        long energy = 0;
        for (int i = 0; i < SAMPLES; i++) energy += block[i] * block[i];
        power = (double) energy / SAMPLES;
        if (power < LEAST_SHARE * 2 * LEAST_POWER) return NONE;
        powers(block, ROWS, rowPowers);
        row = outstanding(rowPowers);
        // Most of a voice ends here, at half the cost.
        if (row < 0 || rowPowers[row] * (1 + MOST_TWIST) < LEAST_SHARE * power) return NONE;
        powers(block, COLUMNS, columnPowers);
        column = outstanding(columnPowers);
        if (column < 0 || !isKey(block)) return NONE;
        return DtmfTones.digit(row, column);
    }

    /** Mean square of the last block's samples. */
    double power() {
        return power;
    }

    /** Whether the block before and the last one hold the frequencies of the last one's key as one sound. */
    boolean isSteady(short[] before, short[] block) {
        return isSteady(before, block, ROWS[row], LEAST_STEADY_ROW[row])
                && isSteady(before, block, COLUMNS[column], LEAST_STEADY_COLUMN[column]);
    }

    /** Whether the block before and the last one hold the last one's key from end to end and little else. */
    boolean isPure(short[] before, short[] block) {
        if (!isSteady(before, block)) return false;
        double energy = 0;
        for (int i = 0; i < SAMPLES; i++) {
            two[i] = before[i];
            two[SAMPLES + i] = block[i];
            energy += (double) before[i] * before[i] + (double) block[i] * block[i];
        }
        return KEYS[4 * row + column].energy(two) >= LEAST_PURE * energy;
    }

    private boolean isKey(short[] block) {
        double low = rowPowers[row];
        double high = columnPowers[column];
        return low + high >= LEAST_SHARE * power
                && low <= MOST_TWIST * high
                && high <= MOST_TWIST * low
                && power(block, ROW_OVERTONES[row]) <= MOST_OVERTONE * low
                && power(block, SUMS[4 * row + column]) <= MOST_OVERTONE * low
                && power(block, COLUMN_OVERTONES[column]) <= MOST_OVERTONE * high;
    }

    /** Which of the four stands out, or -1. */
    private static int outstanding(double[] powers) {
        int best = 0;
        for (int i = 1; i < powers.length; i++) if (powers[i] > powers[best]) best = i;
        if (powers[best] < LEAST_POWER) return -1;
        for (int i = 0; i < powers.length; i++)
            if (i != best && powers[i] * LEAST_OVER_OTHERS > powers[best]) return -1;
        return best;
    }

    /** The power of a sine of each of four frequencies. They run side by side: one alone waits for its own last step. */
    private static void powers(short[] block, double[] coefficients, double[] powers) {
        double c0 = coefficients[0];
        double c1 = coefficients[1];
        double c2 = coefficients[2];
        double c3 = coefficients[3];
        double last0 = 0;
        double last1 = 0;
        double last2 = 0;
        double last3 = 0;
        double beforeLast0 = 0;
        double beforeLast1 = 0;
        double beforeLast2 = 0;
        double beforeLast3 = 0;
        for (int i = 0; i < SAMPLES; i++) {
            double x = block[i];
            double next0 = x + c0 * last0 - beforeLast0;
            double next1 = x + c1 * last1 - beforeLast1;
            double next2 = x + c2 * last2 - beforeLast2;
            double next3 = x + c3 * last3 - beforeLast3;
            beforeLast0 = last0;
            beforeLast1 = last1;
            beforeLast2 = last2;
            beforeLast3 = last3;
            last0 = next0;
            last1 = next1;
            last2 = next2;
            last3 = next3;
        }
        powers[0] = power(c0, last0, beforeLast0);
        powers[1] = power(c1, last1, beforeLast1);
        powers[2] = power(c2, last2, beforeLast2);
        powers[3] = power(c3, last3, beforeLast3);
    }

    private static double power(short[] block, double coefficient) {
        double last = 0;
        double beforeLast = 0;
        for (int i = 0; i < SAMPLES; i++) {
            double next = block[i] + coefficient * last - beforeLast;
            beforeLast = last;
            last = next;
        }
        return power(coefficient, last, beforeLast);
    }

    private static boolean isSteady(short[] before, short[] block, double coefficient, double least) {
        double last = 0;
        double beforeLast = 0;
        for (int i = 0; i < 2 * SAMPLES; i++) {
            double next = (i < SAMPLES ? before[i] : block[i - SAMPLES]) + coefficient * last - beforeLast;
            beforeLast = last;
            last = next;
        }
        double together = power(coefficient, last, beforeLast) / 4;
        return together >= least * (power(before, coefficient) + power(block, coefficient)) / 2;
    }

    /** Mean square of the sine that a filter ended with. */
    private static double power(double coefficient, double last, double beforeLast) {
        double squared = last * last + beforeLast * beforeLast - coefficient * last * beforeLast;
        return 2 * squared / ((double) SAMPLES * SAMPLES);
    }
}
