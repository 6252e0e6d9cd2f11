package dev.outdial.media.speech;

import dev.outdial.media.file.AudioFiles;
import dev.outdial.media.file.FileTrouble;
import dev.outdial.media.file.PcmSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Speaks with the first engine that speaks the language and has the voice, and keeps on disk what was spoken. What is asked for
 * twice at once is spoken once. <b>Threading:</b> any; waits for the engine.
 */
public final class SpeechLibrary implements Speaker, AutoCloseable {
    /** How much is kept where nothing else is said, in bytes: about an hour and a half of speech. */
    public static final long DEFAULT_MAX_BYTES = 200L << 20;

    private static final int MOST_NAMES = 40;

    /** Changes where the same words would become another sound, so that no sound of an earlier version is taken for it. */
    private static final String VERSION = "1";

    private final List<SpeechSynthesizer> engines;
    private final SpokenFiles files;
    private final Map<String, CompletableFuture<Path>> spokenNow = new ConcurrentHashMap<>();

    /**
     * Speaks with those engines.
     *
     * @param engines asked in this order; closed with the library
     * @param folder where what was spoken is kept; made where it is not there, and fit to be shared with other processes
     * @param maxBytes how much of it is kept
     */
    public SpeechLibrary(List<SpeechSynthesizer> engines, Path folder, long maxBytes) {
        this(engines, folder, maxBytes, Clock.systemUTC());
    }

    SpeechLibrary(List<SpeechSynthesizer> engines, Path folder, long maxBytes, Clock clock) {
        this.engines = List.copyOf(engines);
        this.files = new SpokenFiles(folder, maxBytes, clock);
    }

    private record Cast(SpeechSynthesizer engine, SpeechVoice voice) {}

    /** @throws SpeechException with a sentence: what is wrong with the text, or which languages and voices there are */
    @Override
    public Path speak(Utterance utterance) throws SpeechException {
        Script script = ScriptReader.read(utterance);
        Cast cast = cast(script.language(), utterance.voice());
        String key = SpokenFiles.key(
                VERSION,
                cast.engine.identity(),
                cast.voice.name(),
                cast.voice.language().toLanguageTag(),
                script.language().toLanguageTag(),
                utterance.text());
        Optional<Path> before = files.find(key);
        if (before.isPresent()) return before.get();
        var mine = new CompletableFuture<Path>();
        CompletableFuture<Path> first = spokenNow.putIfAbsent(key, mine);
        if (first != null) return result(first);
        try {
            mine.complete(files.find(key).orElseGet(() -> made(script, cast, key)));
        } catch (Throwable failed) {
            // An error too, no memory say: left unfinished, it would hang everyone who asks for the same.
            mine.completeExceptionally(failed instanceof CompletionException wrapped ? wrapped.getCause() : failed);
        } finally {
            spokenNow.remove(key);
        }
        return result(mine);
    }

    /**
     * Whether that could be spoken, as far as it is known without speaking.
     *
     * @throws SpeechException with a sentence: what is wrong with the text, or which languages and voices there are
     */
    public void check(Utterance utterance) throws SpeechException {
        Cast unused = cast(ScriptReader.read(utterance).language(), utterance.voice());
    }

    private static Path result(CompletableFuture<Path> spoken) throws SpeechException {
        try {
            return spoken.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof SpeechException sentence)
                throw new SpeechException(String.valueOf(sentence.getMessage()), sentence);
            throw new SpeechException("speech failed: " + FileTrouble.why(failed.getCause()), failed);
        }
    }

    private Cast cast(Locale language, Optional<String> voice) throws SpeechException {
        for (SpeechSynthesizer engine : engines) {
            Optional<SpeechVoice> who = engine.voice(language, voice);
            if (who.isPresent()) return new Cast(engine, who.get());
        }
        if (engines.isEmpty()) throw new SpeechException("no speech engine is set up");
        if (voice.isPresent()) {
            List<String> voices = new ArrayList<>();
            for (SpeechSynthesizer engine : engines)
                if (engine.voice(language, Optional.empty()).isPresent()) voices.addAll(engine.voices(language));
            if (!voices.isEmpty())
                throw new SpeechException("there is no voice '" + ScriptReader.inOneLine(voice.get()) + "' for "
                        + Letters.named(language) + "; there are: " + list(voices));
        }
        var languages = new TreeSet<String>();
        for (SpeechSynthesizer engine : engines) languages.addAll(engine.languages());
        throw new SpeechException(
                "no engine speaks " + Letters.named(language) + "; spoken are: " + list(List.copyOf(languages)));
    }

    private static String list(List<String> names) {
        return names.size() <= MOST_NAMES
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_NAMES)) + " and " + (names.size() - MOST_NAMES) + " more";
    }

    private Path made(Script script, Cast cast, String key) {
        List<Path> parts = new ArrayList<>();
        try {
            Path raw = files.part();
            parts.add(raw);
            cast.engine.synthesize(script, cast.voice, raw);
            Path whole = files.part();
            parts.add(whole);
            normalize(raw, whole, cast.engine.name());
            return files.keep(whole, key);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CompletionException(new SpeechException("interrupted while it was spoken", stopped));
        } catch (SpeechException sentence) {
            throw new CompletionException(sentence);
        } catch (IOException unwritable) {
            throw new CompletionException(
                    new SpeechException("what was spoken cannot be kept: " + FileTrouble.why(unwritable), unwritable));
        } finally {
            parts.forEach(SpokenFiles::remove);
        }
    }

    /** What engines write may be of any kind and any length, and say in its header what is not true. */
    private static void normalize(Path raw, Path whole, String engine) throws SpeechException {
        try (PcmSource source = AudioFiles.open(raw);
                WavSink sink = new WavSink(whole, source.sampleRate())) {
            Pieces.copy(source, sink, 1);
            if (sink.sampleCount() == 0) throw new SpeechException(engine + " answered no sound");
        } catch (SpeechException known) {
            throw known;
        } catch (IOException unplayable) {
            throw new SpeechException(
                    engine + " answered what cannot be played: " + withoutName(unplayable, raw), unplayable);
        }
    }

    /** The file has a name that nobody has given it. */
    private static String withoutName(IOException unplayable, Path raw) {
        return String.valueOf(unplayable.getMessage()).replace(raw.getFileName() + ": ", "");
    }

    /** Ends the engines. */
    @Override
    public void close() {
        engines.forEach(SpeechSynthesizer::close);
    }
}
