package dev.outdial.sip.message;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a request within a dialog goes (RFC 3261 section 12.2.1.1). Names are not looked up here: a URI with a host name leads to the hop
 * that the dialog began with, and to the port that stands in the URI where the name is the one that hop was found by.
 */
public final class NextHop {
    private static final int IPV4_PARTS = 4;
    private static final int LARGEST_OCTET = 255;

    private NextHop() {}

    /**
     * The hop for a URI of the far end's making: the topmost route, or the remote target.
     *
     * @param uri as it came from the network
     * @param first the hop of the request that began the dialog
     */
    public static Hop of(String uri, Hop first) {
        SipUri parsed;
        try {
            parsed = SipUri.parse(uri);
        } catch (IllegalArgumentException e) {
            return first;
        }
        Optional<InetAddress> address = literal(parsed.host());
        if (address.isEmpty() && isSameHost(parsed, first)) return at(parsed.port(), first);
        // A private address told by a far end beyond a NAT leads nowhere, or to a stranger in our own network.
        if (address.isEmpty()
                || (AddressScope.isInner(address.get())
                        && !AddressScope.isInner(first.address().getAddress()))) return first;
        if (first.transport() == TransportProtocol.TLS) return overTls(parsed, address.get(), first);
        boolean sameHost = address.get().equals(first.address().getAddress());
        // Many a far end forgets transport=tcp in its Contact: on the same host we stay with what has worked.
        TransportProtocol transport = sameHost && !writesTransport(parsed) ? first.transport() : parsed.transport();
        int port = parsed.port().orElse(transport.defaultPort());
        return new Hop(new InetSocketAddress(address.get(), port), transport);
    }

    // The host whose address the first hop is, by the name it was looked up with: known without asking again.
    private static boolean isSameHost(SipUri uri, Hop first) {
        boolean sameTransport = uri.transport() == first.transport()
                || (first.transport() != TransportProtocol.TLS && !writesTransport(uri));
        boolean sameName = uri.host().equalsIgnoreCase(first.address().getHostString())
                || first.verifiedName().filter(uri.host()::equalsIgnoreCase).isPresent();
        return sameTransport && sameName;
    }

    private static boolean writesTransport(SipUri uri) {
        return uri.secure() || uri.parameters().containsKey("transport");
    }

    // Without a port the name may stand for others as well (RFC 3263 section 4.2): we stay with what has worked.
    private static Hop at(OptionalInt port, Hop first) {
        return port.isEmpty()
                ? first
                : new Hop(
                        new InetSocketAddress(first.address().getAddress(), port.getAsInt()),
                        first.transport(),
                        first.verifiedName());
    }

    // A dialog that began on TLS stays on it, whatever the far end has written, and the far end stays who it was.
    private static Hop overTls(SipUri uri, InetAddress address, Hop first) {
        if (uri.transport() != TransportProtocol.TLS) return first;
        return Hop.overTls(
                new InetSocketAddress(address, uri.portOrDefault()),
                first.verifiedName().orElseThrow());
    }

    /** The address that a literal stands for; empty for a host name. Never asks a name server. */
    public static Optional<InetAddress> literal(String host) {
        boolean ipv6 = host.startsWith("[") && host.endsWith("]");
        if (!ipv6 && !isIpv4(host)) return Optional.empty();
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    // Stricter than the JDK, which asks the name service what 999.1.1.1 might be, and throws at 010.1.1.1.
    // A plain loop: it is asked several times for each call.
    private static boolean isIpv4(String host) {
        int parts = 0;
        int octet = -1;
        for (int i = 0; i <= host.length(); i++) {
            char c = i < host.length() ? host.charAt(i) : '.';
            if (c == '.') {
                if (octet < 0) return false;
                parts++;
                octet = -1;
            } else if (c < '0' || c > '9' || octet == 0) {
                return false;
            } else {
                octet = Math.max(octet, 0) * 10 + (c - '0');
                if (octet > LARGEST_OCTET) return false;
            }
        }
        return parts == IPV4_PARTS;
    }
}
