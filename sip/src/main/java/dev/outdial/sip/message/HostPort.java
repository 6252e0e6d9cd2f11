package dev.outdial.sip.message;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Writes addresses as SIP does: IPv6 in brackets, without a zone. */
public final class HostPort {
    private HostPort() {}

    /** {@code 192.0.2.1} or {@code [2001:db8::1]}. */
    public static String of(InetAddress address) {
        String literal = address.getHostAddress();
        int zone = literal.indexOf('%');
        if (zone >= 0) literal = literal.substring(0, zone);
        return literal.indexOf(':') >= 0 ? '[' + literal + ']' : literal;
    }

    /** {@code 192.0.2.1:5060} or {@code [2001:db8::1]:5060}. */
    public static String of(InetSocketAddress address) {
        return of(address.getAddress()) + ':' + address.getPort();
    }
}
