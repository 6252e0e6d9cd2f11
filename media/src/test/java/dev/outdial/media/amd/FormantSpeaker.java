package dev.outdial.media.amd;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Speaks by formants: glottal pulses with a moving, jittering pitch and noise, through resonators that glide from phoneme to phoneme.
 * Nobody would take it for a person, but level, pitch, pauses and the change from vowel to hiss to silence are those of speech.
 */
final class FormantSpeaker implements Speaker {
    private static final int RATE = 8000;
    private static final int STEP = 40;

    /** Formants in Hz, loudness of voice, of hiss and of breath, length in ms, centre of the hiss in Hz. */
    private record Phoneme(
            double f1, double f2, double f3, double voice, double hiss, double breath, int millis, int centre) {
        static Phoneme vowel(double f1, double f2, double f3, int millis) {
            return new Phoneme(f1, f2, f3, 1, 0, 0, millis, 2500);
        }

        static Phoneme soft(double f1, double f2, double f3, double voice, int millis) {
            return new Phoneme(f1, f2, f3, voice, 0, 0, millis, 2500);
        }

        static Phoneme hiss(double voice, double hiss, int millis, int centre) {
            return new Phoneme(300, 1500, 2500, voice, hiss, 0, millis, centre);
        }
    }

    private static final Phoneme CLOSED = new Phoneme(250, 1200, 2400, 0, 0, 0, 55, 2500);
    private static final Phoneme MURMUR = new Phoneme(200, 1200, 2400, 0.12, 0, 0, 45, 2500);
    private static final Map<String, List<Phoneme>> PHONEMES = Map.ofEntries(
            Map.entry("AA", List.of(Phoneme.vowel(730, 1090, 2440, 110))),
            Map.entry("AE", List.of(Phoneme.vowel(660, 1720, 2410, 110))),
            Map.entry("AH", List.of(Phoneme.vowel(600, 1190, 2390, 70))),
            Map.entry("AO", List.of(Phoneme.vowel(570, 840, 2410, 110))),
            Map.entry("EH", List.of(Phoneme.vowel(530, 1840, 2480, 85))),
            Map.entry("ER", List.of(Phoneme.vowel(490, 1350, 1690, 90))),
            Map.entry("IH", List.of(Phoneme.vowel(390, 1990, 2550, 65))),
            Map.entry("IY", List.of(Phoneme.vowel(280, 2250, 2950, 95))),
            Map.entry("UH", List.of(Phoneme.vowel(440, 1020, 2240, 75))),
            Map.entry("UW", List.of(Phoneme.vowel(310, 900, 2240, 100))),
            Map.entry("AY", List.of(Phoneme.vowel(730, 1150, 2440, 90), Phoneme.vowel(330, 2100, 2700, 70))),
            Map.entry("EY", List.of(Phoneme.vowel(500, 1850, 2480, 80), Phoneme.vowel(310, 2200, 2800, 60))),
            Map.entry("OW", List.of(Phoneme.vowel(540, 900, 2400, 90), Phoneme.vowel(350, 850, 2300, 70))),
            Map.entry("AW", List.of(Phoneme.vowel(720, 1200, 2440, 90), Phoneme.vowel(380, 900, 2300, 60))),
            Map.entry("OY", List.of(Phoneme.vowel(540, 860, 2400, 90), Phoneme.vowel(340, 2050, 2700, 70))),
            Map.entry("M", List.of(Phoneme.soft(250, 1000, 2200, 0.35, 65))),
            Map.entry("N", List.of(Phoneme.soft(250, 1500, 2500, 0.35, 60))),
            Map.entry("NG", List.of(Phoneme.soft(250, 1900, 2600, 0.35, 70))),
            Map.entry("L", List.of(Phoneme.soft(360, 1150, 2700, 0.55, 60))),
            Map.entry("R", List.of(Phoneme.soft(420, 1200, 1600, 0.6, 65))),
            Map.entry("W", List.of(Phoneme.soft(300, 700, 2200, 0.5, 60))),
            Map.entry("Y", List.of(Phoneme.soft(270, 2200, 2900, 0.5, 55))),
            Map.entry("V", List.of(Phoneme.hiss(0.25, 0.05, 55, 2500))),
            Map.entry("DH", List.of(Phoneme.hiss(0.25, 0.04, 45, 2200))),
            Map.entry("Z", List.of(Phoneme.hiss(0.25, 0.15, 75, 3400))),
            Map.entry("ZH", List.of(Phoneme.hiss(0.25, 0.18, 75, 2500))),
            Map.entry("S", List.of(Phoneme.hiss(0, 0.22, 95, 3500))),
            Map.entry("SH", List.of(Phoneme.hiss(0, 0.35, 95, 2600))),
            Map.entry("F", List.of(Phoneme.hiss(0, 0.07, 85, 2800))),
            Map.entry("TH", List.of(Phoneme.hiss(0, 0.06, 80, 3000))),
            Map.entry("HH", List.of(new Phoneme(500, 1500, 2500, 0, 0, 0.14, 60, 2500))),
            Map.entry("P", List.of(CLOSED, new Phoneme(400, 1000, 2300, 0, 0.1, 0.08, 35, 1200))),
            Map.entry("T", List.of(CLOSED, new Phoneme(400, 1700, 2600, 0, 0.3, 0.06, 35, 3400))),
            Map.entry("K", List.of(CLOSED, new Phoneme(400, 1800, 2300, 0, 0.3, 0.07, 40, 1900))),
            Map.entry("B", List.of(MURMUR, new Phoneme(300, 1000, 2300, 0.4, 0.1, 0, 12, 1000))),
            Map.entry("D", List.of(MURMUR, new Phoneme(300, 1700, 2600, 0.4, 0.2, 0, 12, 3200))),
            Map.entry("G", List.of(MURMUR, new Phoneme(300, 1900, 2300, 0.4, 0.2, 0, 15, 1900))),
            Map.entry("CH", List.of(CLOSED, Phoneme.hiss(0, 0.35, 70, 2700))),
            Map.entry("JH", List.of(MURMUR, Phoneme.hiss(0.2, 0.2, 55, 2600))));

    private final String name;
    private final double pitch;
    private final double tract;
    private final double tempo;
    private final double lilt;

    /**
     * Somebody.
     *
     * @param pitch in Hz, 80 to 320
     * @param tract how much higher the formants are than a man's, 1 to 1.3
     * @param tempo how fast, 1 is usual
     * @param lilt how much the pitch moves: 0 a robot, 1 usual
     */
    FormantSpeaker(String name, double pitch, double tract, double tempo, double lilt) {
        this.name = name;
        this.pitch = pitch;
        this.tract = tract;
        this.tempo = tempo;
        this.lilt = lilt;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public short[] say(String text, long seed) {
        var saying = new Saying(seed);
        List<String> symbols = Lexicon.phonemes(text);
        for (int i = 0; i < symbols.size(); i++) {
            String symbol = symbols.get(i);
            boolean last = i == symbols.size() - 1;
            switch (symbol) {
                case "|" -> saying.newWord();
                case "_" -> saying.pause(last ? 0 : 120 + saying.random.nextInt(160));
                case ".", "?" -> saying.pause(last ? 0 : 280 + saying.random.nextInt(320));
                default -> {
                    boolean end = i + 1 < symbols.size() && "_.?".contains(symbols.get(i + 1));
                    saying.speak(symbol, end ? 1.35 : 1, symbols.indexOf("?") >= 0 && i > symbols.size() - 4);
                }
            }
        }
        return saying.done();
    }

    /** Two poles. */
    private static final class Resonator {
        private double a;
        private double b;
        private double c;
        private double y1;
        private double y2;

        void tune(double hertz, double width) {
            double r = Math.exp(-Math.PI * width / RATE);
            c = -r * r;
            b = 2 * r * Math.cos(2 * Math.PI * Math.min(hertz, 3900) / RATE);
            a = 1 - b - c;
        }

        double put(double x) {
            double y = a * x + b * y1 + c * y2;
            y2 = y1;
            y1 = y;
            return y;
        }
    }

    private final class Saying {
        private final SplittableRandom random;
        private double[] sound = new double[RATE];
        private int length;
        private final Resonator[] formants = {new Resonator(), new Resonator(), new Resonator(), new Resonator()};
        private final Resonator hissing = new Resonator();
        private final Resonator glottis = new Resonator();
        private Phoneme now = CLOSED;
        private double phase;
        private double wander;
        private double accent = 1;
        private double decline = 1.12;
        private double shimmer = 1;
        private double before;

        Saying(long seed) {
            random = new SplittableRandom(seed);
            glottis.tune(0, 220);
        }

        void newWord() {
            accent = 1 + lilt * (0.16 * random.nextDouble() - 0.02);
            decline = Math.max(0.85, decline - 0.02 * lilt);
        }

        void pause(int millis) {
            int samples = (int) (millis * RATE / 1000 / tempo);
            grow(samples);
            length += samples;
            decline = 1.12;
            now = CLOSED;
            newWord();
        }

        void speak(String symbol, double longer, boolean rising) {
            List<Phoneme> parts = PHONEMES.get(symbol);
            if (parts == null) throw new IllegalArgumentException("no phoneme " + symbol);
            for (Phoneme part : parts)
                sound(part, (int) (part.millis * longer / tempo * (0.85 + 0.3 * random.nextDouble())), rising);
        }

        private void sound(Phoneme target, int millis, boolean rising) {
            int samples = Math.max(STEP, millis * RATE / 1000);
            grow(samples);
            Phoneme from = now;
            int glide = Math.min(samples / 2 + 1, 30 * RATE / 1000);
            for (int i = 0; i < samples; i++) {
                double part = Math.min(1, (double) i / glide);
                if (i % STEP == 0) tune(from, target, part, rising);
                double voice = mix(from.voice, target.voice, part);
                double hiss = mix(from.hiss, target.hiss, part);
                double breath = mix(from.breath, target.breath, part) + 0.02 * voice;
                double noise = random.nextDouble() * 2 - 1;
                double x = glottis.put(pulse()) * 60;
                double tract = x * voice * shimmer + noise * breath * 0.9;
                for (Resonator formant : formants) tract = formant.put(tract);
                double out = tract * 2 + hissing.put(noise) * hiss * 0.8;
                // What lips radiate is the change of the flow.
                sound[length + i] = out - 0.6 * before;
                before = out;
            }
            length += samples;
            now = target;
        }

        private void tune(Phoneme from, Phoneme to, double part, boolean rising) {
            double[] widths = {70, 90, 140, 220};
            formants[0].tune(mix(from.f1, to.f1, part) * tract, widths[0]);
            formants[1].tune(mix(from.f2, to.f2, part) * tract, widths[1]);
            formants[2].tune(mix(from.f3, to.f3, part) * tract, widths[2]);
            formants[3].tune(3400 * tract, widths[3]);
            hissing.tune(mix(from.centre, to.centre, part), 900);
            wander += -0.02 * wander + 0.004 * random.nextGaussian();
            shimmer += -0.1 * (shimmer - 1) + 0.02 * random.nextGaussian();
            decline = rising ? decline + 0.008 * lilt : Math.max(0.82, decline - 0.0012 * lilt);
        }

        /** A pulse at each period's end, each period a little off. */
        private double pulse() {
            double hertz = pitch * (1 + lilt * (decline * accent - 1)) * (1 + wander);
            phase += hertz / RATE;
            if (phase < 1) return 0;
            phase -= 1;
            phase += 0.01 * random.nextGaussian();
            return 1;
        }

        private void grow(int more) {
            if (length + more > sound.length)
                sound = java.util.Arrays.copyOf(sound, Math.max(2 * sound.length, length + more));
        }

        /** Who speaks keeps the loudness of his vowels more alike than resonators do. */
        private void even() {
            double all = 0;
            for (int i = 0; i < length; i++) all += sound[i] * sound[i] / length;
            double near = all;
            double gain = 1;
            for (int i = 0; i < length; i++) {
                near += (sound[i] * sound[i] - near) / 400;
                gain += (Math.pow((near + 0.05 * all) / all, -0.25) - gain) / 80;
                sound[i] *= gain;
            }
        }

        short[] done() {
            even();
            double most = 1e-9;
            for (int i = 0; i < length; i++) most = Math.max(most, Math.abs(sound[i]));
            var samples = new short[length];
            for (int i = 0; i < length; i++) samples[i] = (short) Math.round(sound[i] / most * 12000);
            return samples;
        }
    }

    private static double mix(double from, double to, double part) {
        return from + (to - from) * part;
    }
}
