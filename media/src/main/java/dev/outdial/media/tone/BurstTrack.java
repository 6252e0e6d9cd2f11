package dev.outdial.media.tone;

import dev.outdial.media.tone.Burst.Neighbour;
import java.util.Optional;

/**
 * Follows one sine from frame to frame: bridges a frame that is spoilt, and says when it is over. Allocates nothing but the bursts.
 * <b>Threading:</b> one owner.
 */
final class BurstTrack {
    /** So much of a frame's energy must be the sine: noise may be 8 dB below, and no key has it, unless one of its two is 8 dB louder. */
    static final double LEAST_SHARE = 0.86;

    private static final double LOWEST_HERTZ = 280;
    private static final double HIGHEST_HERTZ = 2700;
    private static final double STRAY = 0.02;
    private static final double STRAY_HERTZ = 12;
    private static final int HOLES = 3;
    /** Frames that are fainter by 9 dB are quiet. */
    private static final double QUIET = 0.125;
    /** A phase that is off by more is reversed: 50 degrees to either side. */
    private static final double REVERSED = Math.PI - 0.9;

    private final int frameMillis;
    private boolean sounding;
    private double hertzSum;
    private double shareSum;
    private int frames;
    private double lowest;
    private double highest;
    private double faintest;
    private double loudest;
    private double lastPower;
    private double power;
    private double frameBeforePower;
    private boolean frameBeforeGood;
    private boolean anyFrame;
    private Neighbour before = Neighbour.EDGE;
    private double beginMillis;
    private double endMillis;
    private int holes;
    private int quietHoles;
    private double afterPart;
    private long otherMillis;
    private long otherBefore;
    private double lastPhase;
    private int framesSincePhase;
    private int reversals;

    BurstTrack(int frameMillis) {
        this.frameMillis = frameMillis;
    }

    /** Whether a sine is being heard. */
    boolean isSounding() {
        return sounding && holes == 0;
    }

    /** The sine that is being heard: its frequency. */
    double hertz() {
        return hertzSum / frames;
    }

    long beginMillis() {
        return Math.round(beginMillis);
    }

    long endMillis() {
        return Math.round(endMillis);
    }

    /** How often its phase was reversed until now. */
    int reversals() {
        return reversals;
    }

    /** How much louder its loudest frame is than its faintest, its ends apart. */
    double spreadDb() {
        return loudest > 0 && faintest > 0 ? 10 * Math.log10(loudest / faintest) : 0;
    }

    /**
     * A frame.
     *
     * @param hertz the sine that it is most like
     * @param share how much of its energy that sine is; 0 where it is none
     * @param phase the sine's at the frame's first sample
     * @param framePower mean square of its samples, 0 where that is too little to be anything
     * @param atMillis when it begins
     * @return the burst that is over with it
     */
    Optional<Burst> put(double hertz, double share, double phase, double framePower, long atMillis) {
        boolean good = share >= LEAST_SHARE && hertz >= LOWEST_HERTZ && hertz <= HIGHEST_HERTZ;
        Optional<Burst> over = Optional.empty();
        if (good && sounding && Math.abs(hertz - hertz()) <= Math.max(STRAY_HERTZ, STRAY * hertz())) {
            goOn(hertz, phase, framePower, atMillis);
            shareSum += share;
        } else if (good) {
            if (sounding) over = Optional.of(end(Neighbour.SOUND));
            begin(hertz, phase, framePower, atMillis);
            shareSum = share;
        } else {
            if (sounding) over = miss(framePower);
            if (!sounding && framePower > 0 && over.isEmpty()) otherMillis += frameMillis;
        }
        frameBeforePower = framePower;
        frameBeforeGood = good;
        anyFrame = true;
        return over;
    }

    /** The sound ends here. */
    Optional<Burst> finish() {
        return sounding ? Optional.of(end(Neighbour.EDGE)) : Optional.empty();
    }

    private void begin(double hertz, double phase, double framePower, long atMillis) {
        sounding = true;
        // What is quiet beside the sine is not the sine; what is loud may be something else.
        double part = frameBeforeGood ? 0 : Math.min(1, frameBeforePower / framePower);
        before = !anyFrame
                ? Neighbour.EDGE
                : frameBeforePower <= QUIET * framePower || part < 1 ? Neighbour.QUIET : Neighbour.SOUND;
        beginMillis = atMillis - part * frameMillis;
        endMillis = atMillis + frameMillis;
        hertzSum = hertz;
        frames = 1;
        lowest = hertz;
        highest = hertz;
        faintest = 0;
        loudest = 0;
        power = framePower;
        lastPower = 0;
        holes = 0;
        quietHoles = 0;
        afterPart = 0;
        otherBefore = otherMillis;
        otherMillis = 0;
        reversals = 0;
        lastPhase = phase;
        framesSincePhase = 0;
    }

    private void goOn(double hertz, double phase, double framePower, long atMillis) {
        framesSincePhase += 1 + holes;
        double angle = 2 * Math.PI * hertz() * frameMillis * framesSincePhase / 1000;
        if (Math.abs(Math.IEEEremainder(phase - lastPhase - angle, 2 * Math.PI)) > REVERSED) reversals++;
        lastPhase = phase;
        framesSincePhase = 0;
        // The last one is an end's frame until another follows.
        if (lastPower > 0) {
            faintest = faintest == 0 ? lastPower : Math.min(faintest, lastPower);
            loudest = Math.max(loudest, lastPower);
        }
        lastPower = framePower;
        power += (framePower - power) / 4;
        hertzSum += hertz;
        frames++;
        lowest = Math.min(lowest, hertz);
        highest = Math.max(highest, hertz);
        endMillis = atMillis + frameMillis;
        holes = 0;
        quietHoles = 0;
    }

    private Optional<Burst> miss(double framePower) {
        holes++;
        if (framePower <= QUIET * power) quietHoles++;
        if (holes == 1) afterPart = Math.min(1, framePower / power);
        return holes >= HOLES
                ? Optional.of(end(quietHoles >= HOLES - 1 ? Neighbour.QUIET : Neighbour.SOUND))
                : Optional.empty();
    }

    private Burst end(Neighbour after) {
        sounding = false;
        double whole = endMillis + (holes > 0 ? afterPart * frameMillis : 0);
        return new Burst(
                hertz(),
                highest - lowest,
                spreadDb(),
                shareSum / frames,
                Math.round(beginMillis),
                Math.round(whole),
                before,
                otherBefore,
                after);
    }
}
