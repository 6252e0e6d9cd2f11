package dev.outdial.sip.message;

import java.util.Map;
import java.util.Optional;

/**
 * The value of a From, To, Contact or Record-Route header (RFC 3261 section 20.10): a URI and parameters of the header.
 *
 * @param uri the URI as it is written; it may be of any scheme
 * @param parameters those of the header, not those of the URI
 */
public record NameAddress(String uri, Map<String, String> parameters) {
    /** Takes a copy. */
    public NameAddress {
        parameters = Map.copyOf(parameters);
    }

    /** Reads a value as it came from the network; empty where no URI can be found. */
    public static Optional<NameAddress> parse(String value) {
        int open = Parameters.endOfElement(value, 0, '<');
        if (open < value.length()) {
            int close = value.indexOf('>', open);
            if (close <= open + 1) return Optional.empty();
            return Optional.of(new NameAddress(
                    value.substring(open + 1, close), Parameters.parse(value.substring(close + 1), ';')));
        }
        // RFC 3261 section 20: without angle brackets, parameters belong to the header.
        int semicolon = value.indexOf(';');
        String uri = (semicolon < 0 ? value : value.substring(0, semicolon)).strip();
        if (uri.isEmpty()) return Optional.empty();
        return Optional.of(
                new NameAddress(uri, semicolon < 0 ? Map.of() : Parameters.parse(value.substring(semicolon + 1), ';')));
    }

    /** Writes {@code "name" <uri>}, the name quoted and escaped. */
    public static String format(Optional<String> displayName, String uri) {
        return displayName
                .map(name -> '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\" <" + uri + '>')
                .orElse('<' + uri + '>');
    }
}
