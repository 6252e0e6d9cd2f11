package dev.outdial.media.vad;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Voice is a buzz whose pitch and loudness move; what stands still, hisses or clicks is none. */
class VoiceActivityTest {
    private static final int RATE = 8000;
    private final List<String> heard = new ArrayList<>();
    private final List<long[]> voices = new ArrayList<>();
    private final List<Long> hertz = new ArrayList<>();
    private final VoiceActivity activity = new VoiceActivity(new VoiceListener() {
        @Override
        public void voiceBegan(long beginMillis, double levelDb) {
            heard.add("voice");
        }

        @Override
        public void voiceEnded(long beginMillis, long endMillis, double levelDb) {
            heard.add("quiet");
            voices.add(new long[] {beginMillis, endMillis});
        }

        @Override
        public void toneBegan(long beginMillis, double frequency, boolean single) {
            heard.add("tone");
            hertz.add(Math.round(frequency));
        }

        @Override
        public void toneEnded(long beginMillis, long endMillis, double frequency, boolean single) {
            heard.add("tone over");
        }
    });
    private int at;

    @Test
    void wordsAreFoundWhereTheyAre() {
        silence(500).word(400).silence(300).word(200).silence(500);

        assertThat(heard).containsExactly("voice", "quiet", "voice", "quiet");
        assertThat(voices.get(0)[0]).isBetween(490L, 530L);
        assertThat(voices.get(0)[1]).isBetween(880L, 930L);
        assertThat(voices.get(1)[0]).isBetween(1190L, 1230L);
        assertThat(voices.get(1)[1]).isBetween(1380L, 1430L);
    }

    @Test
    void whoSpeaksAtOnceIsHeard() {
        word(300).silence(300);

        assertThat(heard).containsExactly("voice", "quiet");
        assertThat(voices.getFirst()[0]).isLessThan(40);
    }

    @Test
    void aTonePairOfARingAndABeepAreNoVoices() {
        silence(200).play(2000, i -> 3000 * (sine(440, i) + sine(480, i)));
        silence(200).play(400, i -> 6000 * sine(1400, i)).silence(200);

        assertThat(heard).containsExactly("tone", "tone over", "tone", "tone over");
        assertThat(hertz.get(0)).isBetween(430L, 490L);
        assertThat(hertz.get(1)).isBetween(1395L, 1405L);
    }

    @Test
    void humOfTheMainsIsNoVoice() {
        play(4000, i -> 1500 * (sine(50, i) + 0.6 * sine(150, i) + 0.4 * sine(250, i) + 0.2 * sine(350, i)));

        assertThat(heard).doesNotContain("voice");
    }

    @Test
    void noiseOfTheLineIsNoVoiceHoweverLoud() {
        var random = new SplittableRandom(3);
        play(4000, i -> 2000 * random.nextGaussian());

        assertThat(heard).isEmpty();
    }

    @Test
    void breathAndClicksAreNoVoice() {
        var random = new SplittableRandom(4);
        silence(500).play(600, i -> 800 * Math.sin(Math.PI * (i % 4800) / 4800) * random.nextGaussian());
        silence(500).play(5, i -> 20_000).silence(500).play(5, i -> -20_000).silence(500);

        assertThat(heard).isEmpty();
    }

    @Test
    void wordsAreFoundInNoiseThatIsLearnt() {
        var random = new SplittableRandom(5);
        for (int i = 0; i < 4; i++) {
            play(800, n -> 250 * random.nextGaussian());
            int begin = at;
            play(300, n -> voice(n - begin, 300) + 250 * random.nextGaussian());
        }
        play(800, n -> 250 * random.nextGaussian());

        assertThat(voices).hasSize(4);
        for (int i = 0; i < 4; i++) assertThat(voices.get(i)[0]).isBetween(1100L * i + 700, 1100L * i + 880);
    }

    @Test
    void whoeverSpeaksFarBehindIsNotWhoAnswered() {
        silence(300).word(500);
        int begin = at;
        play(1500, i -> 0.06 * voice(i - begin, 1500)).silence(300);

        assertThat(heard).containsExactly("voice", "quiet");
    }

    @Test
    void howTheSoundIsCutIntoPacketsDoesNotMatter() {
        var whole = new short[RATE * 2];
        for (int i = 0; i < whole.length; i++) whole[i] = (short) (i % 9000 < 3000 ? voice(i % 9000, 375) : 0);
        activity.put(whole, whole.length);
        List<String> once = List.copyOf(heard);
        List<long[]> places = List.copyOf(voices);
        heard.clear();
        voices.clear();
        var pieces = new VoiceActivityTest();
        for (int from = 0; from < whole.length; from += 77) {
            int count = Math.min(77, whole.length - from);
            var piece = new short[count];
            System.arraycopy(whole, from, piece, 0, count);
            pieces.activity.put(piece, count);
        }

        assertThat(once).isNotEmpty();
        assertThat(pieces.heard).isEqualTo(once);
        assertThat(pieces.voices).usingRecursiveComparison().isEqualTo(places);
    }

    @Test
    void anySamplesAreTaken() {
        var random = new SplittableRandom(11);
        var packet = new short[320];
        for (int n = 0; n < 3000; n++) {
            int manner = random.nextInt(5);
            for (int i = 0; i < packet.length; i++)
                packet[i] = (short)
                        switch (manner) {
                            case 0 -> random.nextInt(65536);
                            case 1 -> Short.MIN_VALUE;
                            case 2 -> i % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
                            case 3 -> 0;
                            default -> 12_000 * sine(300 + manner * 211, i);
                        };
            activity.put(packet, random.nextInt(packet.length + 1));
        }

        // Each end follows its beginning.
        for (int i = 1; i < heard.size(); i++) {
            if (heard.get(i).equals("quiet")) assertThat(heard.get(i - 1)).isEqualTo("voice");
            if (heard.get(i).equals("tone over")) assertThat(heard.get(i - 1)).isEqualTo("tone");
        }
        assertThat(activity.positionMillis()).isPositive();
    }

    private VoiceActivityTest silence(int millis) {
        return play(millis, i -> 0);
    }

    private VoiceActivityTest word(int millis) {
        int begin = at;
        return play(millis, i -> voice(i - begin, millis));
    }

    private VoiceActivityTest play(int millis, IntToDoubleFunction sound) {
        var samples = new short[millis * 8];
        for (int i = 0; i < samples.length; i++, at++) samples[i] = (short) sound.applyAsDouble(at);
        activity.put(samples, samples.length);
        return this;
    }

    private static double sine(double frequency, int i) {
        return Math.sin(2 * Math.PI * frequency * i / RATE);
    }

    /** A buzz with 15 overtones that falls from 180 to 120 Hz and swells four times a second. */
    private static double voice(int i, int millis) {
        double seconds = i / (double) RATE;
        double whole = millis / 1000.0;
        double turns = 180 * seconds - 30 * seconds * seconds / whole;
        double sum = 0;
        for (int overtone = 1; overtone <= 15; overtone++)
            sum += Math.sin(2 * Math.PI * overtone * turns) / (1 + Math.abs(overtone - 4));
        return 2500 * sum * (0.6 + 0.4 * Math.sin(2 * Math.PI * 4 * seconds));
    }
}
