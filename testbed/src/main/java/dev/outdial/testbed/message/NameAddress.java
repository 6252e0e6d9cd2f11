package dev.outdial.testbed.message;

import java.util.Optional;

/**
 * The value of From, To, Contact, Route and their like: a display name, a URI, parameters such as the tag.
 *
 * @param displayName the name without its quotes, possibly empty
 * @param uri the URI as written
 * @param parameters what follows the address
 */
public record NameAddress(String displayName, String uri, Parameters parameters) {

    /** Reads one address; empty when there is none. Without angle brackets, parameters belong to the header (RFC 3261 20). */
    public static Optional<NameAddress> parse(String text) {
        int open = openingBracket(text);
        if (open >= 0) {
            int close = text.indexOf('>', open);
            if (close < 0) return Optional.empty();
            var name = Texts.unquoted(text.substring(0, open));
            var uri = text.substring(open + 1, close).strip();
            if (uri.isEmpty()) return Optional.empty();
            return Optional.of(new NameAddress(name, uri, Parameters.parse(text.substring(close + 1), ';')));
        }
        int semicolon = text.indexOf(';');
        var uri = (semicolon < 0 ? text : text.substring(0, semicolon)).strip();
        if (uri.isEmpty()) return Optional.empty();
        var parameters = semicolon < 0 ? Parameters.NONE : Parameters.parse(text.substring(semicolon), ';');
        return Optional.of(new NameAddress("", uri, parameters));
    }

    private static int openingBracket(String text) {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') i++;
            else if (c == '"') quoted = !quoted;
            else if (c == '<' && !quoted) return i;
        }
        return -1;
    }

    /** The tag; empty when there is none. */
    public Optional<String> tag() {
        return parameters.value("tag");
    }

    /** The URI in its parts; empty when it is not one we know. */
    public Optional<SipUri> sipUri() {
        return SipUri.parse(uri);
    }

    /** The address as text, always in angle brackets. */
    @Override
    public String toString() {
        return (displayName.isEmpty() ? "" : Texts.quoted(displayName) + " ") + "<" + uri + ">" + parameters;
    }
}
