package dev.outdial.dialer.sound;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Who speaks what is to be said.
 *
 * @param engines asked in this order: the first that speaks the language, and has the voice, speaks
 * @param folder where what was spoken is kept; empty for a temporary one, removed when the dialer is closed
 */
public record SpeechOptions(List<SpeechEngine> engines, Optional<Path> folder) {
    /** The embedded synthesizer. */
    public static final SpeechOptions DEFAULT =
            new SpeechOptions(List.of(new SpeechEngine.Embedded()), Optional.empty());

    public SpeechOptions {
        engines = List.copyOf(engines);
    }
}
