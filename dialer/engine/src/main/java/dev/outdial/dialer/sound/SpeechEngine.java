package dev.outdial.dialer.sound;

import java.util.List;

/** Who speaks. */
public sealed interface SpeechEngine {
    /** The synthesizer that comes with the library: US English. */
    record Embedded() implements SpeechEngine {}

    /**
     * A program that reads the text from its standard input and writes a WAV file to its standard output, started without a shell.
     * {@code espeak-ng} alone is enough for that program: its languages, voices and SSML are known.
     *
     * @param command its name and arguments; an argument {@code {language}} becomes the BCP 47 tag, {@code {voice}} the voice that is asked
     *     for, or the tag where none is
     * @param languages the languages that it speaks, as BCP 47 tags; empty for any
     */
    record Program(List<String> command, List<String> languages) implements SpeechEngine {
        public Program {
            command = List.copyOf(command);
            languages = List.copyOf(languages);
        }
    }

    /**
     * A service that takes the text by POST and answers a sound file. It is trusted: private addresses may be asked.
     *
     * @param address where it is; {@code {voice}} and {@code {language}} in it become what is asked for, {@code {voice}} the language's tag where no
     *     voice is. A user and password in it are sent as Basic authentication
     * @param languages the languages that it speaks, as BCP 47 tags; empty for any
     */
    record Service(String address, List<String> languages) implements SpeechEngine {
        public Service {
            languages = List.copyOf(languages);
        }

        /** Without what may be secret. */
        @Override
        public String toString() {
            return "Service[" + languages + "]";
        }
    }

    /**
     * A {@code dev.outdial.media.speech.SpeechSynthesizer} on the class path, found by {@link java.util.ServiceLoader}; {@code tones} is one, for
     * tests.
     *
     * @param name what it calls itself
     */
    record Provided(String name) implements SpeechEngine {}
}
