package dev.outdial.media.jitter;

/**
 * Goes on with a sound whose continuation is missing: repeats its last pitch period, at full loudness for 10 ms, then ever
 * softer, silent after 60 ms (in the spirit of G.711 Appendix I). <b>Threading:</b> one owner.
 */
final class Concealment {
    /** So much of the line before the gap is looked at. */
    static final int HISTORY = 160 + Pitch.LONGEST;

    private static final int COMPARED = 160;
    private static final int LOUD = 80;
    private static final int SILENT = 480;
    /** The step from the last sample to the first repeated one is spread over 2 ms. */
    private static final int SMOOTHED = 16;

    private final short[] period = new short[Pitch.LONGEST];
    private int length;
    private int made;
    private int step;

    /** The line breaks off before this place. */
    void start(SoundLine line, long place) {
        int lag = Pitch.find(line, place - COMPARED, COMPARED, -1, Pitch.LONGEST, 0);
        length = lag == 0 ? Pitch.LONGEST : lag;
        for (int i = 0; i < length; i++) period[i] = line.get(place - length + i);
        // The period's end is led over to what came before its beginning, so that it can follow itself.
        int fade = length / 4;
        for (int i = 0; i < fade; i++) {
            int at = length - fade + i;
            int before = line.get(place - length - fade + i);
            period[at] = (short) ((period[at] * (fade - i) + before * i) / fade);
        }
        step = line.get(place - 1) - line.get(place - 1 - length);
        made = 0;
    }

    /** The next sample. */
    short next() {
        if (made >= SILENT) return 0;
        int sample = period[made % length];
        if (made < SMOOTHED) sample += step * (SMOOTHED - made) / (SMOOTHED + 1);
        if (made > LOUD) sample = sample * (SILENT - made) / (SILENT - LOUD);
        made++;
        return (short) Math.clamp(sample, Short.MIN_VALUE, Short.MAX_VALUE);
    }
}
