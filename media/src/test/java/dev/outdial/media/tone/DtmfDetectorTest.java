package dev.outdial.media.tone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.codec.G711;
import dev.outdial.testbed.prompts.Prompt;
import dev.outdial.testbed.sound.Sound;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DtmfDetectorTest {
    private static final String KEYPAD = "123A456B789C*0#D";
    private static final double[] ROWS = {697, 770, 852, 941};
    private static final double[] COLUMNS = {1209, 1336, 1477, 1633};
    private static final int[] PIECES = {160, 80, 1, 320, 101, 102, 103};

    /** Levels of the two sines in dB below full scale, and by how much their frequencies are off. */
    private record Line(double lowDbfs, double highDbfs, double offset, double noiseBelowDb) {
        static Line clear(double dbfs) {
            return new Line(dbfs, dbfs, 0, 99);
        }
    }

    private final Random random = new Random(7);
    private final List<String> durations = new ArrayList<>();

    private static double amplitude(double dbfs) {
        return Math.pow(10, dbfs / 20) * Short.MAX_VALUE;
    }

    /** Keys of one length with pauses of another, beginning anywhere in a block. */
    private short[] sequence(String digits, int toneMillis, int pauseMillis, Line line) {
        var sound = new short[200 + digits.length() * (toneMillis + pauseMillis) * 8 + 200];
        int at = random.nextInt(200);
        for (char digit : digits.toCharArray()) {
            int key = KEYPAD.indexOf(digit);
            double low = 2 * Math.PI * ROWS[key / 4] * (1 + line.offset) / 8000;
            double high = 2 * Math.PI * COLUMNS[key % 4] * (1 + line.offset) / 8000;
            double phase = 2 * Math.PI * random.nextDouble();
            for (int i = 0; i < toneMillis * 8; i++)
                sound[at + i] = saturated(amplitude(line.lowDbfs) * Math.sin(low * i + phase)
                        + amplitude(line.highDbfs) * Math.sin(high * i));
            at += (toneMillis + pauseMillis) * 8;
        }
        double power = (Math.pow(amplitude(line.lowDbfs), 2) + Math.pow(amplitude(line.highDbfs), 2)) / 2;
        double noise = Math.sqrt(power) * Math.pow(10, -line.noiseBelowDb / 20);
        for (int i = 0; i < sound.length; i++)
            sound[i] = saturated(sound[i] + (line.noiseBelowDb < 99 ? noise * random.nextGaussian() : 0));
        return sound;
    }

    private static short saturated(double sample) {
        return (short) Math.clamp(Math.round(sample), Short.MIN_VALUE, Short.MAX_VALUE);
    }

    private String heard(short[] sound) {
        durations.clear();
        var digits = new StringBuilder();
        var detector = new DtmfDetector((digit, millis) -> {
            digits.append(digit);
            durations.add(digit + " " + millis);
        });
        int piece = 0;
        for (int at = 0; at < sound.length; ) {
            int count = Math.min(PIECES[piece++ % PIECES.length], sound.length - at);
            detector.put(Arrays.copyOfRange(sound, at, at + count), count);
            at += count;
        }
        detector.finish();
        return digits.toString();
    }

    private static short[] muLaw(short[] sound) {
        var coded = new short[sound.length];
        for (int i = 0; i < sound.length; i++) coded[i] = G711.fromMuLaw(G711.muLaw(sound[i]));
        return coded;
    }

    private static short[] aLaw(short[] sound) {
        var coded = new short[sound.length];
        for (int i = 0; i < sound.length; i++) coded[i] = G711.fromALaw(G711.aLaw(sound[i]));
        return coded;
    }

    @ParameterizedTest
    @ValueSource(doubles = {-6.1, -10, -20, -25, -30})
    void everyKeyOf40MillisIsHeardAtEveryLevelThroughG711(double dbfs) {
        short[] sound = sequence(KEYPAD, 40, 40, Line.clear(dbfs));
        assertThat(heard(sound)).isEqualTo(KEYPAD);
        assertThat(heard(muLaw(sound))).isEqualTo(KEYPAD);
        assertThat(heard(aLaw(sound))).isEqualTo(KEYPAD);
    }

    @Test
    void aKeyThatIsTooLoudForTheLineIsHeard() {
        assertThat(heard(muLaw(sequence(KEYPAD, 60, 60, Line.clear(-4))))).isEqualTo(KEYPAD);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-6, -3, 3, 6})
    void oneFrequencyMayBeLouderThanTheOther(double twist) {
        var line = new Line(-12 - Math.max(0, twist), -12 + Math.min(0, twist), 0, 99);
        assertThat(heard(muLaw(sequence(KEYPAD, 40, 40, line)))).isEqualTo(KEYPAD);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.015, -0.01, 0.01, 0.015})
    void frequenciesMayBeAPercentAndAHalfOff(double offset) {
        assertThat(heard(muLaw(sequence(KEYPAD, 40, 40, new Line(-12, -12, offset, 99)))))
                .isEqualTo(KEYPAD);
        assertThat(heard(muLaw(sequence(KEYPAD, 40, 40, new Line(-16, -12, offset, 99)))))
                .isEqualTo(KEYPAD);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.04, 0.04})
    void frequenciesFourPercentOffAreNoKeys(double offset) {
        assertThat(heard(sequence(KEYPAD, 100, 60, new Line(-12, -12, offset, 99))))
                .isEmpty();
    }

    @Test
    void of2000KeysInNoise15DecibelsBelowNoneIsMissedOrHeardTwice() {
        var digits = new StringBuilder();
        for (int i = 0; i < 2000; i++) digits.append(KEYPAD.charAt(random.nextInt(16)));
        short[] sound = sequence(digits.toString(), 50, 50, new Line(-14, -12, 0.005, 15));
        assertThat(heard(muLaw(sound))).isEqualTo(digits.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 25, 40})
    void theSameKeyAgainAfter20MillisIsTwoKeys(int pauseMillis) {
        for (int i = 0; i < 100; i++)
            assertThat(heard(sequence("55555", 60, pauseMillis, Line.clear(-12))))
                    .isEqualTo("55555");
    }

    @Test
    void aClickInALongKeyDoesNotMakeTwoOfIt() {
        short[] sound = sequence("5", 400, 40, Line.clear(-12));
        for (int i = 0; i < 8; i++) sound[1500 + i] = (short) (i % 2 == 0 ? 32_767 : -32_768);
        assertThat(heard(sound)).isEqualTo("5");
        assertThat(Integer.parseInt(durations.getFirst().substring(2))).isBetween(390, 410);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 100, 160, 1000, 10_000})
    void itTellsHowLongAKeyWasDown(int millis) {
        for (int i = 0; i < 20; i++) {
            heard(sequence("8", millis, 40, Line.clear(-12)));
            assertThat(durations).hasSize(1);
            assertThat(Integer.parseInt(durations.getFirst().substring(2))).isBetween(millis - 7, millis + 10);
        }
    }

    @Test
    void tonesOf12MillisAreNoKeys() {
        for (int i = 0; i < 50; i++)
            assertThat(heard(sequence(KEYPAD, 12, 40, Line.clear(-12)))).isEmpty();
    }

    @Test
    void aKeyThatIsDownWhenTheSoundEndsIsReportedThen() {
        assertThat(heard(Arrays.copyOf(sequence("3", 200, 0, Line.clear(-12)), 1000)))
                .isEqualTo("3");
    }

    @Test
    void theTestbedsOwnKeysAreHeard() {
        for (char digit : KEYPAD.toCharArray()) {
            var sound = new short[800];
            Sound.key(digit).next(sound);
            assertThat(heard(sound)).isEqualTo(String.valueOf(digit));
        }
    }

    @Test
    void oneFrequencyAloneIsNoKey() {
        assertThat(heard(sequence(KEYPAD, 100, 40, new Line(-12, -99, 0, 99)))).isEmpty();
        assertThat(heard(sequence(KEYPAD, 100, 40, new Line(-99, -12, 0, 99)))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Prompt.class)
    void aVoiceHasNoKeysInItFastOrSlowLoudOrSoft(Prompt prompt) {
        short[] voice = prompt.reference();
        for (double speed = 0.6; speed < 1.7; speed *= 1.05)
            for (double loudness : new double[] {0.25, 1, 3})
                assertThat(heard(muLaw(stretched(voice, speed, loudness))))
                        .as("speed %s", speed)
                        .isEmpty();
    }

    private static short[] stretched(short[] sound, double speed, double loudness) {
        var other = new short[(int) (sound.length / speed) - 2];
        for (int i = 0; i < other.length; i++) {
            int at = (int) (i * speed);
            double part = i * speed - at;
            other[i] = saturated(loudness * (sound[at] * (1 - part) + sound[at + 1] * part));
        }
        return other;
    }

    @Test
    void aKeyOverAVoice20DecibelsBelowIsHeard() {
        short[] sound = sequence("1590#", 100, 100, Line.clear(-10));
        short[] voice = Prompt.WELCOME_WAV.reference();
        for (int i = 0; i < sound.length; i++) sound[i] = saturated(sound[i] + 0.1 * voice[i + 8000]);
        assertThat(heard(sound)).isEqualTo("1590#");
    }

    @Test
    void silenceNoiseSweepsAndRingbackHaveNoKeysInThem() {
        assertThat(heard(new short[80_000])).isEmpty();
        for (double level : new double[] {100, 3000, 12_000}) {
            var noise = new short[800_000];
            for (int i = 0; i < noise.length; i++) noise[i] = saturated(level * random.nextGaussian());
            assertThat(heard(noise)).isEmpty();
        }
        var ringback = new short[48_000];
        Sound.ringback().next(ringback);
        assertThat(heard(ringback)).isEmpty();
        // Two harmonics alone would pass for a key where they meet its frequencies: they are one then.
        for (int harmonics : new int[] {1, 3, 4, 5})
            assertThat(heard(sweep(harmonics))).isEmpty();
    }

    /** From 300 to 2,000 Hz in ten seconds, with so many harmonics. */
    private static short[] sweep(int harmonics) {
        var sound = new short[80_000];
        double phase = 0;
        for (int i = 0; i < sound.length; i++) {
            phase += 2 * Math.PI * (300 + 1700.0 * i / sound.length) / 8000;
            double sum = 0;
            for (int h = 1; h <= harmonics; h++) sum += Math.sin(h * phase) / h;
            sound[i] = saturated(5000 * sum);
        }
        return sound;
    }
}
