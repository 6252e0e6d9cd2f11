package dev.outdial.testbed.probe;

/**
 * How like a reference the sound is that was heard. Both are 8 kHz PCM; the reference is aligned to the sample, the level is fitted by least squares, and every frame
 * of 20 ms is looked for.
 *
 * <p>G.711 alone leaves an SNR of 35 to 38 dB for speech. Silence before and after the message does not count, on either side; sound that is joined to the message and is not in the
 * reference makes it longer. What else was heard, apart from the message or in its pauses, is told and does not make it less whole.
 *
 * @param heardMillis how much was heard, silence included
 * @param soundMillis how much of that was not silence
 * @param offsetSamples where in what was heard the reference begins; negative when its beginning was not heard
 * @param gain how much louder it was heard, 1 being as loud
 * @param snrDb signal to noise over the reference, at most 99
 * @param lengthMillis the length of the matched sound
 * @param referenceMillis what that length should be
 * @param framesMissing frames of the reference that were not heard
 * @param framesDoubled frames that were heard once too often
 * @param lagShifts how often the place of the sound shifted
 * @param lostAtStartMillis how much of the first words was lost
 * @param lostAtEndMillis how much of the last words was lost
 * @param foreignMillis how much sound was heard where the reference has none: before the message, after it, in its pauses
 */
public record SoundComparison(
        long heardMillis,
        long soundMillis,
        int offsetSamples,
        double gain,
        double snrDb,
        long lengthMillis,
        long referenceMillis,
        int framesMissing,
        int framesDoubled,
        int lagShifts,
        long lostAtStartMillis,
        long lostAtEndMillis,
        long foreignMillis) {
    /** The least SNR of a message that was heard whole. */
    public static final double LEAST_SNR_DB = 30;

    /** How much longer or shorter a whole message may be. */
    public static final long MOST_LENGTH_DIFFERENCE_MILLIS = 20;

    private static final int FRAME = FrameWalk.FRAME;
    private static final int MOST_STRAY_FRAMES = 100;

    /** Compares. Takes well under a second for a minute of sound. */
    public static SoundComparison compare(short[] heard, short[] reference) {
        if (reference.length < FRAME)
            throw new IllegalArgumentException("a reference of " + reference.length + " samples");
        long heardMillis = heard.length / 8;
        long soundMillis = soundMillis(heard);
        var alignment = soundMillis == 0 ? new Alignment(0, 0) : Alignment.of(heard, reference);
        double[] fit = fit(heard, reference, alignment.offsetSamples());
        var walk = new FrameWalk(heard, reference);
        walk.from(alignment.offsetSamples());
        long referenceMillis = walk.firstSounding < 0 ? 0 : (walk.lastSounding + 1 - walk.firstSounding) * 20L;
        if (walk.firstMatched < 0) {
            return new SoundComparison(
                    heardMillis,
                    soundMillis,
                    0,
                    0,
                    -99,
                    0,
                    referenceMillis,
                    walk.missing,
                    0,
                    0,
                    referenceMillis,
                    0,
                    soundMillis);
        }
        int start = walk.firstMatched * FRAME + walk.firstLag;
        int end = (walk.lastMatched + 1) * FRAME + walk.lastLag;
        int stray = strayFrames(heard, start - FRAME, -FRAME, fit[0]) + strayFrames(heard, end, FRAME, fit[0]);
        return new SoundComparison(
                heardMillis,
                soundMillis,
                alignment.offsetSamples(),
                fit[0],
                fit[1],
                (end - start) / 8 + stray * 20L,
                referenceMillis,
                Math.max(walk.missing, Math.round(walk.backwardShift / (float) FRAME)),
                Math.round(walk.forwardShift / (float) FRAME),
                walk.shiftCount,
                (walk.firstMatched - walk.firstSounding) * 20L,
                (walk.lastSounding - walk.lastMatched) * 20L,
                foreignMillis(heard, reference, alignment.offsetSamples(), fit[0]));
    }

    /** Gain and SNR over the part of the reference that was heard. */
    private static double[] fit(short[] heard, short[] reference, int offset) {
        int from = Math.max(0, -offset);
        int to = Math.min(reference.length, heard.length - offset);
        double product = 0;
        double energy = 0;
        for (int i = from; i < to; i++) {
            product += (double) heard[i + offset] * reference[i];
            energy += (double) reference[i] * reference[i];
        }
        double gain = energy <= 0 ? 0 : product / energy;
        double noise = 0;
        for (int i = from; i < to; i++) {
            double difference = heard[i + offset] - gain * reference[i];
            noise += difference * difference;
        }
        return new double[] {gain, Levels.ratioDb(gain * gain * energy, noise)};
    }

    private static long soundMillis(short[] pcm) {
        long frames = 0;
        for (int at = 0; at + FRAME <= pcm.length; at += FRAME)
            if (Levels.rms(pcm, at, FRAME) >= Levels.SOUND_RMS) frames++;
        return frames * 20;
    }

    private static long foreignMillis(short[] heard, short[] reference, int offset, double gain) {
        double loud = loud(gain);
        long frames = 0;
        for (int at = Math.floorMod(offset, FRAME); at + FRAME <= heard.length; at += FRAME)
            if (Levels.rms(heard, at, FRAME) >= loud && !sounds(reference, at - offset)) frames++;
        return frames * 20;
    }

    private static boolean sounds(short[] reference, int from) {
        if (from < 0 || from >= reference.length) return false;
        return Levels.rms(reference, from, Math.min(FRAME, reference.length - from)) >= Levels.SOUND_RMS;
    }

    /** What is surely not the reference's own: the margin keeps a fading word, just below sound in the reference, from counting. */
    private static double loud(double gain) {
        return 2 * Levels.SOUND_RMS * Math.max(gain, 0.1);
    }

    /** Frames of sound joined to the match. */
    private static int strayFrames(short[] heard, int from, int step, double gain) {
        double loud = loud(gain);
        int frames = 0;
        for (int at = from; frames < MOST_STRAY_FRAMES && at >= 0 && at + FRAME <= heard.length; at += step) {
            if (Levels.rms(heard, at, FRAME) < loud) break;
            frames++;
        }
        return frames;
    }

    /** Whether the message was heard whole: clear enough, as long as it should be, no frame missing or doubled. */
    public boolean whole() {
        return referenceMillis > 0
                && snrDb >= LEAST_SNR_DB
                && Math.abs(lengthMillis - referenceMillis) <= MOST_LENGTH_DIFFERENCE_MILLIS
                && framesMissing == 0
                && framesDoubled == 0
                && lagShifts == 0;
    }

    /** Some words for people. */
    @Override
    public String toString() {
        return "%s: heard %.2f s (%.2f s of it sound), message %.2f of %.2f s, SNR %.1f dB, gain %.2f, begins at %.1f ms, frames missing %d, doubled %d, first words lost %d ms, other sound %d ms"
                .formatted(
                        whole() ? "whole" : "not whole",
                        heardMillis / 1000.0,
                        soundMillis / 1000.0,
                        lengthMillis / 1000.0,
                        referenceMillis / 1000.0,
                        snrDb,
                        gain,
                        offsetSamples / 8.0,
                        framesMissing,
                        framesDoubled,
                        lostAtStartMillis,
                        foreignMillis);
    }
}
