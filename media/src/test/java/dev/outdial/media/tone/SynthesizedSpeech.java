package dev.outdial.media.tone;

import java.util.random.RandomGenerator;

/**
 * Something like a person who talks, 8,000 samples a second: a voice whose pitch wanders, through formants that glide from vowel to
 * vowel, hisses, and pauses. Nobody understands it; to a tone detector it is as hard as speech, or harder: vowels are held for long,
 * and some speakers sing them. Deterministic by its random numbers.
 */
final class SynthesizedSpeech {
    /** First three formants of vowels (Peterson and Barney), men's. */
    private static final double[][] VOWELS = {
        {270, 2290, 3010}, {390, 1990, 2550}, {530, 1840, 2480}, {660, 1720, 2410}, {730, 1090, 2440},
        {570, 840, 2410}, {440, 1020, 2240}, {300, 870, 2240}, {640, 1190, 2390}, {490, 1350, 1690}
    };

    private static final double[] BANDWIDTHS = {60, 90, 150};

    private final RandomGenerator random;
    private final double pitch;
    private final double tract;
    private final double loudness;
    private final boolean sings;
    private double glottis;
    private double tilt;
    private final double[][] memory = new double[BANDWIDTHS.length][2];

    SynthesizedSpeech(RandomGenerator random) {
        this.random = random;
        // Men, women and children: pitch and the tract's length go together.
        double who = random.nextDouble();
        this.pitch = 85 * Math.pow(3.6, who);
        this.tract = 0.95 + 0.3 * who;
        this.loudness = Math.pow(10, (-22 + 10 * random.nextDouble()) / 20) * Short.MAX_VALUE;
        this.sings = random.nextInt(5) == 0;
    }

    /** So many samples of it. */
    short[] samples(int count) {
        var sound = new double[count];
        for (int at = 0; at < count; ) at = phrase(sound, at);
        double power = 0;
        for (double sample : sound) power += sample * sample;
        double scale = loudness / Math.max(1e-9, Math.sqrt(power / count));
        var pcm = new short[count];
        for (int i = 0; i < count; i++) pcm[i] = Line.saturated(sound[i] * scale);
        return pcm;
    }

    private int phrase(double[] sound, int from) {
        int at = from;
        double[] formants = VOWELS[random.nextInt(VOWELS.length)];
        for (int syllables = 2 + random.nextInt(10); syllables > 0 && at < sound.length; syllables--) {
            if (random.nextInt(3) == 0) at = hiss(sound, at, 200 + random.nextInt(800));
            double[] next = VOWELS[random.nextInt(VOWELS.length)];
            int length = (sings ? 1600 + random.nextInt(6400) : 500 + random.nextInt(1800));
            at = voice(sound, at, length, formants, next);
            formants = next;
        }
        return at + 800 + random.nextInt(6000);
    }

    private int voice(double[] sound, int from, int length, double[] formants, double[] next) {
        double begin = pitch * (0.85 + 0.35 * random.nextDouble());
        double end = sings ? begin : begin * (0.8 + 0.4 * random.nextDouble());
        double jitter = sings ? 0.002 : 0.01;
        double period = 0;
        for (int i = 0; i < length && from + i < sound.length; i++) {
            double part = (double) i / length;
            double hertz = begin + (end - begin) * part;
            if (i % 80 == 0) period = hertz * (1 + jitter * random.nextGaussian());
            glottis += period / 8000;
            if (glottis >= 1) glottis -= 1;
            // Rosenberg's pulse, its slope at the closing.
            double pulse = glottis < 0.4
                    ? Math.sin(Math.PI * glottis / 0.4) * 0.3
                    : glottis < 0.56 ? -Math.sin(Math.PI * (glottis - 0.4) / 0.16) : 0;
            double envelope = Math.min(1, Math.min(i / 200.0, (length - i) / 300.0));
            double glide = Math.clamp((part - 0.55) * 3, 0, 1);
            sound[from + i] += envelope * throughFormants(pulse + 0.01 * random.nextGaussian(), formants, next, glide);
        }
        return from + length;
    }

    private int hiss(double[] sound, int from, int length) {
        for (int i = 0; i < length && from + i < sound.length; i++) {
            double noise = random.nextGaussian();
            sound[from + i] += 0.2 * (noise - tilt) * Math.min(1, Math.min(i / 80.0, (length - i) / 80.0));
            tilt = noise;
        }
        return from + length;
    }

    private double throughFormants(double input, double[] formants, double[] next, double glide) {
        double sample = input;
        for (int f = 0; f < BANDWIDTHS.length; f++) {
            double hertz = Math.min(3700, tract * (formants[f] + (next[f] - formants[f]) * glide));
            double radius = Math.exp(-Math.PI * BANDWIDTHS[f] / 8000);
            double b = 2 * radius * Math.cos(2 * Math.PI * hertz / 8000);
            double c = -radius * radius;
            double output = (1 - b - c) * sample + b * memory[f][0] + c * memory[f][1];
            memory[f][1] = memory[f][0];
            memory[f][0] = output;
            sample = output;
        }
        return sample;
    }
}
