package dev.outdial.testbed.sound;

/** Sine tones sounding together, with a cadence or without a pause, for ever. One owner. */
public final class Tones implements Sound {
    private static final double[] ROWS = {697, 770, 852, 941};
    private static final double[] COLUMNS = {1209, 1336, 1477, 1633};
    private static final String KEYPAD = "123A456B789C*0#D";
    private static final double KEY_AMPLITUDE = 0.35;

    private final double amplitude;
    private final double[] hertz;
    private final long onSamples;
    private final long periodSamples;
    private long at;

    private Tones(double amplitude, double[] hertz, long onSamples, long periodSamples) {
        if (!(amplitude >= 0 && amplitude * hertz.length <= 1)) {
            throw new IllegalArgumentException(hertz.length + " tones of amplitude " + amplitude + " would clip");
        }
        this.amplitude = amplitude;
        this.hertz = hertz.clone();
        this.onSamples = onSamples;
        this.periodSamples = periodSamples;
    }

    /**
     * Tones without a pause.
     *
     * @param amplitude of each tone, where 1 is full scale
     * @param hertz their frequencies
     */
    public Tones(double amplitude, double... hertz) {
        this(amplitude, hertz, 1, 1);
    }

    /** The same tones from the beginning, on and off in turns. */
    public Tones cadence(int onMillis, int offMillis) {
        return new Tones(amplitude, hertz, onMillis * 8L, (onMillis + offMillis) * 8L);
    }

    static Tones ofKey(char digit) {
        int key = KEYPAD.indexOf(Character.toUpperCase(digit));
        if (key < 0) throw new IllegalArgumentException("no such key: " + digit);
        return new Tones(KEY_AMPLITUDE, ROWS[key / 4], COLUMNS[key % 4]);
    }

    @Override
    public void next(short[] frame) {
        for (int i = 0; i < frame.length; i++, at++) {
            double sum = 0;
            if (at % periodSamples < onSamples) {
                for (double f : hertz) sum += Math.sin(2 * Math.PI * f * at / SAMPLE_RATE);
            }
            frame[i] = (short) Math.round(sum * amplitude * Short.MAX_VALUE);
        }
    }

    @Override
    public boolean isOver() {
        return false;
    }

    /** The next so many milliseconds as samples. */
    public short[] samples(int millis) {
        var pcm = new short[millis * SAMPLE_RATE / 1000];
        next(pcm);
        return pcm;
    }
}
