package dev.outdial.server.http.json;

import java.util.stream.IntStream;

/** Signs that end a line somewhere or show nothing: C0, DEL, C1 with NEL, U+2028 and U+2029. In a SIP message they would begin a header of their own. */
public final class Controls {
    private static final String BREAKS = "\n\r\t";

    private Controls() {}

    /** Whether there is one. */
    public static boolean in(String text) {
        return text.codePoints().anyMatch(Controls::is) || unpaired(text);
    }

    /** Whether there is one besides ends of lines and tabs. */
    public static boolean inWords(String text) {
        return text.codePoints().anyMatch(sign -> is(sign) && BREAKS.indexOf(sign) < 0) || unpaired(text);
    }

    private static boolean is(int sign) {
        return sign < 0x20 || (sign >= 0x7F && sign <= 0x9F) || sign == 0x2028 || sign == 0x2029;
    }

    /** Half a sign cannot be written as UTF-8. */
    private static boolean unpaired(String text) {
        IntStream signs = text.codePoints();
        return signs.anyMatch(sign -> sign >= Character.MIN_SURROGATE && sign <= Character.MAX_SURROGATE);
    }
}
