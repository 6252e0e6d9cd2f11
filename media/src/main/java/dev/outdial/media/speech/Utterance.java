package dev.outdial.media.speech;

import java.util.Locale;
import java.util.Optional;

/**
 * A text to be spoken.
 *
 * @param text plain words, or SSML where it begins with {@code <speak}
 * @param language which it is in
 * @param voice the name of the one who speaks it, as its engine calls it; empty for the engine's own choice for the language
 */
public record Utterance(String text, Locale language, Optional<String> voice) {
    /** In US English, by whoever speaks that. */
    public static Utterance of(String text) {
        return new Utterance(text, Locale.US, Optional.empty());
    }
}
