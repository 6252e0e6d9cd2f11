package dev.outdial.media.speech;

import java.text.Normalizer;
import java.util.Map;
import java.util.regex.Pattern;

/** English in ASCII, for an engine that says nothing of other characters. Pure. */
final class PlainEnglish {
    private static final Map<Integer, String> SAID = Map.ofEntries(
            said('&', " and "),
            said('@', " at "),
            said('\u20ac', " euros "),
            said('\u00a3', " pounds "),
            said('\u00a5', " yen "),
            said('\u00b0', " degrees "),
            said('\u00d7', " times "),
            said('\u2013', ", "),
            said('\u2014', ", "),
            said('\u2018', "'"),
            said('\u2019', "'"),
            said('\u201c', "\""),
            said('\u201d', "\""),
            said('\u00df', "ss"),
            said('\u00e6', "ae"),
            said('\u00c6', "Ae"),
            said('\u0153', "oe"),
            said('\u0152', "Oe"),
            said('\u00f8', "o"),
            said('\u00d8', "O"),
            said('\u0142', "l"),
            said('\u0141', "L"),
            said('\u0111', "d"),
            said('\u0110', "D"),
            said('\u00f0', "th"),
            said('\u00fe', "th"),
            said('\u0131', "i"),
            said('\u00b5', " micro "),
            said('\u03bc', " micro "),
            said('\u03a9', " ohms "),
            said('\u03c0', " pi "));

    private static final Pattern LONG = Pattern.compile("\\S{40}(?=\\S)");

    private PlainEnglish() {}

    private static Map.Entry<Integer, String> said(int character, String words) {
        return Map.entry(character, words);
    }

    static String of(String text) {
        var plain = new StringBuilder(text.length());
        String apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
        for (int i = 0; i < apart.length(); ) {
            int c = apart.codePointAt(i);
            i += Character.charCount(c);
            String words = SAID.get(c);
            if (words != null) plain.append(words);
            else if (c >= ' ' && c < 0x7F) plain.append((char) c);
            // Accents go without a gap, pictures and the like leave one.
            else if (Character.getType(c) != Character.NON_SPACING_MARK) plain.append(' ');
        }
        // The library's time grows with the square of what it takes for a sentence.
        return LONG.matcher(plain.toString().replaceAll(" +", " ").strip()).replaceAll("$0. ");
    }
}
