package dev.outdial.sip;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.HostPort;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.nat.AddressPolicy;
import dev.outdial.sip.nat.PublicAddress;
import dev.outdial.sip.transport.SipTransport;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Knows where each hop reaches us, and remembers what the far ends have said about it. What one trunk says holds for its own hops only: no
 * trunk can lead another one's calls astray. <b>Threading:</b> any thread.
 */
final class Addresses {
    /** More would be the work of somebody who has us register everywhere. */
    private static final int MOST_HOPS = 1000;

    private final AddressPolicy policy;
    private final SipTransport transport;
    private final Map<Hop, PublicAddress> known = new ConcurrentHashMap<>();

    Addresses(AddressPolicy policy, SipTransport transport) {
        this.policy = policy;
        this.transport = transport;
    }

    /** Where the hop reaches us; opens a listening point where there is none yet. */
    InetSocketAddress contact(Hop hop) throws IOException {
        InetSocketAddress local = transport.localAddress(hop);
        return policy.contact(local, knownOf(hop, local::equals));
    }

    /** Under which address the hop sees us, where that is not the local one. */
    Optional<InetAddress> publicAddress(Hop hop, InetAddress local) {
        return switch (policy) {
            case AddressPolicy.Local p -> Optional.empty();
            case AddressPolicy.Learn p ->
                knownOf(hop, own -> own.getAddress().equals(local))
                        .mapping()
                        .filter(mapping -> mapping.local().getAddress().equals(local))
                        .map(mapping -> mapping.seen().getAddress());
            case AddressPolicy.Fixed p -> Optional.of(p.address());
        };
    }

    /** Whether a NAT between us and the hop has to be kept awake. */
    boolean isTranslated(Hop hop) {
        try {
            return !contact(hop).equals(transport.localAddress(hop));
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a NAT must be there: an address of the Internet cannot answer a private one. */
    boolean leavesThePrivateNetwork(Hop hop) {
        try {
            return leavesThePrivateNetwork(
                    transport.localAddress(hop).getAddress(), hop.address().getAddress());
        } catch (IOException e) {
            return false;
        }
    }

    static boolean leavesThePrivateNetwork(InetAddress local, InetAddress remote) {
        // IPv6 is not translated as a rule: its private networks have addresses of the Internet beside.
        return local instanceof Inet4Address
                && isPrivate(local)
                && remote instanceof Inet4Address
                && !isPrivate(remote);
    }

    private static boolean isPrivate(InetAddress address) {
        return address.isSiteLocalAddress() || address.isLinkLocalAddress() || address.isLoopbackAddress();
    }

    /**
     * A final response came from that hop.
     *
     * @param siblings other ways to the same trunk: what nobody there has said yet, this one says for them
     */
    void heard(Hop hop, List<Hop> siblings, SipResponse response, long nowNanos) {
        if (response.seenAs().isEmpty() || !(policy instanceof AddressPolicy.Learn)) return;
        if (known.size() >= MOST_HOPS && !known.containsKey(hop)) return;
        InetSocketAddress local;
        try {
            local = transport.localAddress(hop);
        } catch (IOException e) {
            return;
        }
        PublicAddress now = known.merge(
                hop,
                PublicAddress.UNKNOWN.seen(
                        local, hop.transport(), response.seenAs().get(), nowNanos),
                (before, first) ->
                        before.seen(local, hop.transport(), response.seenAs().get(), nowNanos));
        if (now.mapping().isEmpty()) return;
        for (Hop sibling : siblings) {
            if (sibling.transport() == hop.transport()) known.putIfAbsent(sibling, now);
        }
    }

    // A far end often calls us from another port than the one that we registered at: what it said there holds here too.
    private PublicAddress knownOf(Hop hop, Predicate<InetSocketAddress> isLocal) {
        PublicAddress exact = known.get(hop);
        if (exact != null) return exact;
        return known.entrySet().stream()
                .filter(entry -> isSameHost(entry.getKey(), hop))
                .map(Map.Entry::getValue)
                .filter(address -> address.mapping()
                        .filter(mapping -> isLocal.test(mapping.local()))
                        .isPresent())
                .findFirst()
                .orElse(PublicAddress.UNKNOWN);
    }

    private static boolean isSameHost(Hop one, Hop other) {
        return one.transport() == other.transport()
                && one.address().getAddress().equals(other.address().getAddress());
    }

    /**
     * A Contact for requests to that hop.
     *
     * @param called by what URI; RFC 3261 8.1.1.8: who is called by a SIPS URI gets one in return, and that says TLS already
     */
    SipUri contactUri(SipUri called, String user, Hop hop) throws IOException {
        return contactUri(called, user, hop.transport(), contact(hop));
    }

    static SipUri contactUri(SipUri called, String user, TransportProtocol transport, InetSocketAddress address) {
        Map<String, String> parameters = transport == TransportProtocol.UDP || called.secure()
                ? Map.of()
                : Map.of("transport", transport.parameter());
        return new SipUri(
                called.secure(),
                Optional.of(user),
                HostPort.of(address.getAddress()),
                OptionalInt.of(address.getPort()),
                parameters);
    }
}
