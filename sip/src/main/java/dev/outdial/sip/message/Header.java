package dev.outdial.sip.message;

/**
 * One header field of a message.
 *
 * @param name a token; the long form, where there is a compact one
 * @param value the text after the colon, without line folding or control characters
 */
public record Header(String name, String value) {
    private static final String TOKEN_MARKS = "-.!%*_+`'~";

    /** Refuses what could begin a second header. */
    public Header {
        if (!isToken(name)) throw new IllegalArgumentException("header name '" + Text.shown(name) + "' is not a token");
        // Asked before a sentence is made that hardly anybody reads: there are a hundred headers to a call.
        if (Text.holdsControls(value)) Text.withoutControls("header " + name, value);
    }

    /** Whether this is the header of that name, in any case. */
    public boolean is(String otherName) {
        return name.equalsIgnoreCase(otherName);
    }

    /** Whether the text is a token of RFC 3261 section 25.1. */
    public static boolean isToken(String text) {
        // A plain loop: it is asked for every header of every message.
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenCharacter(text.charAt(i))) return false;
        }
        return !text.isEmpty();
    }

    private static boolean isTokenCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || TOKEN_MARKS.indexOf(c) >= 0;
    }

    @Override
    public String toString() {
        boolean secret = is("Authorization") || is("Proxy-Authorization");
        return name + ": " + (secret ? "***" : value);
    }
}
