package dev.outdial.sip.trace;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a message what nobody may read later: what proves who somebody is, the keys of the sound, and the keys that somebody
 * pressed. The body keeps its length, so that Content-Length stays true. Pure; whatever the input, it throws nothing and takes
 * time in proportion to it.
 */
public final class Secrets {
    private static final String MASK = "***";

    /** A nonce is told by its beginning. */
    private static final int NONCE_SHOWN = 6;

    private static final Set<String> PROOFS = Set.of("response", "rspauth", "cnonce", "nextnonce", "nonce");

    // Possessive: no input makes these search twice.
    private static final Pattern DIGEST = Pattern.compile("(?i)^[ \\t\\r\\n]*+digest[ \\t\\r\\n]");
    private static final Pattern CRYPTO = Pattern.compile("(?i)(inline:)([^\\s|;]++)");
    private static final Pattern KEY_LINE = Pattern.compile("(?im)^(k=|a=key-mgmt:)([^\\r\\n]++)");
    private static final Pattern PRESSED =
            Pattern.compile("(?im)^([ \\t]*+(?:signal|d|digits?)[ \\t]*+=[ \\t]*+)([^\\r\\n]++)");
    private static final Pattern REPORTED = Pattern.compile("(?i)(\\bdigits[ \\t]*+=[ \\t]*+[\"'])([^\"'\\r\\n]++)");

    private Secrets() {}

    /**
     * The message without its secrets.
     *
     * @param message one character a byte (ISO 8859-1)
     * @param maskKeys whether the keys that were pressed (INFO, KPML) are secrets too
     */
    public static String masked(String message, boolean maskKeys) {
        int headEnd = headEnd(message);
        var result = new StringBuilder(message.length());
        String contentType = maskHead(message, headEnd, result);
        String body = message.substring(headEnd);
        return body.isEmpty()
                ? result.toString()
                : result.append(maskedBody(body, contentType, maskKeys)).toString();
    }

    /** Where the head ends: behind the empty line. */
    private static int headEnd(String message) {
        int crlf = message.indexOf("\r\n\r\n");
        int lf = message.indexOf("\n\n");
        if (crlf >= 0 && (lf < 0 || crlf < lf)) return crlf + 4;
        return lf >= 0 ? lf + 2 : message.length();
    }

    /** Copies the header fields, each with the lines that continue it; returns the media type. */
    private static String maskHead(String message, int headEnd, StringBuilder target) {
        String contentType = "";
        int at = 0;
        while (at < headEnd) {
            int end = fieldEnd(message, at, headEnd);
            int colon = message.indexOf(':', at);
            if (colon < 0 || colon >= end) {
                target.append(message, at, end);
            } else {
                String name = message.substring(at, colon).strip().toLowerCase(Locale.ROOT);
                String value = message.substring(colon + 1, end);
                target.append(message, at, colon + 1).append(maskedValue(name, value));
                if (name.equals("content-type") || name.equals("c")) contentType = value.toLowerCase(Locale.ROOT);
            }
            at = end;
        }
        return contentType;
    }

    /** Behind the line, and behind those after it that begin with a blank (RFC 3261 section 7.3.1). */
    private static int fieldEnd(String message, int from, int headEnd) {
        int at = from;
        do {
            int lineFeed = message.indexOf('\n', at);
            if (lineFeed < 0 || lineFeed >= headEnd) return headEnd;
            at = lineFeed + 1;
        } while (at < headEnd && (message.charAt(at) == ' ' || message.charAt(at) == '\t'));
        return at;
    }

    private static String maskedValue(String name, String value) {
        return switch (name) {
            case "authorization", "proxy-authorization" ->
                DIGEST.matcher(value).find() ? maskedParameters(value) : allOf(value);
            case "www-authenticate", "proxy-authenticate", "authentication-info", "proxy-authentication-info" ->
                maskedParameters(value);
            case "identity", "y" -> allOf(value);
            default -> value;
        };
    }

    /** Reads {@code name=value, name="value"} with its quotes: a name within a quoted text is none. */
    private static String maskedParameters(String value) {
        var masked = new StringBuilder(value.length());
        int at = 0;
        while (at < value.length()) {
            int nameEnd = tokenEnd(value, at);
            // Behind a name only: else each blank of a long run would look at all after it.
            int equals = nameEnd > at ? skipBlanks(value, nameEnd) : value.length();
            if (equals < value.length() && value.charAt(equals) == '=') {
                int start = skipBlanks(value, equals + 1);
                int end = valueEnd(value, start);
                String name = value.substring(at, nameEnd).toLowerCase(Locale.ROOT);
                masked.append(value, at, start);
                if (!PROOFS.contains(name)) masked.append(value, start, end);
                else masked.append(name.equals("nonce") ? beginning(value.substring(start, end)) : "\"" + MASK + "\"");
                at = end;
            } else {
                // A scheme, a comma, a blank, or what makes no sense.
                int end = nameEnd > at ? nameEnd : valueEnd(value, at);
                end = Math.max(end, at + 1);
                masked.append(value, at, end);
                at = end;
            }
        }
        return masked.toString();
    }

    private static int tokenEnd(String value, int from) {
        int at = from;
        while (at < value.length() && (Character.isLetterOrDigit(value.charAt(at)) || value.charAt(at) == '-')) at++;
        return at;
    }

    private static int skipBlanks(String value, int from) {
        int at = from;
        while (at < value.length() && Character.isWhitespace(value.charAt(at))) at++;
        return at;
    }

    /** Behind a quoted text, closed or not, or a word. */
    private static int valueEnd(String value, int from) {
        int at = from;
        if (at < value.length() && value.charAt(at) == '"') {
            for (at++; at < value.length() && value.charAt(at) != '"'; at++) {
                if (value.charAt(at) == '\\') at++;
            }
            return Math.min(at + 1, value.length());
        }
        while (at < value.length() && value.charAt(at) != ',' && !Character.isWhitespace(value.charAt(at))) at++;
        return at;
    }

    private static String beginning(String nonce) {
        String bare = nonce.replace("\"", "");
        return bare.length() <= NONCE_SHOWN ? "\"" + MASK + "\"" : "\"" + bare.substring(0, NONCE_SHOWN) + MASK + "\"";
    }

    /** All but the scheme's or the first word's place, and the line's end. */
    private static String allOf(String value) {
        return " " + MASK + (value.endsWith("\r\n") ? "\r\n" : value.endsWith("\n") ? "\n" : "");
    }

    private static String maskedBody(String body, String contentType, boolean maskKeys) {
        String masked = blanked(blanked(body, CRYPTO), KEY_LINE);
        if (!maskKeys) return masked;
        if (contentType.contains("kpml")) return blanked(masked, REPORTED);
        if (contentType.contains("dtmf") || contentType.contains("digits")) {
            // application/dtmf-relay names its lines; application/dtmf is the key itself.
            String relay = blanked(masked, PRESSED);
            return relay.equals(masked) ? blank(masked) : relay;
        }
        return masked;
    }

    private static String blanked(String text, Pattern secret) {
        return secret.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + blank(found.group(2))));
    }

    /** As long, and says nothing. */
    private static String blank(String secret) {
        var blank = new StringBuilder(secret.length());
        for (int i = 0; i < secret.length(); i++) {
            char c = secret.charAt(i);
            blank.append(c == '\r' || c == '\n' ? c : '?');
        }
        return blank.toString();
    }
}
