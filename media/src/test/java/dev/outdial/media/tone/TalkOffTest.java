package dev.outdial.media.tone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Speech and music in which a detector that talks off would hear keys and tones; prints how many. */
class TalkOffTest {
    private static final int SECOND = 8000;
    private static final int PIECE_SECONDS = 20;
    private static final int MINUTES = 3;
    private static final int MANY_MINUTES = 75;

    /** What was heard that was not there. */
    private record Heard(List<Character> keys, List<ToneEvent> tones) {
        static Heard nothing() {
            return new Heard(new ArrayList<>(), new ArrayList<>());
        }

        void listen(short[] sound, ProgressTones country) {
            var keyEar = new DtmfDetector((digit, millis) -> keys.add(digit));
            keyEar.put(sound, sound.length);
            keyEar.finish();
            var toneEar = new ToneDetector(country, tones::add);
            toneEar.put(sound, sound.length);
            toneEar.finish();
        }
    }

    private static final List<String> COUNTRIES = List.of("US", "GB", "DE", "ES", "FR", "JP", "AE", "EG");

    private static Heard speech(int minutes, long seed) {
        var heard = Heard.nothing();
        for (int piece = 0; piece < minutes * 60 / PIECE_SECONDS; piece++) {
            var random = new Random(seed + piece);
            short[] speech = new SynthesizedSpeech(random).samples(PIECE_SECONDS * SECOND);
            heard.listen(Line.muLaw(speech), ProgressTones.of(COUNTRIES.get(piece % COUNTRIES.size())));
        }
        return heard;
    }

    private static Heard music(int minutes, long seed) {
        var heard = Heard.nothing();
        for (int piece = 0; piece < minutes * 60 / PIECE_SECONDS; piece++) {
            var random = new Random(seed + piece);
            short[] music = new SynthesizedMusic(random).samples(PIECE_SECONDS * SECOND);
            heard.listen(Line.muLaw(music), ProgressTones.of(COUNTRIES.get(piece % COUNTRIES.size())));
        }
        return heard;
    }

    private static void print(String what, int minutes, Heard heard) {
        System.out.printf(
                "%d minutes of %s: %d keys %s, %d tones %s%n",
                minutes, what, heard.keys.size(), heard.keys, heard.tones.size(), heard.tones);
    }

    @Test
    void minutesOfSpeechHaveNoKeysAndNoTones() {
        Heard heard = speech(MINUTES, 100);
        print("speech", MINUTES, heard);
        assertThat(heard.keys).isEmpty();
        assertThat(heard.tones).isEmpty();
    }

    @Test
    void minutesOfMusicHaveNoKeysAndNoTones() {
        Heard heard = music(MINUTES, 200);
        print("music", MINUTES, heard);
        assertThat(heard.keys).isEmpty();
        assertThat(heard.tones).isEmpty();
    }

    @Test
    @Tag("slow")
    void anHourAndMoreOfSpeechHasHardlyAKeyAndNoTonesButSungNotes() {
        Heard heard = speech(MANY_MINUTES, 10_000);
        print("speech", MANY_MINUTES, heard);
        // Q.24 annex A has 46 in 100 hours for Denmark; here one speaker in five sings, each note on one pitch.
        assertThat(heard.keys).hasSizeLessThanOrEqualTo(1);
        // All of them sung notes that have hardly an overtone.
        assertThat(heard.tones).hasSizeLessThanOrEqualTo(20).allMatch(tone -> tone instanceof ToneEvent.Beep);
    }

    @Test
    @Tag("slow")
    void anHourAndMoreOfMusicHasNoKeysAndNoTones() {
        Heard heard = music(MANY_MINUTES, 20_000);
        print("music", MANY_MINUTES, heard);
        assertThat(heard.keys).isEmpty();
        assertThat(heard.tones).isEmpty();
    }
}
