package dev.outdial.sip.message;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * Where messages are sent next: an address (never a name) and how to get there.
 *
 * @param address resolved, with a port of 1-65535
 * @param transport what carries the messages
 * @param verifiedName whom the certificate of the far end must name, there for TLS only: the host of the URI that was resolved (RFC 5922
 *     section 7), a name or an IP literal, in lower case
 */
public record Hop(InetSocketAddress address, TransportProtocol transport, Optional<String> verifiedName) {
    /** Refuses addresses that still need a name server, port 0, and TLS to nobody in particular. */
    public Hop {
        if (address.isUnresolved())
            throw new IllegalArgumentException("hop " + address.getHostString() + " is not resolved");
        if (address.getPort() == 0)
            throw new IllegalArgumentException("hop " + address.getHostString() + " has no port");
        if (verifiedName.isPresent() != (transport == TransportProtocol.TLS))
            throw new IllegalArgumentException("a TLS hop, and no other, has a name to verify");
        verifiedName = verifiedName.map(Hop::plain);
    }

    /** A hop that was given as an address: over TLS, the certificate must name that address. */
    public Hop(InetSocketAddress address, TransportProtocol transport) {
        this(
                address,
                transport,
                transport == TransportProtocol.TLS ? Optional.of(HostPort.of(address.getAddress())) : Optional.empty());
    }

    /** A hop over TLS to whoever proves to be that host. */
    public static Hop overTls(InetSocketAddress address, String host) {
        return new Hop(address, TransportProtocol.TLS, Optional.of(host));
    }

    /** Whether the certificate must name nothing but the address: wherever the connection leads, that says who is there. */
    public boolean isVerifiedByAddress() {
        return verifiedName
                .filter(plain(HostPort.of(address.getAddress()))::equals)
                .isPresent();
    }

    // As certificates have it: no dot at the end, no brackets around IPv6.
    private static String plain(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) name = name.substring(0, name.length() - 1);
        if (name.startsWith("[") && name.endsWith("]")) name = name.substring(1, name.length() - 1);
        if (name.isEmpty()) throw new IllegalArgumentException("the name to verify is empty");
        return name;
    }

    /** {@code tcp:192.0.2.1:5060} or {@code tls:192.0.2.1:5061 (sip.example.com)}. */
    @Override
    public String toString() {
        String text = transport.parameter() + ":" + HostPort.of(address);
        return verifiedName.isEmpty() || isVerifiedByAddress() ? text : text + " (" + verifiedName.get() + ")";
    }
}
