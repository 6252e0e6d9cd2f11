package dev.outdial.testbed.message;

import java.util.Optional;

/** A host and a port as SIP writes them: {@code host:5060}, {@code [::1]:5060}, {@code host} (port 0). */
record HostPort(String host, int port) {

    static Optional<HostPort> parse(String text) {
        var stripped = text.strip();
        int end = stripped.startsWith("[") ? stripped.indexOf(']') + 1 : hostEnd(stripped);
        if (end <= 0) return Optional.empty();
        var host = stripped.substring(0, end);
        var rest = stripped.substring(end).strip();
        if (rest.isEmpty()) return Optional.of(new HostPort(host, 0));
        if (!rest.startsWith(":")) return Optional.empty();
        return Texts.number(rest.substring(1), 1, 65535).map(p -> new HostPort(host, p.intValue()));
    }

    private static int hostEnd(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? text.length() : colon;
    }
}
