package dev.outdial.media.jitter;

import java.util.ArrayList;
import java.util.List;

/** Hears what was played. */
final class Judge {
    private static final int BLOCK = 40;
    private static final int LOUD = 1500;

    private Judge() {}

    static double rms(short[] samples) {
        double sum = 0;
        for (short sample : samples) sum += (double) sample * sample;
        return Math.sqrt(sum / Math.max(1, samples.length));
    }

    static int largestStep(short[] samples) {
        int largest = 0;
        for (int i = 1; i < samples.length; i++) largest = Math.max(largest, Math.abs(samples[i] - samples[i - 1]));
        return largest;
    }

    /** Milliseconds in which nothing loud was heard, at 5 ms a piece. */
    static int silentMillis(short[] samples) {
        int silent = 0;
        for (int at = 0; at + BLOCK <= samples.length; at += BLOCK) if (!isLoud(samples, at)) silent += BLOCK / 8;
        return silent;
    }

    /** The words: loud places with at least 60 ms of silence between, each by its pitch in steps of 100 Hz. */
    static List<Integer> words(short[] samples) {
        var words = new ArrayList<Integer>();
        int from = -1;
        int quietBlocks = 0;
        for (int at = 0; at + BLOCK <= samples.length; at += BLOCK) {
            if (isLoud(samples, at)) {
                if (from < 0) from = at;
                quietBlocks = 0;
            } else if (from >= 0 && ++quietBlocks == 12) {
                words.add(pitch(samples, from, at - 11 * BLOCK));
                from = -1;
            }
        }
        if (from >= 0) words.add(pitch(samples, from, samples.length));
        return words;
    }

    private static int pitch(short[] samples, int from, int to) {
        int crossings = 0;
        for (int i = from + 1; i < to; i++) if (samples[i - 1] < 0 && samples[i] >= 0) crossings++;
        return Math.toIntExact(Math.round(crossings * 80.0 / (to - from)));
    }

    private static boolean isLoud(short[] samples, int at) {
        for (int i = at; i < at + BLOCK; i++) if (Math.abs(samples[i]) > LOUD) return true;
        return false;
    }

    /** Where a piece of the far end's sound, to the sample, is in what was played: -1 where it is not. */
    static int find(short[] samples, PlayoutRig.Sound sound, long from, int count) {
        for (int at = 0; at + count <= samples.length; at++) {
            int same = 0;
            while (same < count && samples[at + same] == (short) Math.round(sound.at(from + same))) same++;
            if (same == count) return at;
        }
        return -1;
    }
}
