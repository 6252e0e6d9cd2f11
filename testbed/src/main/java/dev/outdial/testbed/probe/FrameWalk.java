package dev.outdial.testbed.probe;

/**
 * Goes through a reference in frames of 20 ms and looks where each lies in what was heard. A frame that lies where the one before it says is taken; otherwise
 * its surroundings are searched; what lies nowhere is missing. Mutable, used once.
 */
final class FrameWalk {
    static final int FRAME = 160;
    private static final int SEARCH_SAMPLES = 5 * FRAME;
    private static final double FITS_DB = 10;

    private final short[] heard;
    private final short[] reference;
    private final double gain;
    private final boolean[] sounding;

    int firstSounding = -1;
    int lastSounding = -1;
    int firstMatched = -1;
    int lastMatched = -1;
    int firstLag;
    int lastLag;
    int missing;
    int shiftCount;
    int forwardShift;
    int backwardShift;

    FrameWalk(short[] heard, short[] reference, double gain) {
        this.heard = heard;
        this.reference = reference;
        this.gain = gain;
        sounding = new boolean[reference.length / FRAME];
        for (int f = 0; f < sounding.length; f++)
            sounding[f] = Levels.rms(reference, f * FRAME, FRAME) >= Levels.SOUND_RMS;
    }

    void from(int offset) {
        int lag = offset;
        for (int f = 0; f < sounding.length; f++) {
            if (!sounding[f]) continue;
            if (firstSounding < 0) firstSounding = f;
            lastSounding = f;
            int found = fits(f, 1, lag) >= FITS_DB ? lag : search(f, lag);
            if (found == Integer.MIN_VALUE) missing++;
            else lag = matched(f, found);
        }
    }

    private int matched(int frame, int lag) {
        if (firstMatched < 0) {
            firstMatched = frame;
            firstLag = lag;
        } else if (lag != lastLag) {
            shiftCount++;
            forwardShift += Math.max(0, lag - lastLag);
            backwardShift += Math.max(0, lastLag - lag);
        }
        lastMatched = frame;
        lastLag = lag;
        return lag;
    }

    /** The best lag around the given one, judged by two frames where there are two: one alone is found again a pitch period further. */
    private int search(int frame, int around) {
        int frames = frame + 1 < sounding.length && sounding[frame + 1] ? 2 : 1;
        double best = FITS_DB;
        int found = Integer.MIN_VALUE;
        for (int lag = around - SEARCH_SAMPLES; lag <= around + SEARCH_SAMPLES; lag++) {
            double fit = fits(frame, frames, lag);
            if (fit > best) {
                best = fit;
                found = lag;
            }
        }
        return found;
    }

    /** How well so many frames fit at that lag: signal to difference in dB; minus infinity where nothing was heard. */
    private double fits(int frame, int frames, int lag) {
        int from = frame * FRAME;
        int to = from + frames * FRAME;
        if (from + lag < 0 || to + lag > heard.length) return Double.NEGATIVE_INFINITY;
        double signal = 0;
        double difference = 0;
        for (int i = from; i < to; i++) {
            double wanted = gain * reference[i];
            double d = heard[i + lag] - wanted;
            signal += wanted * wanted;
            difference += d * d;
        }
        return Levels.ratioDb(signal, difference);
    }
}
