package dev.outdial.media.tone;

import java.util.ArrayList;
import java.util.List;

/**
 * The different sounds that a country's tones are made of, and which of them a frame is. Tones that differ in their cadence only are
 * one sound. Immutable.
 */
final class Signals {
    /** No sound of these. */
    static final int NONE = -1;

    /** So much of a frame's energy must be the sound: noise may be 6 dB below. */
    private static final double LEAST_SHARE = 0.8;
    /** Of two that fit alike it is the simpler one. */
    private static final double WORTH_OF_DIMENSION = 0.01;

    /** What a single frequency may be off by within its subspace, on either side: E.180 has 400 to 450 Hz where 425 is meant. */
    private static final double OFF_HERTZ = 10;
    /** Frequencies that close to one another are one swelling tone. */
    private static final double SWELLING_HERTZ = 50;

    private final List<List<Double>> hertz = new ArrayList<>();
    private final List<Subspace> subspaces = new ArrayList<>();
    private final List<ProgressTone> tones;

    private Signals(List<ProgressTone> tones) {
        this.tones = tones;
    }

    static Signals of(ProgressTones progress, int frameSamples) {
        var signals = new Signals(progress.tones());
        // Those of several frequencies first: the single one between them is the same.
        progress.tones().stream().filter(tone -> tone.hertz().size() > 1).forEach(signals::add);
        progress.tones().stream().filter(tone -> tone.hertz().size() == 1).forEach(signals::add);
        for (List<Double> frequencies : signals.hertz) signals.subspaces.add(subspace(frequencies, frameSamples));
        return signals;
    }

    private void add(ProgressTone tone) {
        if (indexOf(tone) == NONE) hertz.add(tone.hertz());
    }

    private static Subspace subspace(List<Double> frequencies, int frameSamples) {
        if (frequencies.size() == 1) {
            double f = frequencies.getFirst();
            return Subspace.of(frameSamples, f - OFF_HERTZ, f + OFF_HERTZ);
        }
        double[] several = frequencies.stream().mapToDouble(Double::doubleValue).toArray();
        double middle = (several[0] + several[several.length - 1]) / 2;
        // What is between is part of a swelling tone.
        return isBetween(middle, frequencies)
                ? Subspace.of(frameSamples, several[0], middle, several[several.length - 1])
                : Subspace.of(frameSamples, several);
    }

    /** The sound of a tone. */
    int indexOf(ProgressTone tone) {
        for (int i = 0; i < hertz.size(); i++) if (isPartOf(tone.hertz(), hertz.get(i))) return i;
        return NONE;
    }

    private static boolean isPartOf(List<Double> frequencies, List<Double> known) {
        return frequencies.equals(known) || frequencies.size() == 1 && isBetween(frequencies.getFirst(), known);
    }

    /** Whether several frequencies are so close together that a frame or two of them may look like that one. */
    static boolean isBetween(double hertz, List<Double> several) {
        return several.size() > 1
                && several.getFirst() <= hertz
                && hertz <= several.getLast()
                && several.getLast() - several.getFirst() <= SWELLING_HERTZ;
    }

    /** The tones that are this sound. */
    List<ProgressTone> tones(int signal) {
        return tones.stream().filter(tone -> indexOf(tone) == signal).toList();
    }

    int count() {
        return hertz.size();
    }

    /** Whether the frame is still the sound that the one before was. */
    boolean goesOn(float[] frame, double energy, int signal) {
        return subspaces.get(signal).energy(frame) >= LEAST_SHARE * energy;
    }

    /** Which sound the frame is, or {@link #NONE}. */
    int find(float[] frame, double energy) {
        int best = NONE;
        double mostWorth = 0;
        for (int i = 0; i < subspaces.size(); i++) {
            double share = subspaces.get(i).energy(frame) / energy;
            double worth = share - WORTH_OF_DIMENSION * subspaces.get(i).dimensions();
            if (share >= LEAST_SHARE && worth > mostWorth) {
                best = i;
                mostWorth = worth;
            }
        }
        return best;
    }
}
