package dev.outdial.testbed.message;

import java.util.Locale;
import java.util.Optional;

/**
 * One Via value: who is to receive the response, and for which transaction.
 *
 * @param transport {@code UDP}, {@code TCP} and so on, in upper case
 * @param host the host as written
 * @param port the port, 0 when none is written
 * @param parameters branch, rport, received and others
 */
public record Via(String transport, String host, int port, Parameters parameters) {

    /** Reads one value, such as {@code SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1;rport}; empty when it is none. */
    public static Optional<Via> parse(String text) {
        int semicolon = text.indexOf(';');
        var head = (semicolon < 0 ? text : text.substring(0, semicolon)).strip();
        int lastSlash = head.lastIndexOf('/');
        if (lastSlash < 0) return Optional.empty();
        var protocol = head.substring(0, lastSlash).replace(" ", "").replace("\t", "");
        if (!protocol.equalsIgnoreCase("SIP/2.0")) return Optional.empty();
        var rest = head.substring(lastSlash + 1).strip();
        int blank = Math.max(rest.indexOf(' '), rest.indexOf('\t'));
        if (blank <= 0) return Optional.empty();
        var transport = rest.substring(0, blank).strip().toUpperCase(Locale.ROOT);
        var parameters = semicolon < 0 ? Parameters.NONE : Parameters.parse(text.substring(semicolon), ';');
        return HostPort.parse(rest.substring(blank)).map(h -> new Via(transport, h.host(), h.port(), parameters));
    }

    /** The branch; empty when there is none. */
    public String branch() {
        return parameters.value("branch").orElse("");
    }

    /** This Via as the server that received it must return it: with {@code received} and a filled {@code rport} (RFC 3581 4). */
    public Via receivedFrom(String address, int sourcePort) {
        var noted = parameters;
        if (parameters.has("rport"))
            noted = noted.with("rport", Integer.toString(sourcePort)).with("received", address);
        else if (!host.equals(address)) noted = noted.with("received", address);
        return new Via(transport, host, port, noted);
    }

    @Override
    public String toString() {
        return "SIP/2.0/" + transport + " " + host + (port == 0 ? "" : ":" + port) + parameters;
    }
}
