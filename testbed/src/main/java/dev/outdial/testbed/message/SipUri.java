package dev.outdial.testbed.message;

import java.util.Locale;
import java.util.Optional;

/**
 * A {@code sip:}, {@code sips:} or {@code tel:} URI in its parts.
 *
 * @param scheme {@code sip}, {@code sips} or {@code tel}
 * @param user the user part or the telephone number, without parameters of its own; empty when there is none
 * @param host the host name or address, IPv6 in brackets; empty for {@code tel:}
 * @param port the port, 0 when none is written
 * @param parameters what follows the host
 */
public record SipUri(String scheme, String user, String host, int port, Parameters parameters) {

    /** Reads a URI; empty when there is no known scheme or no host. Headers after {@code ?} are left out. */
    public static Optional<SipUri> parse(String text) {
        var stripped = text.strip();
        int colon = stripped.indexOf(':');
        if (colon <= 0) return Optional.empty();
        var scheme = stripped.substring(0, colon).toLowerCase(Locale.ROOT);
        var rest = stripped.substring(colon + 1);
        return switch (scheme) {
            case "sip", "sips" -> parseSip(scheme, rest);
            case "tel" -> parseTel(rest);
            default -> Optional.empty();
        };
    }

    private static Optional<SipUri> parseTel(String rest) {
        int semicolon = rest.indexOf(';');
        var number = semicolon < 0 ? rest : rest.substring(0, semicolon);
        if (number.isEmpty()) return Optional.empty();
        var parameters = semicolon < 0 ? Parameters.NONE : Parameters.parse(rest.substring(semicolon), ';');
        return Optional.of(new SipUri("tel", number, "", 0, parameters));
    }

    private static Optional<SipUri> parseSip(String scheme, String rest) {
        int at = rest.lastIndexOf('@');
        var user = at < 0 ? "" : withoutTail(withoutTail(rest.substring(0, at), ':'), ';');
        var where = withoutTail(rest.substring(at + 1), '?');
        int semicolon = where.indexOf(';');
        var parameters = semicolon < 0 ? Parameters.NONE : Parameters.parse(where.substring(semicolon), ';');
        var hostPort = HostPort.parse(semicolon < 0 ? where : where.substring(0, semicolon));
        return hostPort.map(h -> new SipUri(scheme, user, h.host(), h.port(), parameters));
    }

    private static String withoutTail(String text, char mark) {
        int found = text.indexOf(mark);
        return found < 0 ? text : text.substring(0, found);
    }

    /** The port, or the one that the scheme stands for: 5060, and 5061 for {@code sips}. */
    public int portOrDefault() {
        if (port != 0) return port;
        return scheme.equals("sips") ? 5061 : 5060;
    }

    /** The URI as text. */
    @Override
    public String toString() {
        if (scheme.equals("tel")) return "tel:" + user + parameters;
        return scheme + ":" + (user.isEmpty() ? "" : user + "@") + host + (port == 0 ? "" : ":" + port) + parameters;
    }
}
