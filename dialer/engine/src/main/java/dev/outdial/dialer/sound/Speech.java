package dev.outdial.dialer.sound;

import dev.outdial.media.speech.FreeTtsSynthesizer;
import dev.outdial.media.speech.ProgramSynthesizer;
import dev.outdial.media.speech.ServiceSynthesizer;
import dev.outdial.media.speech.SpeechException;
import dev.outdial.media.speech.SpeechLibrary;
import dev.outdial.media.speech.SpeechSynthesizer;
import dev.outdial.media.speech.Utterance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes words into sound files, without a call. A {@code Dialer} has one of its own, and needs none of its user's. Nothing is loaded or made before
 * somebody speaks. <b>Threading:</b> any; waits for the engine.
 */
public final class Speech implements AutoCloseable {
    private final SpeechOptions options;
    private @Nullable SpeechLibrary library;
    private Optional<Path> temporary = Optional.empty();
    private boolean closed;

    private Speech(SpeechOptions options) {
        this.options = options;
    }

    /** Speaks as the options say. */
    public static Speech open(SpeechOptions options) {
        return new Speech(options);
    }

    /**
     * Speaks, or takes what was spoken before.
     *
     * @param text plain, or SSML where it begins with {@code <speak}
     * @param voice as its engine calls it; empty for the engine's own choice for the language
     * @return a WAV file of 16 bit mono, to be read and not to be changed; in a temporary folder it is gone when this is closed
     * @throws IOException with a sentence: what is wrong with the text, which languages and voices there are, or how the engine failed
     */
    public Path say(String text, Locale language, Optional<String> voice) throws IOException {
        return library().speak(new Utterance(text, language, voice));
    }

    /**
     * Looks whether that can be spoken, and speaks nothing: the text is read, and an engine is looked for that has the language and the
     * voice.
     *
     * @throws IOException with a sentence, as {@link #say}
     */
    public void check(String text, Locale language, Optional<String> voice) throws IOException {
        library().check(new Utterance(text, language, voice));
    }

    private synchronized SpeechLibrary library() throws IOException {
        if (closed) throw new SpeechException("speech is closed");
        SpeechLibrary open = library;
        if (open == null) {
            List<SpeechSynthesizer> engines = engines();
            open = new SpeechLibrary(engines, folder(), SpeechLibrary.DEFAULT_MAX_BYTES);
            library = open;
        }
        return open;
    }

    private List<SpeechSynthesizer> engines() throws SpeechException {
        try {
            var engines = Stream.<SpeechSynthesizer>builder();
            for (SpeechEngine engine : options.engines()) engines.add(synthesizer(engine));
            return engines.build().toList();
        } catch (IllegalArgumentException wrong) {
            throw new SpeechException(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static SpeechSynthesizer synthesizer(SpeechEngine engine) throws SpeechException {
        return switch (engine) {
            case SpeechEngine.Embedded embedded -> new FreeTtsSynthesizer();
            case SpeechEngine.Program program -> ProgramSynthesizer.of(program.command(), program.languages());
            case SpeechEngine.Service service -> new ServiceSynthesizer(service.address(), service.languages());
            case SpeechEngine.Provided provided -> provided(provided.name());
        };
    }

    private static SpeechSynthesizer provided(String name) throws SpeechException {
        var names = new TreeSet<String>();
        try {
            for (SpeechSynthesizer one : ServiceLoader.load(SpeechSynthesizer.class)) {
                if (one.name().equals(name)) return one;
                names.add(one.name());
            }
        } catch (ServiceConfigurationError broken) {
            throw new SpeechException(
                    "a speech engine on the class path cannot be loaded: " + broken.getMessage(), broken);
        }
        throw new SpeechException(
                "there is no speech engine '" + name + "'; on the class path are: " + String.join(", ", names));
    }

    private Path folder() throws IOException {
        if (options.folder().isPresent()) return options.folder().get();
        Path made = Files.createTempDirectory("outdial-speech");
        temporary = Optional.of(made);
        return made;
    }

    /** Ends the engines and removes the temporary folder. Doing it twice does no harm. */
    @Override
    public synchronized void close() {
        closed = true;
        if (library != null) library.close();
        temporary.ifPresent(Speech::remove);
        temporary = Optional.empty();
    }

    private static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(one);
        } catch (IOException stays) {
            // an engine that is just ending still writes there; the system clears its own folder
        }
    }
}
