package dev.outdial.server.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a port as people type them: {@code 127.0.0.1}, {@code example.com:5060}, {@code [::1]:5060}.
 *
 * @param host without brackets
 * @param port 0 to 65535
 */
record HostPort(String host, int port) {
    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.%\\w]+)]|([^\\[\\]:\\s]+))(?::(\\d{1,5}))?");

    static HostPort parse(String typed, int defaultPort) {
        Matcher form = FORM.matcher(typed);
        if (!form.matches()) {
            throw new UsageException("'" + typed + "' is not an address: HOST, HOST:PORT or [IPv6]:PORT is expected");
        }
        int port = form.group(3) == null ? defaultPort : Integer.parseInt(form.group(3));
        if (port > 65535) {
            throw new UsageException("'" + typed + "': port " + port + " is above 65535");
        }
        return new HostPort(form.group(1) == null ? form.group(2) : form.group(1), port);
    }

    /** As it is typed, and as it stands in a URI. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
