package dev.outdial.media.sdp;

import java.util.Locale;

/**
 * The value of a Content-Type header (RFC 2045 section 5.1).
 *
 * @param type type and subtype, lower case
 * @param boundary empty where it names none
 */
record ContentType(String type, String boundary) {
    private static final int MAX_LENGTH = 1000;

    static ContentType parse(String value) {
        String text = value.length() > MAX_LENGTH ? value.substring(0, MAX_LENGTH) : value;
        int end = text.indexOf(';');
        String type = (end < 0 ? text : text.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return new ContentType(type, end < 0 ? "" : parameter("boundary", text, end));
    }

    boolean isSdp() {
        return type.equals("application/sdp");
    }

    /** Whatever the subtype: an unknown one is read as mixed (RFC 2046 section 5.1.7). */
    boolean isMultipart() {
        return type.startsWith("multipart/");
    }

    boolean isAlternative() {
        return type.equals("multipart/alternative");
    }

    /** The value of a parameter, without its quotes; {@code at} is where a semicolon stands. */
    private static String parameter(String name, String text, int at) {
        int i = at;
        while (i < text.length()) {
            int equals = text.indexOf('=', i + 1);
            if (equals < 0) return "";
            boolean wanted = text.substring(i + 1, equals).strip().equalsIgnoreCase(name);
            var value = new StringBuilder();
            i = value(text, equals + 1, value);
            if (wanted) return value.toString();
        }
        return "";
    }

    /** Reads one value to the semicolon after it, whose place is the result. */
    private static int value(String text, int at, StringBuilder into) {
        int i = at;
        boolean quoted = false;
        boolean wasQuoted = false;
        for (; i < text.length() && (quoted || text.charAt(i) != ';'); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
                wasQuoted = true;
            } else if (quoted && c == '\\' && i + 1 < text.length()) into.append(text.charAt(++i));
            else if (quoted || c != ' ' && c != '\t' && !wasQuoted) into.append(c);
        }
        return i;
    }
}
