package dev.outdial.testbed.probe;

/**
 * Goes through a reference in frames of 20 ms and looks where each lies in what was heard. A frame that lies where the one before it says is taken; otherwise
 * its surroundings are searched; what lies nowhere is missing. Mutable, used once.
 */
final class FrameWalk {
    static final int FRAME = 160;
    private static final int SEARCH_SAMPLES = 5 * FRAME;
    // A correlation of 0.95 is 10 dB: speech that was shifted by less than a pitch period has less.
    private static final double FITS = 0.95;
    // In frames much quieter than the message even a noise that is faint beside it is loud; what is lost has no
    // correlation at all.
    private static final double QUIET_FITS = 0.6;
    private static final double QUIET_SHARE = 0.15;

    private final short[] heard;
    private final short[] reference;
    private final double quietRms;
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

    FrameWalk(short[] heard, short[] reference) {
        this.heard = heard;
        this.reference = reference;
        quietRms = QUIET_SHARE * Levels.rms(reference, 0, reference.length);
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
            boolean quiet = Levels.rms(reference, f * FRAME, FRAME) < quietRms;
            int found = correlation(f, 1, lag) >= (quiet ? QUIET_FITS : FITS) ? lag : search(f, lag);
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
        double best = FITS;
        int found = Integer.MIN_VALUE;
        for (int lag = around - SEARCH_SAMPLES; lag <= around + SEARCH_SAMPLES; lag++) {
            double fit = correlation(frame, frames, lag);
            if (fit > best) {
                best = fit;
                found = lag;
            }
        }
        return found;
    }

    /** How like the reference so many frames are at that lag, whatever their level: 1 for the same, 0 where nothing was heard. */
    private double correlation(int frame, int frames, int lag) {
        int from = frame * FRAME;
        int to = from + frames * FRAME;
        if (from + lag < 0 || to + lag > heard.length) return 0;
        double product = 0;
        double wanted = 0;
        double got = 0;
        for (int i = from; i < to; i++) {
            double r = reference[i];
            double h = heard[i + lag];
            product += r * h;
            wanted += r * r;
            got += h * h;
        }
        return product <= 0 ? 0 : product / Math.sqrt(wanted * got);
    }
}
