package dev.outdial.dialer.flow.json;

/** What an author wrote, as it can stand in a sentence of one line. */
final class Quoted {
    private static final int LONGEST = 60;

    private Quoted() {}

    static String of(String text) {
        return '"' + line(text, LONGEST) + '"';
    }

    /** The beginning of a text, in one line. */
    static String line(String text, int longest) {
        var line = new StringBuilder();
        text.codePoints().limit(longest).forEach(c -> line.appendCodePoint(isPlain(c) ? c : '?'));
        return text.codePointCount(0, text.length()) > longest ? line + "..." : line.toString();
    }

    private static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
