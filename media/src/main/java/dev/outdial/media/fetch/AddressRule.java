package dev.outdial.media.fetch;

import java.net.InetAddress;
import java.util.Optional;

/** Says which addresses may be connected to. Pure: the answer depends on the address alone. <b>Threading:</b> any. */
@FunctionalInterface
public interface AddressRule {
    /**
     * Unicast addresses of the public Internet. Refused are all that the IANA registries for special purposes (RFC 6890) keep from
     * it, multicast, and those of IPv6 that stand for an IPv4 address, whichever: mapped, compatible, NAT64, 6to4, Teredo.
     */
    AddressRule PUBLIC = PublicAddresses::objection;

    /** All that can be connected to: for servers of one's own. */
    AddressRule ANY = address -> address.isMulticastAddress() ? Optional.of("a multicast address") : Optional.empty();

    /** What speaks against the address, as in "a loopback address"; empty where nothing does. */
    Optional<String> objection(InetAddress address);
}
