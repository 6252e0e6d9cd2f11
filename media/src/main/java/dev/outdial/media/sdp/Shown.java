package dev.outdial.media.sdp;

import java.util.regex.Pattern;

/** Text of the far end, as it may be shown to a person or written to a log: of a bearable length, on one line, without keys. */
final class Shown {
    private static final int MAX_LENGTH = 80;
    /** What follows is a key: of {@code a=crypto} (RFC 4568), of {@code k=} (RFC 4566 section 5.12). */
    private static final Pattern SECRET = Pattern.compile("(?is)(inline|base64|clear):.*");

    private Shown() {}

    static String of(String text) {
        String open = SECRET.matcher(text).replaceFirst("$1:***");
        var shown = new StringBuilder();
        for (int i = 0; i < Math.min(open.length(), MAX_LENGTH); i++) {
            char c = open.charAt(i);
            shown.append(isHarmful(c) ? '?' : c);
        }
        return open.length() > MAX_LENGTH ? shown.append("...").toString() : shown.toString();
    }

    /** Control characters of ASCII and of Latin-1 (U+0085 ends a line, U+009B starts a terminal's command), line ends. */
    private static boolean isHarmful(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }
}
