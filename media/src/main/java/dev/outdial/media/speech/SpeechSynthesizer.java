package dev.outdial.media.speech;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An engine that makes words into sound. One on the class path is found by {@link java.util.ServiceLoader} and chosen by its
 * name. It is for {@link SpeechLibrary}, which has read the text, has judged that its letters are of the language, and keeps what was
 * spoken. <b>Threading:</b> any thread, several at once; what waits keeps its caller waiting, for a bounded time.
 */
public interface SpeechSynthesizer extends AutoCloseable {
    /** What it is called, in messages and where it is chosen: {@code freetts}. */
    String name();

    /**
     * What the sound depends on beside voice and words, so that another engine's sound is not taken for this one's; never shown,
     * since it may hold what is secret.
     */
    default String identity() {
        return name();
    }

    /**
     * The languages that it speaks, as BCP 47 tags; empty for any.
     *
     * @throws SpeechException where the engine cannot be asked
     */
    List<String> languages() throws SpeechException;

    /**
     * The names of the voices that speak a language; empty where it takes any name.
     *
     * @throws SpeechException where the engine cannot be asked
     */
    List<String> voices(Locale language) throws SpeechException;

    /**
     * Who speaks that.
     *
     * @param name who is asked for; empty for the engine's own choice
     * @return empty where nobody here does: then another engine is asked
     * @throws SpeechException where the engine cannot be asked
     */
    Optional<SpeechVoice> voice(Locale language, Optional<String> name) throws SpeechException;

    /**
     * Speaks.
     *
     * @param voice as {@link #voice} has named it
     * @param target the file to write: sound of any kind that {@link dev.outdial.media.file.AudioFiles} opens. It may be there already
     * @throws SpeechException where that fails; what was written so far does not matter then
     * @throws InterruptedException where the caller was interrupted
     */
    void synthesize(Script script, SpeechVoice voice, Path target) throws SpeechException, InterruptedException;

    /** Ends what it runs. What is spoken meanwhile may fail. */
    @Override
    default void close() {}
}
