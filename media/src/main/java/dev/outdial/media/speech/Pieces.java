package dev.outdial.media.speech;

import dev.outdial.media.file.AudioFiles;
import dev.outdial.media.file.FileTrouble;
import dev.outdial.media.file.PcmSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Speaks a script for engines that know words only: a file for each run of words, with the pauses between them and as loud as the
 * script says. How fast and how high is the engine's own choice.
 */
final class Pieces {
    private static final int SILENCE_RATE = 8000;
    private static final int BLOCK_SAMPLES = 4096;

    /** How long all words of a script may take together, and the last of them a little longer. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Speaks words. */
    interface Mouth {
        /** Writes sound of any kind to the file. */
        void speak(String words, Path target) throws SpeechException, InterruptedException;
    }

    private Pieces() {}

    static void speak(Script script, Path target, Mouth mouth) throws SpeechException, InterruptedException {
        speak(script, target, mouth, System::nanoTime);
    }

    static void speak(Script script, Path target, Mouth mouth, LongSupplier nanoTime)
            throws SpeechException, InterruptedException {
        if (script.pieces().size() == 1 && isPlain(script.pieces().getFirst())) {
            mouth.speak(script.text(), target);
            return;
        }
        Path part = target.resolveSibling(target.getFileName() + ".piece");
        try {
            joined(script, target, part, mouth, nanoTime);
        } catch (SpeechException known) {
            throw known;
        } catch (IOException unreadable) {
            throw new SpeechException("the pieces cannot be put together: " + FileTrouble.why(unreadable), unreadable);
        } finally {
            SpokenFiles.remove(part);
        }
    }

    private static boolean isPlain(Script.Piece piece) {
        return piece instanceof Script.Words words && words.prosody().volumeDb() == 0;
    }

    private static void joined(Script script, Path target, Path part, Mouth mouth, LongSupplier nanoTime)
            throws IOException, InterruptedException {
        long startNanos = nanoTime.getAsLong();
        long pauseMillis = 0;
        WavSink sink = null;
        try {
            for (Script.Piece piece : script.pieces()) {
                switch (piece) {
                    case Script.Pause pause -> pauseMillis += pause.millis();
                    case Script.Words words -> {
                        if (nanoTime.getAsLong() - startNanos > LIMIT.toNanos())
                            throw new SpeechException("all that is to be said took longer than " + LIMIT.toSeconds()
                                    + " s; fewer words are expected, or fewer changes amid them");
                        mouth.speak(words.text(), part);
                        try (PcmSource source = AudioFiles.open(part)) {
                            if (sink == null) sink = new WavSink(target, source.sampleRate());
                            // A change of rate amid the file would be a change of pitch.
                            if (sink.sampleRate() != source.sampleRate())
                                throw new SpeechException("the engine answers now " + sink.sampleRate() + " and now "
                                        + source.sampleRate() + " samples a second");
                            silence(sink, pauseMillis);
                            pauseMillis = 0;
                            copy(source, sink, Math.pow(10, words.prosody().volumeDb() / 20));
                            check(sink, 0);
                        }
                    }
                }
            }
            if (sink == null) sink = new WavSink(target, SILENCE_RATE);
            silence(sink, pauseMillis);
        } finally {
            if (sink != null) sink.close();
        }
    }

    private static void silence(WavSink sink, long millis) throws IOException {
        if (millis > AudioFiles.MAX_SECONDS * 1000L)
            throw new SpeechException("the pauses are longer than " + AudioFiles.MAX_SECONDS / 60 + " minutes");
        check(sink, millis);
        sink.writeSilence((int) millis);
    }

    private static void check(WavSink sink, long moreMillis) throws SpeechException {
        if (sink.sampleCount() + moreMillis * sink.sampleRate() / 1000
                > (long) AudioFiles.MAX_SECONDS * sink.sampleRate())
            throw new SpeechException("what is to be said takes more than " + AudioFiles.MAX_SECONDS / 60 + " minutes");
    }

    /** Copies all samples, so much louder. */
    static void copy(PcmSource source, WavSink sink, double gain) throws IOException {
        float[] block = new float[BLOCK_SAMPLES];
        for (int n; (n = source.read(block, 0, block.length)) >= 0; )
            for (int i = 0; i < n; i++) sink.write((float) (block[i] * gain));
    }
}
