package dev.outdial.server.config;

import dev.outdial.dialer.NetworkOptions;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as they stand in a configuration. */
public final class Addresses {
    private static final Pattern SERVER =
            Pattern.compile("\\[?([0-9.]+|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*?)]?(?:(?<=]|[0-9]):(\\d{1,5}))?");
    private static final Pattern PLAIN_V6 = Pattern.compile("[0-9A-Fa-f:]+:[0-9A-Fa-f:]+");
    private static final int DNS_PORT = 53;

    private Addresses() {}

    /** A name server: an address, with a port or without. Throws IllegalArgumentException where it is none. */
    public static InetSocketAddress nameServer(String text) {
        if (PLAIN_V6.matcher(text).matches()
                && text.chars().filter(sign -> sign == ':').count() > 1) {
            return new InetSocketAddress(text, DNS_PORT);
        }
        Matcher form = SERVER.matcher(text);
        String expected = "an address is expected, as 192.0.2.53 or 192.0.2.53:5353";
        if (!form.matches()) throw new IllegalArgumentException(expected);
        int port = form.group(2) == null ? DNS_PORT : Integer.parseInt(form.group(2));
        if (port < 1 || port > 65535) throw new IllegalArgumentException(expected);
        return new InetSocketAddress(form.group(1), port);
    }

    /** Checks a public address as the engine does. */
    static Optional<String> reachedAt(Optional<String> text) {
        text.ifPresent(address -> {
            var unused = NetworkOptions.DEFAULT.reachedAt(address);
        });
        return text;
    }
}
