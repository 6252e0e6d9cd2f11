package dev.outdial.dialer;

import dev.outdial.sip.message.NextHop;
import dev.outdial.sip.nat.AddressPolicy;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How far ends are found, and where they find us.
 *
 * @param learnsPublicAddress whether Contact and session descriptions name the address that the trunk says it sees us under, where that is
 *     not the local one: behind a NAT
 * @param publicAddress an address that they name in any case, {@code 192.0.2.1}, {@code 192.0.2.1:5062} or {@code [2001:db8::1]}: behind a
 *     NAT that was set up by hand
 * @param nameServers the name servers to ask; where empty, those of the system
 */
public record NetworkOptions(
        boolean learnsPublicAddress, Optional<String> publicAddress, List<InetSocketAddress> nameServers) {
    /** Learns the public address, asks the system's name servers. */
    public static final NetworkOptions DEFAULT = new NetworkOptions(true, Optional.empty(), List.of());

    private static final String EXPECTED = "an IP address, with a port or without, is expected";

    /** Checks the address. */
    public NetworkOptions {
        nameServers = List.copyOf(nameServers);
        publicAddress.ifPresent(NetworkOptions::fixed);
    }

    /** The same, naming the local address whatever the trunk sees. */
    public NetworkOptions withoutLearning() {
        return new NetworkOptions(false, publicAddress, nameServers);
    }

    /** The same, always naming this address. */
    public NetworkOptions reachedAt(String address) {
        return new NetworkOptions(learnsPublicAddress, Optional.of(address), nameServers);
    }

    /** The same, asking these name servers. */
    public NetworkOptions asking(InetSocketAddress... servers) {
        return new NetworkOptions(learnsPublicAddress, publicAddress, List.of(servers));
    }

    AddressPolicy policy() {
        return publicAddress
                .<AddressPolicy>map(NetworkOptions::fixed)
                .orElseGet(() -> learnsPublicAddress ? new AddressPolicy.Learn() : new AddressPolicy.Local());
    }

    private static AddressPolicy.Fixed fixed(String typed) {
        int colon = typed.lastIndexOf(':');
        boolean withPort = colon > typed.lastIndexOf(']') && typed.indexOf(':') == colon || typed.contains("]:");
        String host = withPort ? typed.substring(0, colon) : typed;
        if (host.indexOf(':') >= 0 && !host.startsWith("[")) host = '[' + host + ']';
        String shown = typed;
        return new AddressPolicy.Fixed(
                NextHop.literal(host)
                        .orElseThrow(() -> new IllegalArgumentException("public address '" + shown + "': " + EXPECTED)),
                withPort ? OptionalInt.of(port(typed, typed.substring(colon + 1))) : OptionalInt.empty());
    }

    private static int port(String typed, String port) {
        try {
            return Integer.parseInt(port);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("public address '" + typed + "': " + EXPECTED, wrong);
        }
    }
}
