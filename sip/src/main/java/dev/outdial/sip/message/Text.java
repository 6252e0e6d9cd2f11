package dev.outdial.sip.message;

/** Checks on text that ends up in a SIP message. */
public final class Text {
    private static final int SHOWN_CHARACTERS = 160;

    private Text() {}

    /**
     * Refuses characters that could start a header of their own or hide in a log: C0 and C1 controls (CR, LF, NUL, NEL among
     * them), DEL and the Unicode line and paragraph separators.
     *
     * @param what names the text in the message of the exception
     * @return the text itself
     * @throws IllegalArgumentException when there is such a character; the text itself is not repeated
     */
    public static String withoutControls(String what, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isControl(c)) {
                throw new IllegalArgumentException(
                        String.format("%s holds the control character U+%04X at position %d", what, (int) c, i));
            }
        }
        return text;
    }

    /** Whether {@link #withoutControls} would refuse the text. */
    static boolean holdsControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) return true;
        }
        return false;
    }

    /** The text made fit for a log line or an exception: cut to 160 characters, control characters shown as {@code ?}. */
    public static String shown(String text) {
        var shown = new StringBuilder(Math.min(text.length(), SHOWN_CHARACTERS) + 3);
        for (int i = 0; i < Math.min(text.length(), SHOWN_CHARACTERS); i++) {
            char c = text.charAt(i);
            shown.append(isControl(c) ? '?' : c);
        }
        return text.length() > SHOWN_CHARACTERS ? shown.append("...").toString() : shown.toString();
    }

    private static boolean isControl(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }
}
