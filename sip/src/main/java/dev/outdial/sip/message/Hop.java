package dev.outdial.sip.message;

import java.net.InetSocketAddress;

/**
 * Where messages are sent next: an address (never a name) and how to get there.
 *
 * @param address resolved, with a port of 1-65535
 * @param transport what carries the messages
 */
public record Hop(InetSocketAddress address, TransportProtocol transport) {
    /** Refuses addresses that still need a name server, and port 0. */
    public Hop {
        if (address.isUnresolved())
            throw new IllegalArgumentException("hop " + address.getHostString() + " is not resolved");
        if (address.getPort() == 0)
            throw new IllegalArgumentException("hop " + address.getHostString() + " has no port");
    }

    @Override
    public String toString() {
        return transport.parameter() + ":" + HostPort.of(address);
    }
}
