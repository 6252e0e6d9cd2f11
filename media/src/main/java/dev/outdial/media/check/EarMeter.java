package dev.outdial.media.check;

import dev.outdial.media.level.Loudness;

/** Measures sound as it is heard: levels, and where it begins and ends. One owner. */
final class EarMeter {
    /** What is softer than this in 10 ms is silence, as a mean square: -60 dB. */
    private static final double SILENCE = 1e-6;

    private final Loudness loudness;
    private final int frameSamples;
    private final double sampleRate;
    private float peak;
    private double frameEnergy;
    private int inFrame;
    private long sampleCount;
    private double allEnergy;
    /** Up to the end of the last frame that sounds, from the start of the first one. */
    private double soundingEnergy;

    private double waitingEnergy;
    private long soundStart = -1;
    private long soundEnd;

    EarMeter(int sampleRate) {
        this.sampleRate = sampleRate;
        loudness = new Loudness(sampleRate);
        frameSamples = sampleRate / 100;
    }

    void add(float[] samples, int count) {
        loudness.add(samples, count);
        for (int i = 0; i < count; i++) {
            peak = Math.max(peak, Math.abs(samples[i]));
            frameEnergy += (double) samples[i] * samples[i];
            if (++inFrame == frameSamples) endFrame();
        }
    }

    /** To be called when all is in: the last frame may be short. */
    void finish() {
        if (inFrame > 0) endFrame();
    }

    private void endFrame() {
        allEnergy += frameEnergy;
        waitingEnergy += frameEnergy;
        boolean sounds = frameEnergy > SILENCE * inFrame;
        if (sounds && soundStart < 0) {
            soundStart = sampleCount;
            waitingEnergy = frameEnergy;
        }
        sampleCount += inFrame;
        if (sounds) {
            soundEnd = sampleCount;
            soundingEnergy += waitingEnergy;
            waitingEnergy = 0;
        }
        frameEnergy = 0;
        inFrame = 0;
    }

    double levelDb() {
        return soundStart < 0 ? decibels(allEnergy, sampleCount) : decibels(soundingEnergy, soundEnd - soundStart);
    }

    double loudnessLufs() {
        return loudness.lufs();
    }

    double peakDb() {
        return decibels((double) peak * peak, 1);
    }

    long silenceAtStartMillis() {
        return millis(soundStart < 0 ? sampleCount : soundStart);
    }

    long silenceAtEndMillis() {
        return millis(sampleCount - soundEnd);
    }

    private long millis(long samples) {
        return Math.round(samples * 1000 / sampleRate);
    }

    private static double decibels(double energy, long samples) {
        return energy <= 0 ? SoundReport.SILENT_DB : Math.max(SoundReport.SILENT_DB, 10 * Math.log10(energy / samples));
    }
}
