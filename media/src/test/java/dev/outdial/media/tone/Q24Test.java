package dev.outdial.media.tone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What ITU-T Q.24 asks of a receiver of keys, by the figures that its annex A gives for several administrations
 * (as remembered; those of AT&T are as they are cited everywhere). Each line is played
 * for all 16 keys from four places in a block; the tables are printed. Levels are those of each frequency in dBm0.
 */
class Q24Test {
    private static final String KEYPAD = "123A456B789C*0#D";
    private static final int PLACES = 4;

    /**
     * An administration's figures.
     *
     * @param loudest level that must be heard, as faintest
     * @param mostRowOver by how much the row may be louder than the column, as mostColumnOver the other way
     * @param accepted by how much frequencies may be off, in percent; as rejected, by how much they may not
     * @param toneMillis shortest key that is one, as noToneMillis the longest that is none, pauseMillis the shortest pause
     * @param interruption longest break in a key that is no pause
     */
    enum Administration {
        ATT(0, -25, 8, 4, 1.5, 3.5, 40, 23, 40, 10),
        NTT(-3, -24, 5, 5, 1.8, 3.0, 40, 24, 30, 10),
        DENMARK(-2, -27, 6, 6, 1.5, 3.5, 40, 20, 40, 20),
        AUSTRALIA(-2, -27, 10, 10, 1.5, 3.5, 40, 25, 70, 12),
        BRAZIL(-3, -25, 9, 9, 1.8, 3.0, 40, 20, 30, 10);

        private final double loudest;
        private final double faintest;
        private final double mostRowOver;
        private final double mostColumnOver;
        private final double accepted;
        private final double rejected;
        private final int toneMillis;
        private final int noToneMillis;
        private final int pauseMillis;
        private final int interruption;

        Administration(
                double loudest,
                double faintest,
                double mostRowOver,
                double mostColumnOver,
                double accepted,
                double rejected,
                int toneMillis,
                int noToneMillis,
                int pauseMillis,
                int interruption) {
            this.loudest = loudest;
            this.faintest = faintest;
            this.mostRowOver = mostRowOver;
            this.mostColumnOver = mostColumnOver;
            this.accepted = accepted;
            this.rejected = rejected;
            this.toneMillis = toneMillis;
            this.noToneMillis = noToneMillis;
            this.pauseMillis = pauseMillis;
            this.interruption = interruption;
        }
    }

    /** How a key is sent. */
    private record Press(
            double rowDbm0,
            double columnDbm0,
            double rowOff,
            double columnOff,
            int toneMillis,
            int pauseMillis,
            int breakMillis) {
        static Press usual() {
            return new Press(-10, -10, 0, 0, 40, 40, 0);
        }

        Press at(double dbm0) {
            return new Press(dbm0, dbm0, rowOff, columnOff, toneMillis, pauseMillis, breakMillis);
        }

        Press at(double row, double column) {
            return new Press(row, column, rowOff, columnOff, toneMillis, pauseMillis, breakMillis);
        }

        Press off(double row, double column) {
            return new Press(rowDbm0, columnDbm0, row, column, toneMillis, pauseMillis, breakMillis);
        }

        Press lasting(int tone, int pause) {
            return new Press(rowDbm0, columnDbm0, rowOff, columnOff, tone, pause, breakMillis);
        }

        Press broken(int millis) {
            return new Press(rowDbm0, columnDbm0, rowOff, columnOff, toneMillis, pauseMillis, millis);
        }
    }

    private final Random random = new Random(24);

    /** Of 64 presses, how many were heard as what they are; -1 where something else was heard. */
    private int heard(Press press, double noiseBelowDb, double dialToneDbm0) {
        int right = 0;
        for (int place = 0; place < PLACES; place++)
            for (char key : KEYPAD.toCharArray()) {
                String digits = digits(sound(press, key, 200 + place * 25, noiseBelowDb, dialToneDbm0));
                if (digits.equals("" + key + key)) right++;
                else if (!digits.isEmpty() && !digits.equals("" + key)) return -1;
            }
        return right;
    }

    private static String digits(short[] sound) {
        var digits = new StringBuilder();
        var detector = new DtmfDetector((digit, millis) -> digits.append(digit));
        for (int at = 0; at < sound.length; at += 160) {
            var piece = new short[Math.min(160, sound.length - at)];
            System.arraycopy(sound, at, piece, 0, piece.length);
            detector.put(piece, piece.length);
        }
        detector.finish();
        return digits.toString();
    }

    /** The same key twice. */
    private short[] sound(Press press, char key, int begin, double noiseBelowDb, double dialToneDbm0) {
        Tone tone = DtmfTones.of(key);
        int toneSamples = press.toneMillis * 8;
        var sound = new double[begin + 2 * (toneSamples + press.pauseMillis * 8) + 400];
        double row = 2 * Math.PI * tone.hertz1() * (1 + press.rowOff / 100) / 8000;
        double column = 2 * Math.PI * tone.hertz2() * (1 + press.columnOff / 100) / 8000;
        int breakFrom = (toneSamples - press.breakMillis * 8) / 2;
        for (int at : new int[] {begin, begin + toneSamples + press.pauseMillis * 8}) {
            double phase = 2 * Math.PI * random.nextDouble();
            for (int i = 0; i < toneSamples; i++)
                if (i < breakFrom || i >= breakFrom + press.breakMillis * 8)
                    sound[at + i] = Line.amplitude(press.rowDbm0) * Math.sin(row * i)
                            + Line.amplitude(press.columnDbm0) * Math.sin(column * i + phase);
        }
        double power = Math.pow(Line.amplitude(press.rowDbm0), 2) + Math.pow(Line.amplitude(press.columnDbm0), 2);
        double noise = noiseBelowDb > 90 ? 0 : Math.sqrt(power / 2) * Math.pow(10, -noiseBelowDb / 20);
        double dial = dialToneDbm0 < -90 ? 0 : Line.amplitude(dialToneDbm0);
        var samples = new short[sound.length];
        for (int i = 0; i < samples.length; i++)
            samples[i] = Line.saturated(sound[i]
                    + noise * random.nextGaussian()
                    + dial * (Math.sin(2 * Math.PI * 350 * i / 8000) + Math.sin(2 * Math.PI * 440 * i / 8000)));
        return Line.muLaw(samples);
    }

    private int heard(Press press) {
        return heard(press, 99, -99);
    }

    private static final int ALL = PLACES * KEYPAD.length();

    /**
     * What we do not do, and why: keys may be 1.75 % off, for with 1.8 % a voice at 308 Hz is a *; what is louder by 9 dB or more
     * hides the other one in a block; a break of 15 ms and more is a pause, since keys are pressed again as fast as that.
     */
    private static final Set<String> NOT_MET = Set.of(
            "NTT off by -1.8 and -1.8 %",
            "NTT off by -1.8 and 1.8 %",
            "NTT off by 1.8 and -1.8 %",
            "NTT off by 1.8 and 1.8 %",
            "BRAZIL off by -1.8 and -1.8 %",
            "BRAZIL off by -1.8 and 1.8 %",
            "BRAZIL off by 1.8 and -1.8 %",
            "BRAZIL off by 1.8 and 1.8 %",
            "BRAZIL column louder by 9.0",
            "AUSTRALIA row louder by 10.0",
            "AUSTRALIA column louder by 10.0",
            "DENMARK interruption of 20 ms");

    /** One line of the table; what must be as it is. */
    private final List<String> wrong = new ArrayList<>();

    private void line(String administration, String what, int heard, int expected) {
        System.out.printf("%-10s %-44s %3d of %d, %d expected%n", administration, what, heard, ALL, expected);
        if (heard != expected) wrong.add(administration + " " + what);
    }

    @ParameterizedTest
    @EnumSource
    void theFiguresOfEachAdministrationHold(Administration a) {
        String name = a.name();
        line(name, "level " + a.loudest, heard(Press.usual().at(a.loudest)), ALL);
        line(name, "level " + a.faintest, heard(Press.usual().at(a.faintest)), ALL);
        line(name, "row louder by " + a.mostRowOver, heard(Press.usual().at(-10, -10 - a.mostRowOver)), ALL);
        line(name, "column louder by " + a.mostColumnOver, heard(Press.usual().at(-10 - a.mostColumnOver, -10)), ALL);
        for (double row : new double[] {-a.accepted, a.accepted})
            for (double column : new double[] {-a.accepted, a.accepted})
                line(
                        name,
                        "off by " + row + " and " + column + " %",
                        heard(Press.usual().off(row, column)),
                        ALL);
        for (double off : new double[] {-a.rejected, a.rejected}) {
            line(
                    name,
                    "rows off by " + off + " %",
                    heard(Press.usual().off(off, 0).lasting(100, 60)),
                    0);
            line(
                    name,
                    "columns off by " + off + " %",
                    heard(Press.usual().off(0, off).lasting(100, 60)),
                    0);
        }
        line(
                name,
                "tone of " + a.toneMillis + " ms, pause of " + a.pauseMillis,
                heard(Press.usual().lasting(a.toneMillis, a.pauseMillis)),
                ALL);
        line(name, "tone of " + a.noToneMillis + " ms", heard(Press.usual().lasting(a.noToneMillis, 60)), 0);
        line(
                name,
                "interruption of " + a.interruption + " ms",
                heard(Press.usual().lasting(100 + a.interruption, 60).broken(a.interruption)),
                ALL);
        assertThat(wrong)
                .containsExactlyElementsOf(
                        wrong.stream().filter(NOT_MET::contains).toList());
    }

    @Test
    void noiseAndDialToneMayBeThere() {
        for (double below : new double[] {24, 18, 15, 12})
            line("noise", below + " dB below, 50 ms", heard(Press.usual().lasting(50, 50), below, -99), ALL);
        for (double dial : new double[] {-40, -30, -25})
            line("dial tone", dial + " dBm0 each, keys of -10", heard(Press.usual(), 99, dial), ALL);
        assertThat(wrong).isEmpty();
    }
}
