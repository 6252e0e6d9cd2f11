package dev.outdial.sip.dialog;

import dev.outdial.sip.message.Text;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The value of a Refer-To header. */
final class ReferTo {
    // RFC 3261 25.1: what may stand unescaped in a header within a URI.
    private static final String UNESCAPED = "[]/?:+$-_.!~*'()";

    private ReferTo() {}

    /** Refuses a target that could not stand between angle brackets. */
    static void check(String target) {
        int colon = target.indexOf(':');
        if (colon <= 0 || colon == target.length() - 1 || !target.chars().allMatch(ReferTo::isPlain)) {
            throw new IllegalArgumentException("a call cannot be transferred to '" + Text.shown(target)
                    + "': a URI such as sip:user@host was expected");
        }
    }

    private static boolean isPlain(int c) {
        return c > ' ' && c < 127 && c != '<' && c != '>' && c != '"';
    }

    /** {@code <sip:user@host?Replaces=...>}. */
    static String format(String target, Optional<String> replaces) {
        return replaces.map(value ->
                        '<' + target + (target.indexOf('?') < 0 ? '?' : '&') + "Replaces=" + escaped(value) + '>')
                .orElse('<' + target + '>');
    }

    private static String escaped(String value) {
        var text = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || UNESCAPED.indexOf(c) >= 0);
            if (plain) text.append(c);
            else text.append(String.format("%%%02X", (int) c));
        }
        return text.toString();
    }
}
