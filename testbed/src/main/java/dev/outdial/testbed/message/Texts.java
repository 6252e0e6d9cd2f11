package dev.outdial.testbed.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Small readings of text that SIP headers share. Pure functions; they never throw, whatever the text. */
final class Texts {
    private Texts() {}

    /** A decimal number between the bounds; empty for anything else, signs and blanks inside included. */
    static Optional<Long> number(String text, long least, long most) {
        var digits = text.strip();
        if (digits.isEmpty() || digits.length() > 18) return Optional.empty();
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') return Optional.empty();
            value = value * 10 + (c - '0');
        }
        return value < least || value > most ? Optional.empty() : Optional.of(value);
    }

    /** Whether the text is a token of RFC 3261 25.1. */
    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && "-.!%*_+`'~".indexOf(c) < 0) return false;
        }
        return !text.isEmpty();
    }

    /** Splits at a separator that stands outside of quotes and angle brackets; parts are stripped, empty ones left out. */
    static List<String> split(String text, char separator) {
        var parts = new ArrayList<String>();
        boolean quoted = false;
        boolean bracketed = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') i++;
                else if (c == '"') quoted = false;
            } else if (c == '"') quoted = true;
            else if (c == '<') bracketed = true;
            else if (c == '>') bracketed = false;
            else if (c == separator && !bracketed) {
                addPart(parts, text.substring(start, i));
                start = i + 1;
            }
        }
        addPart(parts, text.substring(start));
        return List.copyOf(parts);
    }

    private static void addPart(List<String> parts, String part) {
        var stripped = part.strip();
        if (!stripped.isEmpty()) parts.add(stripped);
    }

    /** The text without its quotes and their escapes; unquoted text comes back as it is. */
    static String unquoted(String text) {
        var stripped = text.strip();
        if (stripped.length() < 2 || !stripped.startsWith("\"") || !stripped.endsWith("\"")) return stripped;
        var plain = new StringBuilder();
        for (int i = 1; i < stripped.length() - 1; i++) {
            char c = stripped.charAt(i);
            if (c == '\\' && i + 1 < stripped.length() - 1) plain.append(stripped.charAt(++i));
            else plain.append(c);
        }
        return plain.toString();
    }

    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
