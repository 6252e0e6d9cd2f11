package dev.outdial.media.speech;

import dev.outdial.media.file.FileTrouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Speaks any language as tones, the same for the same words, so that a test can tell what was said: a tone of 3,100 Hz, then the first
 * eight half-bytes of the words' SHA-256 (UTF-8), each a tone of 500 Hz and 150 Hz more for each that it counts; each for 60 ms, with 20 ms of silence
 * after it. Pauses are what they are. For tests, not for people. <b>Threading:</b> any.
 */
public final class ToneCodedSynthesizer implements SpeechSynthesizer {
    // 3100 Hz   500 + 150 n Hz, eight times
    // |=====|   |=====|   |=====|  ...
    // 0    60  80   140 160   220   ms
    private static final int SAMPLE_RATE = 8000;
    private static final int BEGIN_HERTZ = 3100;
    private static final int FIRST_HERTZ = 500;
    private static final int STEP_HERTZ = 150;
    private static final int SYMBOLS = 8;
    private static final int TONE_SAMPLES = SAMPLE_RATE * 60 / 1000;
    private static final int GAP_MILLIS = 20;
    private static final double AMPLITUDE = 0.4;

    @Override
    public String name() {
        return "tones";
    }

    @Override
    public List<String> languages() {
        return List.of();
    }

    @Override
    public List<String> voices(Locale language) {
        return List.of();
    }

    @Override
    public Optional<SpeechVoice> voice(Locale language, Optional<String> name) {
        return Optional.of(new SpeechVoice(name.orElse(""), language));
    }

    @Override
    public void synthesize(Script script, SpeechVoice voice, Path target) throws SpeechException {
        try (var sink = new WavSink(target, SAMPLE_RATE)) {
            for (Script.Piece piece : script.pieces()) {
                switch (piece) {
                    case Script.Pause pause -> sink.writeSilence(pause.millis());
                    case Script.Words words ->
                        write(
                                words.text(),
                                AMPLITUDE * Math.pow(10, words.prosody().volumeDb() / 20),
                                sink);
                }
            }
        } catch (IOException unwritable) {
            throw new SpeechException("the tones cannot be written: " + FileTrouble.why(unwritable), unwritable);
        }
    }

    private static void write(String words, double amplitude, WavSink sink) throws IOException {
        byte[] digest = digest(words);
        tone(BEGIN_HERTZ, amplitude, sink);
        for (int i = 0; i < SYMBOLS; i++) {
            int half = (digest[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 0xF;
            tone(FIRST_HERTZ + STEP_HERTZ * half, amplitude, sink);
        }
    }

    private static void tone(int hertz, double amplitude, WavSink sink) throws IOException {
        for (int i = 0; i < TONE_SAMPLES; i++)
            sink.write((float) (amplitude * Math.sin(2 * Math.PI * hertz * i / SAMPLE_RATE)));
        sink.writeSilence(GAP_MILLIS);
    }

    private static byte[] digest(String words) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(words.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
