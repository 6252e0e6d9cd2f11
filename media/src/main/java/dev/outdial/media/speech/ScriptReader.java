package dev.outdial.media.speech;

import dev.outdial.media.speech.Script.Prosody;
import dev.outdial.media.speech.Script.Words;
import java.util.List;
import java.util.Locale;

/** Reads a text that is to be spoken, plain or SSML. Pure. */
public final class ScriptReader {
    /** The longest text, in UTF-16 units: more than ten minutes of speech. */
    public static final int MAX_LENGTH = 20_000;

    private ScriptReader() {}

    /**
     * Reads it, and judges whether its letters are those of its language.
     *
     * @throws SpeechException that says what is wrong, and in SSML at which line and column
     */
    public static Script read(Utterance utterance) throws SpeechException {
        String text = utterance.text();
        if (text.length() > MAX_LENGTH)
            throw new SpeechException(
                    "the text has " + text.length() + " characters, at most " + MAX_LENGTH + " are spoken");
        Locale language = utterance.language();
        Script script = isSsml(text)
                ? SsmlReader.read(text, language)
                : new Script(language, List.of(new Words(inOneLine(text), false, Prosody.PLAIN)));
        if (script.language().getLanguage().isEmpty())
            throw new SpeechException("the language of the text is expected, like en-US or ar");
        if (script.text().codePoints().noneMatch(Character::isLetterOrDigit))
            throw new SpeechException("there is nothing to say: the text has no letter and no digit");
        Letters.check(script.text(), script.language());
        return script;
    }

    private static boolean isSsml(String text) {
        String start = text.stripLeading();
        return start.startsWith("<speak") || start.startsWith("<?xml") || start.startsWith("<!");
    }

    /** With one space for each run of white space and control characters. */
    static String inOneLine(String text) {
        var line = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isGap(c)) {
                gap = true;
                continue;
            }
            if (gap && !line.isEmpty()) line.append(' ');
            gap = false;
            line.appendCodePoint(c);
        }
        return line.toString();
    }

    static boolean isGap(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.SURROGATE
                || c == 0xFEFF;
    }
}
