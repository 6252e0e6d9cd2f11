package dev.outdial.server.facade.bandwidth;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whose voices and languages this API knows, as our speakers call them. Pure. */
final class Voices {
    private static final Map<String, String> LANGUAGES = Map.ofEntries(
            Map.entry("en", "en-US"),
            Map.entry("en_us", "en-US"),
            Map.entry("en_uk", "en-GB"),
            Map.entry("es", "es-ES"),
            Map.entry("es_mx", "es-MX"),
            Map.entry("fr", "fr-FR"),
            Map.entry("fr_fr", "fr-FR"),
            Map.entry("de", "de-DE"),
            Map.entry("de_de", "de-DE"),
            Map.entry("it", "it-IT"),
            Map.entry("it_it", "it-IT"));

    private static final List<String> NAMES = List.of(
            "kate",
            "susan",
            "julie",
            "dave",
            "paul",
            "bridget",
            "esperanza",
            "violeta",
            "jorge",
            "jolie",
            "bernard",
            "katrin",
            "stefan",
            "paola",
            "luca");

    private Voices() {}

    /** The language of a locale. */
    static String language(Wishes wishes) {
        String locale = wishes.text("locale").filter(text -> !text.isBlank()).orElse("en_US");
        String language = LANGUAGES.get(locale.toLowerCase(Locale.ROOT).replace('-', '_'));
        if (language == null) {
            throw Refusal.invalid("The audio resource property locale must be one of the following values: "
                    + "en_US, en_UK, es, es_MX, fr, fr_FR, de, de_DE, it, it_IT");
        }
        return language;
    }

    /** Checks the voice, which is the speaker's own choice for the language: ours have other names. */
    static void check(Wishes wishes) {
        String voice = wishes.text("voice").orElse("").toLowerCase(Locale.ROOT);
        if (!voice.isEmpty() && !NAMES.contains(voice)) {
            throw Refusal.invalid("The audio resource property voice must be one of the following values: " + NAMES);
        }
        String unused = wishes.choice("gender", List.of("female", "male", ""), "");
    }
}
