package dev.outdial.media.codec;

import java.util.Random;

/** Sound made of nothing but numbers, and how alike two sounds are. */
final class Sounds {
    private Sounds() {}

    static short[] tone(double hertz, int sampleRate, int count, double amplitude) {
        var samples = new short[count];
        for (int i = 0; i < count; i++)
            samples[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hertz * i / sampleRate));
        return samples;
    }

    /**
     * Something like speech: a voice of 110 to 150 Hz with harmonics that change their strength, in words of a quarter of a second
     * with pauses between, and a hiss of so much amplitude at their ends.
     */
    static short[] speech(int sampleRate, int count, long seed, double hissing) {
        var random = new Random(seed);
        var samples = new short[count];
        double phase = 0;
        double hiss = 0;
        for (int i = 0; i < count; i++) {
            double seconds = (double) i / sampleRate;
            double inWord = seconds % 0.4 / 0.25;
            double loud = inWord < 1 ? Math.sin(Math.PI * inWord) : 0;
            phase += 2 * Math.PI * (130 + 20 * Math.sin(2 * Math.PI * 0.7 * seconds)) / sampleRate;
            double formant = 700 + 400 * Math.sin(2 * Math.PI * 1.3 * seconds);
            double voice = 0;
            for (int harmonic = 1; harmonic <= 24; harmonic++) {
                double off = (harmonic * 130 - formant) / 400;
                voice += Math.sin(harmonic * phase) / (1 + off * off) / Math.sqrt(harmonic);
            }
            double noise = random.nextGaussian();
            boolean hisses = inWord > 0.8 && inWord < 1.2;
            hiss = hisses ? noise - 0.9 * hiss : 0;
            samples[i] =
                    (short) Math.clamp(Math.round(4000 * loud * voice + hissing * hiss + 4 * noise), -32_768, 32_767);
        }
        return samples;
    }

    /** The level of the first above what differs in the second, in dB, where that is later by so many samples. */
    static double snrDb(short[] sound, short[] other, int delay, int from, int to) {
        double signal = 0;
        double noise = 0;
        for (int i = from; i < to; i++) {
            double difference = other[i + delay] - sound[i];
            signal += (double) sound[i] * sound[i];
            noise += difference * difference;
        }
        return 10 * Math.log10(signal / Math.max(noise, 1));
    }

    /** How alike the two are, where the second is later by so many samples: 1 for the same shape. */
    static double correlation(short[] sound, short[] other, int delay, int from, int to) {
        double product = 0;
        double one = 0;
        double two = 0;
        for (int i = from; i < to; i++) {
            product += (double) sound[i] * other[i + delay];
            one += (double) sound[i] * sound[i];
            two += (double) other[i + delay] * other[i + delay];
        }
        return product / Math.sqrt(one * two);
    }

    /** The delay, 0 to most, with which the second is most like the first. */
    static int delay(short[] sound, short[] other, int most, int from, int to) {
        int best = 0;
        for (int delay = 1; delay <= most; delay++)
            if (correlation(sound, other, delay, from, to) > correlation(sound, other, best, from, to)) best = delay;
        return best;
    }

    /** Mean level in dB below a sine of full scale. */
    static double levelDb(short[] samples, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) sum += (double) samples[i] * samples[i];
        return 10 * Math.log10(Math.max(sum / (to - from), 1e-3) / (32_768.0 * 32_768 / 2));
    }
}
