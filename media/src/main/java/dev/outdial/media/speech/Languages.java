package dev.outdial.media.speech;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds a language among those that an engine speaks. Pure. */
final class Languages {
    private Languages() {}

    /** What an engine is set up with: the tag that fits, or the language itself where any is spoken. */
    static Optional<Locale> spoken(List<String> tags, Locale language) {
        if (tags.isEmpty()) return Optional.of(language);
        return best(tags.stream().map(Locale::forLanguageTag).toList(), language);
    }

    /** The same language, of the same country where there is one; else of any, the first of them. */
    static Optional<Locale> best(List<Locale> among, Locale language) {
        Optional<Locale> first = Optional.empty();
        for (Locale one : among) {
            if (one.toLanguageTag().equalsIgnoreCase(language.toLanguageTag())) return Optional.of(one);
            if (!isSame(one, language)) continue;
            boolean isCloser = first.isEmpty()
                    || (one.getCountry().equals(language.getCountry())
                            && !first.get().getCountry().equals(language.getCountry()));
            if (isCloser) first = Optional.of(one);
        }
        return first;
    }

    private static boolean isSame(Locale one, Locale other) {
        boolean isScript = one.getScript().isEmpty()
                || other.getScript().isEmpty()
                || one.getScript().equals(other.getScript());
        return isScript && one.getLanguage().equals(other.getLanguage());
    }

    /**
     * Whether a voice's name can be handed on: letters, digits and {@code . _ - + / ( ) ,} and spaces, and no leading dash, so that no program takes
     * it for an option.
     */
    static boolean isVoiceName(String name) {
        return name.length() <= 100
                && !name.startsWith("-")
                && !name.contains("..")
                && name.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || " ._-+/(),".indexOf(c) >= 0);
    }

    /** The name, where it is one. */
    static Optional<String> checkedVoice(Optional<String> name) throws SpeechException {
        if (name.isPresent() && !isVoiceName(name.get()))
            throw new SpeechException("'" + ScriptReader.inOneLine(name.get()) + "' is no name of a voice");
        return name;
    }
}
