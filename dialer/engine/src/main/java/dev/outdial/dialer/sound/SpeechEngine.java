package dev.outdial.dialer.sound;

import java.net.URI;
import java.util.List;

/** Who speaks. */
public sealed interface SpeechEngine {
    /** The synthesizer that comes with the library: US English. */
    record Embedded() implements SpeechEngine {}

    /**
     * A program that reads the text from its standard input and writes a WAV file to its standard output.
     *
     * @param command its name and arguments; {@code {voice}} and {@code {language}} in them stand for what is asked for
     * @param languages the languages that it speaks, as BCP 47 tags; empty for any
     */
    record Program(List<String> command, List<String> languages) implements SpeechEngine {
        public Program {
            command = List.copyOf(command);
            languages = List.copyOf(languages);
        }
    }

    /**
     * A service that takes the text by POST and answers a sound file.
     *
     * @param address where it is; {@code {voice}} and {@code {language}} in it stand for what is asked for
     * @param languages the languages that it speaks, as BCP 47 tags; empty for any
     */
    record Service(URI address, List<String> languages) implements SpeechEngine {
        public Service {
            languages = List.copyOf(languages);
        }
    }
}
