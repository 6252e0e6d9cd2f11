package dev.outdial.media.speech;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tells whether a text is written in its language's letters: what an engine says of others are phonemes of another language, or
 * nothing. Pure.
 */
final class Letters {
    /** Languages that are not written in Latin letters, or not in them alone. */
    private static final Map<String, Set<UnicodeScript>> SCRIPTS = Map.ofEntries(
            scripts("ar arz fa ur ps sd ug ckb prs azb", UnicodeScript.ARABIC),
            scripts("ru uk be bg mk ky ba cv ab ce mn kv udm mhr sah nog", UnicodeScript.CYRILLIC),
            scripts("sr bs uz az tt kk tg tk sh cnr hbs", UnicodeScript.CYRILLIC, UnicodeScript.LATIN),
            scripts("el grc", UnicodeScript.GREEK),
            scripts("he iw yi ji", UnicodeScript.HEBREW),
            scripts("hi mr ne kok sa bho mai", UnicodeScript.DEVANAGARI),
            scripts("bn as bpy", UnicodeScript.BENGALI),
            scripts("pa", UnicodeScript.GURMUKHI, UnicodeScript.ARABIC),
            scripts("gu", UnicodeScript.GUJARATI),
            scripts("or", UnicodeScript.ORIYA),
            scripts("ta", UnicodeScript.TAMIL),
            scripts("te", UnicodeScript.TELUGU),
            scripts("kn", UnicodeScript.KANNADA),
            scripts("ml", UnicodeScript.MALAYALAM),
            scripts("si", UnicodeScript.SINHALA),
            scripts("th", UnicodeScript.THAI),
            scripts("lo", UnicodeScript.LAO),
            scripts("my shn", UnicodeScript.MYANMAR),
            scripts("km", UnicodeScript.KHMER),
            scripts("bo dz", UnicodeScript.TIBETAN),
            scripts("ka", UnicodeScript.GEORGIAN),
            scripts("hy hyw", UnicodeScript.ARMENIAN),
            scripts("am ti", UnicodeScript.ETHIOPIC),
            scripts("chr", UnicodeScript.CHEROKEE),
            scripts("dv", UnicodeScript.THAANA),
            scripts("ko", UnicodeScript.HANGUL, UnicodeScript.HAN),
            scripts("ja", UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA),
            scripts("zh cmn yue hak nan wuu", UnicodeScript.HAN, UnicodeScript.BOPOMOFO));

    private Letters() {}

    private static Map.Entry<String, Set<UnicodeScript>> scripts(String languages, UnicodeScript... of) {
        Set<UnicodeScript> all = EnumSet.noneOf(UnicodeScript.class);
        for (UnicodeScript script : of) all.add(script);
        return Map.entry(" " + languages + " ", all);
    }

    /**
     * Judges a text. Latin letters are borne among those of any language, as names are; alone they are not.
     *
     * @throws SpeechException with a sentence that names the letters and the language
     */
    static void check(String text, Locale language) throws SpeechException {
        Set<UnicodeScript> expected = of(language);
        boolean anyExpected = false;
        boolean anyLatin = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (!Character.isLetter(c)) continue;
            UnicodeScript script = UnicodeScript.of(c);
            if (script == UnicodeScript.COMMON || script == UnicodeScript.INHERITED || isSign(c)) continue;
            anyLatin |= script == UnicodeScript.LATIN;
            anyExpected |= expected.contains(script);
            if (script != UnicodeScript.LATIN && !expected.contains(script))
                throw new SpeechException("the text has " + name(script) + " letters (" + Character.toString(c)
                        + "), and is said to be in " + named(language));
        }
        if (anyLatin && !anyExpected)
            throw new SpeechException("the text has Latin letters only, and is said to be in " + named(language));
    }

    /** Letters that are signs of measure and of mathematics in any text. */
    private static boolean isSign(int c) {
        return c == 0xB5 || c == 0x3BC || c == 0x3A9 || c == 0x3C0;
    }

    private static Set<UnicodeScript> of(Locale language) {
        if (!language.getScript().isEmpty() && !language.getScript().equals("Latn")) {
            try {
                return EnumSet.of(UnicodeScript.forName(language.getScript()));
            } catch (IllegalArgumentException manyInOne) {
                // Hans, Jpan, Kore and their like: the language says it
            }
        }
        if (!language.getScript().equals("Latn")) {
            String wanted = " " + language.getLanguage() + " ";
            for (var entry : SCRIPTS.entrySet()) if (entry.getKey().contains(wanted)) return entry.getValue();
        }
        return EnumSet.of(UnicodeScript.LATIN);
    }

    private static String name(UnicodeScript script) {
        String name = script.name().replace('_', ' ');
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    /** For people: {@code English (en-US)}. */
    static String named(Locale language) {
        return language.getDisplayLanguage(Locale.ENGLISH) + " (" + language.toLanguageTag() + ")";
    }
}
