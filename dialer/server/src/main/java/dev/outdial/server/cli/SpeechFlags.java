package dev.outdial.server.cli;

import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.sound.SpeechEngine;
import dev.outdial.dialer.sound.SpeechOptions;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who speaks, and in which language. */
final class SpeechFlags {
    @Option(
            names = "--language",
            paramLabel = "TAG",
            defaultValue = "en-US",
            description = "the language of what is said: en-US, ar, pt-BR ... (default: ${DEFAULT-VALUE})")
    private String language = "en-US";

    @Option(names = "--voice", paramLabel = "NAME", description = "who says it, as the engine calls it")
    private @Nullable String voice;

    @Option(
            names = "--speech",
            paramLabel = "ENGINE",
            description =
                    "who speaks: freetts (US English, the default), exec:COMMAND (text on its standard input, WAV on its"
                            + " standard output; exec:espeak-ng speaks all its languages), http://... or https://... (text by POST, sound as"
                            + " the answer), or the name of an engine on the class path; {language} and {voice} stand for what is asked"
                            + " for; repeatable, the first that speaks the language")
    private List<String> engines = new ArrayList<>();

    /** Words in that language. */
    AudioClip.Words words(String text) {
        return new AudioClip.Words(text, language(), voice());
    }

    Locale language() {
        try {
            Locale spoken = new Locale.Builder().setLanguageTag(language).build();
            // BCP 47 has room for languages of up to 8 letters, and none that has more than 3.
            if (spoken.getLanguage().length() == 2 || spoken.getLanguage().length() == 3) return spoken;
        } catch (IllformedLocaleException none) {
            // said below
        }
        throw new UsageException("--language: '" + language + "' is no language tag: en-US, ar or pt-BR is expected");
    }

    Optional<String> voice() {
        return Optional.ofNullable(voice);
    }

    SpeechOptions options() {
        return engines.isEmpty()
                ? SpeechOptions.DEFAULT
                : new SpeechOptions(engines.stream().map(SpeechFlags::engine).toList(), Optional.empty());
    }

    private static SpeechEngine engine(String typed) {
        if (typed.startsWith("exec:")) {
            List<String> command = CommandWords.split(typed.substring("exec:".length()));
            if (command.isEmpty()) throw new UsageException("--speech: exec: and a command is expected");
            return new SpeechEngine.Program(command, List.of());
        }
        if (typed.startsWith("http://") || typed.startsWith("https://"))
            return new SpeechEngine.Service(typed, List.of());
        if (typed.equals("freetts")) return new SpeechEngine.Embedded();
        if (!typed.matches("[A-Za-z0-9_.-]+"))
            throw new UsageException(
                    "--speech: freetts, exec:COMMAND, http://..., https://... or the name of an engine is expected");
        return new SpeechEngine.Provided(typed);
    }
}
