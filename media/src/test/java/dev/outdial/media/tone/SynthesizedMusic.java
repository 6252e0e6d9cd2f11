package dev.outdial.media.tone;

import java.util.random.RandomGenerator;

/**
 * Something like music on hold, 8,000 samples a second: chords of three or four notes with overtones, a bass and a melody on top, in
 * equal temperament. Deterministic by its random numbers.
 */
final class SynthesizedMusic {
    private static final int[][] CHORDS = {{0, 4, 7}, {5, 9, 12}, {7, 11, 14}, {9, 12, 16}, {2, 5, 9}, {7, 11, 14, 17}};

    private final RandomGenerator random;

    SynthesizedMusic(RandomGenerator random) {
        this.random = random;
    }

    /** So many samples of it. */
    short[] samples(int count) {
        var sound = new double[count];
        double key = 196 * Math.pow(2, random.nextInt(12) / 12.0);
        int overtones = 1 + random.nextInt(6);
        for (int at = 0; at < count; ) {
            int[] chord = CHORDS[random.nextInt(CHORDS.length)];
            int length = 2000 + random.nextInt(8000);
            for (int note : chord) note(sound, at, length, key * Math.pow(2, note / 12.0), 0.2, overtones);
            note(sound, at, length, key / 2 * Math.pow(2, chord[0] / 12.0), 0.3, overtones + 2);
            int notes = 1 + random.nextInt(4);
            for (int i = 0; i < notes; i++) {
                double hertz = 2 * key * Math.pow(2, chord[random.nextInt(chord.length)] / 12.0);
                note(sound, at + i * length / notes, length / notes, hertz, 0.3, overtones);
            }
            at += length;
        }
        double loudness = Math.pow(10, (-20 + 8 * random.nextDouble()) / 20) * Short.MAX_VALUE;
        double power = 0;
        for (double sample : sound) power += sample * sample;
        double scale = loudness / Math.sqrt(power / count);
        var pcm = new short[count];
        for (int i = 0; i < count; i++) pcm[i] = Line.saturated(sound[i] * scale);
        return pcm;
    }

    private void note(double[] sound, int from, int length, double hertz, double amplitude, int overtones) {
        for (int overtone = 1; overtone <= overtones && overtone * hertz < 3600; overtone++) {
            double phase = 2 * Math.PI * random.nextDouble();
            double angle = 2 * Math.PI * overtone * hertz / 8000;
            for (int i = 0; i < length && from + i < sound.length; i++)
                sound[from + i] += amplitude
                        / overtone
                        * Math.exp(-i / 6000.0)
                        * Math.min(1, i / 80.0)
                        * Math.sin(angle * i + phase);
        }
    }
}
