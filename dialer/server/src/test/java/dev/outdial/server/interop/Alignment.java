package dev.outdial.server.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a recording compares with the sound that it should hold, aligned to the sample. Both are 8 kHz mono.
 *
 * @param offsetSamples where in the recording the sound begins; negative when its beginning is missing
 * @param gain the recording's loudness, 1 for unchanged, fitted by least squares
 * @param snrDecibels energy of the sound against the energy of what differs, over the whole sound
 * @param lengthDifferenceMillis how much longer the recording sounds, from its first to its last loud sample
 * @param damagedFrames numbers of the 20 ms frames of the sound that are not heard at their place: missing, doubled,
 *     shifted or garbled
 */
record Alignment(
        int offsetSamples,
        double gain,
        double snrDecibels,
        double lengthDifferenceMillis,
        List<Integer> damagedFrames) {

    private static final int FRAME_SAMPLES = 160;
    private static final int WINDOW_SAMPLES = 8_000;
    private static final int SAMPLES_PER_MILLI = 8;

    /** Louder than mu-law's smallest steps and than a decoder's dither, far below speech. */
    private static final int LOUD = 250;

    /** Of full scale 32,768: what a quiet frame may differ by without anybody hearing it. */
    private static final double TOLERATED_RMS = 60;

    Alignment {
        damagedFrames = List.copyOf(damagedFrames);
    }

    static Alignment of(short[] sound, short[] recording) {
        int offset = offset(sound, recording);
        double gain = gain(sound, recording, offset);
        double signal = 0;
        double noise = 0;
        for (int i = 0; i < sound.length; i++) {
            double expected = gain * sound[i];
            double error = at(recording, i + offset) - expected;
            signal += expected * expected;
            noise += error * error;
        }
        return new Alignment(
                offset,
                gain,
                10 * Math.log10(signal / Math.max(noise, 1)),
                (double) (loudLength(recording) - loudLength(sound)) / SAMPLES_PER_MILLI,
                damagedFrames(sound, recording, offset, gain));
    }

    /** The lag at which the loudest second of the sound fits best: a second of speech fits nowhere else. */
    private static int offset(short[] sound, short[] recording) {
        int window = Math.min(WINDOW_SAMPLES, sound.length);
        int start = loudestWindow(sound, window);
        double best = Double.NEGATIVE_INFINITY;
        int bestLag = 0;
        for (int lag = -start; lag + start + window <= recording.length; lag++) {
            double product = 0;
            double energy = 1;
            for (int i = start; i < start + window; i++) {
                double heard = recording[i + lag];
                product += sound[i] * heard;
                energy += heard * heard;
            }
            double likeness = product / Math.sqrt(energy);
            if (likeness > best) {
                best = likeness;
                bestLag = lag;
            }
        }
        return bestLag;
    }

    private static int loudestWindow(short[] sound, int window) {
        int best = 0;
        double bestEnergy = -1;
        for (int start = 0; start + window <= sound.length; start += FRAME_SAMPLES) {
            double energy = energy(sound, start, start + window);
            if (energy > bestEnergy) {
                bestEnergy = energy;
                best = start;
            }
        }
        return best;
    }

    private static double gain(short[] sound, short[] recording, int offset) {
        double product = 0;
        double energy = 1;
        for (int i = 0; i < sound.length; i++) {
            product += (double) sound[i] * at(recording, i + offset);
            energy += (double) sound[i] * sound[i];
        }
        return product / energy;
    }

    private static List<Integer> damagedFrames(short[] sound, short[] recording, int offset, double gain) {
        var damaged = new ArrayList<Integer>();
        for (int start = 0; start < sound.length; start += FRAME_SAMPLES) {
            int end = Math.min(start + FRAME_SAMPLES, sound.length);
            double noise = 0;
            for (int i = start; i < end; i++) {
                double error = at(recording, i + offset) - gain * sound[i];
                noise += error * error;
            }
            double tolerated = Math.max(
                    // A quarter of the frame's own loudness, 12 dB: mu-law alone is always better.
                    energy(sound, start, end) * gain * gain / 16, TOLERATED_RMS * TOLERATED_RMS * (end - start));
            if (noise > tolerated) damaged.add(start / FRAME_SAMPLES);
        }
        return damaged;
    }

    private static double energy(short[] sound, int start, int end) {
        double energy = 0;
        for (int i = start; i < end; i++) energy += (double) sound[i] * sound[i];
        return energy;
    }

    private static int loudLength(short[] sound) {
        int first = 0;
        while (first < sound.length && Math.abs(sound[first]) < LOUD) first++;
        int last = sound.length;
        while (last > first && Math.abs(sound[last - 1]) < LOUD) last--;
        return last - first;
    }

    private static int at(short[] sound, int index) {
        return index < 0 || index >= sound.length ? 0 : sound[index];
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "begins at sample %d, gain %.4f, SNR %.1f dB, length differs by %.1f ms, damaged frames %s",
                offsetSamples,
                gain,
                snrDecibels,
                lengthDifferenceMillis,
                damagedFrames);
    }
}
