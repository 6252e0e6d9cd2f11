package dev.outdial.testbed.trunk;

import dev.outdial.testbed.peer.Wire;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where a message came from or goes to.
 *
 * @param wire how
 * @param remote the other end
 * @param local this end, with a real address
 */
record Hop(Wire wire, InetSocketAddress remote, InetSocketAddress local) {

    Hop to(InetSocketAddress other) {
        return new Hop(wire, other, local);
    }

    /** The address as it stands in a URI. */
    String localHostPort() {
        var host = localHost();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + local.getPort();
    }

    /** The address as it stands in a session description. */
    String localHost() {
        return host(local.getAddress());
    }

    /** The address as text, without the zone that IPv6 link-local addresses have in Java. */
    static String host(InetAddress address) {
        var text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
