package dev.outdial.sip.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A SIP or SIPS URI (RFC 3261 section 19.1): {@code sip:user@host:port;name=value}. Without a password and without
 * {@code ?headers}: both are refused, the first because it would end up in logs, the second because it smuggles headers.
 *
 * @param secure whether the scheme is {@code sips}
 * @param user the user part with escapes undone; never an empty string
 * @param host a host name, an IPv4 address, or an IPv6 address in brackets
 * @param port 1-65535 where one is written
 * @param parameters names in lower case, in the order written; a value is empty where there is only a name
 */
public record SipUri(
        boolean secure, Optional<String> user, String host, OptionalInt port, Map<String, String> parameters) {

    /** Checks all parts. */
    public SipUri {
        user.ifPresent(u -> {
            if (u.isEmpty()) throw new IllegalArgumentException("a SIP URI has an empty user part");
            Text.withoutControls("the user part of a SIP URI", u);
        });
        SipUriParser.checkHost(host);
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > 65535)) {
            throw new IllegalArgumentException("port " + port.getAsInt() + " is not within 1-65535");
        }
        parameters = parameters.isEmpty() ? Map.of() : checked(parameters);
    }

    private static Map<String, String> checked(Map<String, String> parameters) {
        var copy = new LinkedHashMap<String, String>();
        parameters.forEach((name, value) -> copy.put(name.toLowerCase(Locale.ROOT), value));
        copy.forEach(SipUriParser::checkParameter);
        if (copy.containsKey("transport")) TransportProtocol.of(copy.get("transport"));
        return Collections.unmodifiableMap(copy);
    }

    /** {@code sip:user@host}. */
    public static SipUri of(String user, String host) {
        return new SipUri(false, Optional.of(user), host, OptionalInt.empty(), Map.of());
    }

    /**
     * Reads a URI, such as one typed by a user.
     *
     * @throws IllegalArgumentException saying what was expected and what was found
     */
    public static SipUri parse(String text) {
        return SipUriParser.parse(text);
    }

    /** TLS for {@code sips}, else what the {@code transport} parameter says, else UDP (RFC 3263 section 4.1 without NAPTR). */
    public TransportProtocol transport() {
        if (secure) return TransportProtocol.TLS;
        String parameter = parameters.get("transport");
        return parameter == null ? TransportProtocol.UDP : TransportProtocol.of(parameter);
    }

    /** The port written, or the transport's own. */
    public int portOrDefault() {
        return port.orElse(transport().defaultPort());
    }

    /** The same URI with this user part. */
    public SipUri withUser(String newUser) {
        return new SipUri(secure, Optional.of(newUser), host, port, parameters);
    }

    /** The same user at another host, at its usual port. */
    public SipUri at(String newHost) {
        return new SipUri(secure, user, newHost, OptionalInt.empty(), parameters);
    }

    /** Scheme, user, host and port only: what identifies a person rather than a way to reach one (To, From). */
    public SipUri withoutParameters() {
        return new SipUri(secure, user, host, port, Map.of());
    }

    /** Scheme and host only: what a REGISTER is sent to (RFC 3261 section 10.2), with the port and parameters kept. */
    public SipUri withoutUser() {
        return new SipUri(secure, Optional.empty(), host, port, parameters);
    }

    /** The URI as it stands in a message. */
    @Override
    public String toString() {
        var text = new StringBuilder(secure ? "sips:" : "sip:");
        user.ifPresent(u -> text.append(SipUriParser.escapeUser(u)).append('@'));
        text.append(host);
        port.ifPresent(p -> text.append(':').append(p));
        parameters.forEach((name, value) -> {
            text.append(';').append(name);
            if (!value.isEmpty()) text.append('=').append(value);
        });
        return text.toString();
    }
}
