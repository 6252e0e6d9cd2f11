package dev.outdial.media.sdp;

/** Text of the far end, as it may be shown to a person or written to a log: of a bearable length, on one line. */
final class Shown {
    private static final int MAX_LENGTH = 80;

    private Shown() {}

    static String of(String text) {
        var shown = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), MAX_LENGTH); i++) {
            char c = text.charAt(i);
            shown.append(isHarmful(c) ? '?' : c);
        }
        return text.length() > MAX_LENGTH ? shown.append("...").toString() : shown.toString();
    }

    /** Control characters of ASCII and of Latin-1 (U+0085 ends a line, U+009B starts a terminal's command), line ends. */
    private static boolean isHarmful(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }
}
