package dev.outdial.media.tone;

/**
 * Makes the samples of a tone, 8,000 a second, piece by piece: its phase runs on from one piece to the next, and it swells and
 * fades over 2.5 ms so that it does not click. Allocates nothing. <b>Threading:</b> one owner.
 */
public final class ToneGenerator {
    private static final int SAMPLE_RATE = 8000;
    private static final int RAMP_SAMPLES = 20;
    private static final double[] RAMP = new double[RAMP_SAMPLES];

    static {
        for (int i = 0; i < RAMP_SAMPLES; i++) RAMP[i] = (1 - Math.cos(Math.PI * (i + 0.5) / RAMP_SAMPLES)) / 2;
    }

    // x[n] = 2 cos(w) x[n-1] - x[n-2] is a sine of frequency w; what it strays by in an hour is far below a sample's
    // step.
    private double factor1;
    private double last1;
    private double beforeLast1;
    private double factor2;
    private double last2;
    private double beforeLast2;
    private int at;
    private int length;

    /** Begins a tone of so many samples; one that still sounds is cut off. */
    public void start(Tone tone, int sampleCount) {
        double w1 = 2 * Math.PI * tone.hertz1() / SAMPLE_RATE;
        double w2 = 2 * Math.PI * tone.hertz2() / SAMPLE_RATE;
        factor1 = 2 * Math.cos(w1);
        factor2 = 2 * Math.cos(w2);
        last1 = -Math.sin(w1) * tone.amplitude1() * Short.MAX_VALUE;
        beforeLast1 = -Math.sin(2 * w1) * tone.amplitude1() * Short.MAX_VALUE;
        last2 = -Math.sin(w2) * tone.amplitude2() * Short.MAX_VALUE;
        beforeLast2 = -Math.sin(2 * w2) * tone.amplitude2() * Short.MAX_VALUE;
        at = 0;
        length = sampleCount;
    }

    /** Whether the tone goes on. */
    public boolean isSounding() {
        return at < length;
    }

    /**
     * Writes the next samples of the tone.
     *
     * @return how many: {@code count}, or fewer where the tone ends
     */
    public int fill(short[] target, int from, int count) {
        int written = Math.min(count, length - at);
        for (int i = from; i < from + written; i++) {
            double next1 = factor1 * last1 - beforeLast1;
            double next2 = factor2 * last2 - beforeLast2;
            beforeLast1 = last1;
            beforeLast2 = last2;
            last1 = next1;
            last2 = next2;
            target[i] = (short) Math.round((next1 + next2) * ramp(Math.min(at, length - 1 - at)));
            at++;
        }
        return written;
    }

    private static double ramp(int fromTheEdge) {
        return fromTheEdge < RAMP_SAMPLES ? RAMP[fromTheEdge] : 1;
    }
}
