package dev.outdial.media.vad;

/**
 * Finds tones: sound of one or two frequencies that stay where they are, as loud as they are, for 100 ms. A vowel may look like one
 * for some hundredths of a second; no voice holds its pitch and its loudness so still. <b>Threading:</b> one owner.
 */
final class SteadyTone {
    private static final double HERTZ_PER_BIN = 8000.0 / Spectrum.SAMPLES;
    private static final int LOWEST_BIN = 11;
    private static final int HIGHEST_BIN = 250;
    private static final int WIDTH = 3;
    /** Of the power; a tone 13 dB above the noise has so much. */
    private static final double LEAST_SHARE = 0.95;

    private static final double MOST_DRIFT_HERTZ = 7;
    private static final double MOST_SWELL_DB = 1.5;
    private static final int STEPS_TO_BEGIN = 5;
    /** A lost packet is no end: so many steps without it are. */
    private static final int STEPS_TO_END = 2;

    private final Spectrum spectrum = new Spectrum();
    private double firstHertz;
    private double firstDb;
    private double hertz;
    private boolean single;
    private int steps;
    private int missed;
    private boolean sounding;

    /** What a step came to. */
    enum Change {
        NONE,
        BEGAN,
        ENDED
    }

    /** Judges the last 64 ms, to be called each 20 ms. */
    Change step(float[] samples) {
        boolean tonal = find(samples);
        if (tonal && steps > 0 && isLikeFirst()) {
            steps++;
            missed = 0;
        } else if (sounding && ++missed < STEPS_TO_END) {
            return Change.NONE;
        } else {
            boolean ended = sounding;
            sounding = false;
            steps = tonal ? 1 : 0;
            missed = 0;
            firstHertz = foundHertz;
            firstDb = foundDb;
            return ended ? Change.ENDED : Change.NONE;
        }
        if (!sounding && steps >= STEPS_TO_BEGIN) {
            sounding = true;
            hertz = foundHertz;
            single = foundSingle;
            return Change.BEGAN;
        }
        return Change.NONE;
    }

    /** Nothing sounds. */
    Change quiet() {
        boolean ended = sounding;
        sounding = false;
        steps = 0;
        missed = 0;
        return ended ? Change.ENDED : Change.NONE;
    }

    /** Whether what sounds now may turn out to be a tone, or is one. */
    boolean isLikely() {
        return steps > 1;
    }

    boolean isSounding() {
        return sounding;
    }

    double hertz() {
        return hertz;
    }

    boolean single() {
        return single;
    }

    private double foundHertz;
    private double foundDb;
    private boolean foundSingle;

    private boolean isLikeFirst() {
        return Math.abs(foundHertz - firstHertz) <= MOST_DRIFT_HERTZ && Math.abs(foundDb - firstDb) <= MOST_SWELL_DB;
    }

    private boolean find(float[] samples) {
        double[] power = spectrum.of(samples);
        double all = 0;
        int first = LOWEST_BIN;
        for (int k = LOWEST_BIN; k < HIGHEST_BIN; k++) {
            all += power[k];
            if (power[k] > power[first]) first = k;
        }
        double firstPower = around(power, first);
        int second = -1;
        for (int k = LOWEST_BIN; k < HIGHEST_BIN; k++)
            if (Math.abs(k - first) > WIDTH && (second < 0 || power[k] > power[second])) second = k;
        double secondPower = Math.min(around(power, second), all - firstPower);
        foundHertz = centre(power, first);
        foundDb = 10 * Math.log10(all + 1);
        foundSingle = firstPower >= LEAST_SHARE * all || firstPower >= 20 * secondPower;
        return firstPower + secondPower >= LEAST_SHARE * all;
    }

    private static double around(double[] power, int bin) {
        double sum = 0;
        for (int k = Math.max(0, bin - WIDTH); k <= Math.min(power.length - 1, bin + WIDTH); k++) sum += power[k];
        return sum;
    }

    private static double centre(double[] power, int bin) {
        double sum = 0;
        double weighted = 0;
        for (int k = Math.max(0, bin - WIDTH); k <= Math.min(power.length - 1, bin + WIDTH); k++) {
            sum += power[k];
            weighted += k * power[k];
        }
        return sum > 0 ? weighted / sum * HERTZ_PER_BIN : 0;
    }
}
