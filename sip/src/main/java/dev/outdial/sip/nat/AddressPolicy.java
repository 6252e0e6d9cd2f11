package dev.outdial.sip.nat;

import dev.outdial.sip.message.HostPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.OptionalInt;

/** What our Contact, and the session descriptions of our calls, name as our address. */
public sealed interface AddressPolicy {
    /** The local one, whatever far ends see: for a network without address translation. */
    record Local() implements AddressPolicy {}

    /** The one that the far end says it sees ({@code received} and {@code rport} of our Via); the local one until it says so. */
    record Learn() implements AddressPolicy {}

    /**
     * Always this one, for an address translation that was set up by hand.
     *
     * @param address a concrete one
     * @param port for signalling; where empty, the local one
     */
    record Fixed(InetAddress address, OptionalInt port) implements AddressPolicy {
        /** Refuses wildcards and ports beyond 1-65535. */
        public Fixed {
            if (address.isAnyLocalAddress() || address.isMulticastAddress())
                throw new IllegalArgumentException(
                        HostPort.of(address) + " cannot be the public address: nobody can send to us there");
            if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > 65_535))
                throw new IllegalArgumentException("the public port " + port.getAsInt() + " is not within 1-65535");
        }
    }

    /**
     * Where we are reached.
     *
     * @param local from where we send
     * @param known what the far end has said
     */
    default InetSocketAddress contact(InetSocketAddress local, PublicAddress known) {
        return switch (this) {
            case Local l -> local;
            case Learn l -> known.of(local);
            case Fixed f -> new InetSocketAddress(f.address(), f.port().orElse(local.getPort()));
        };
    }
}
