package dev.outdial.sip.nat;

import dev.outdial.sip.message.AddressScope;
import dev.outdial.sip.message.TransportProtocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How one far end sees us. A value; times are of the caller's monotonic clock.
 *
 * <p>A NAT that takes another port for every packet would have us register without end: the address changes at most every 30 seconds and five
 * times an hour; beyond that the last one stays.
 *
 * @param mapping from which local address, and what it looks like from there; empty where nothing was heard that differs
 * @param changesNanos when it changed, within the last hour
 */
public record PublicAddress(Optional<Mapping> mapping, List<Long> changesNanos) {
    /** Nothing is known. */
    public static final PublicAddress UNKNOWN = new PublicAddress(Optional.empty(), List.of());

    private static final long SHORTEST_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final int MOST_AN_HOUR = 5;

    /**
     * What an address translation does.
     *
     * @param local from where we send
     * @param seen where that comes from in the eyes of the far end
     */
    public record Mapping(InetSocketAddress local, InetSocketAddress seen) {}

    /** Takes a copy. */
    public PublicAddress {
        changesNanos = List.copyOf(changesNanos);
    }

    /** The address for what is sent from that one: the local one itself unless the far end has seen another. */
    public InetSocketAddress of(InetSocketAddress local) {
        return mapping.filter(m -> m.local().equals(local)).map(Mapping::seen).orElse(local);
    }

    /** Whether what is sent from that address is seen as coming from another. */
    public boolean isTranslated(InetSocketAddress local) {
        return !of(local).equals(local);
    }

    /**
     * A response came that says how the far end sees us.
     *
     * @param local from where its request was sent; over TCP and TLS, where we listen
     * @param seen {@code received} and {@code rport} of its Via
     */
    public PublicAddress seen(InetSocketAddress local, TransportProtocol transport, InetSocketAddress seen, long now) {
        // A connection goes out from a port of its own: there only another address tells of a translation.
        boolean same = transport == TransportProtocol.UDP
                ? seen.equals(local)
                : seen.getAddress().equals(local.getAddress());
        InetSocketAddress next = same ? local : seen;
        if (next.equals(of(local)) || !isCredible(local.getAddress(), seen.getAddress())) return this;
        List<Long> lately =
                changesNanos.stream().filter(at -> now - at < HOUR_NANOS).toList();
        boolean tooSoon = !lately.isEmpty() && now - lately.getLast() < SHORTEST_NANOS;
        if (tooSoon || lately.size() >= MOST_AN_HOUR) return this;
        Optional<Mapping> mapped = same ? Optional.empty() : Optional.of(new Mapping(local, seen));
        return new PublicAddress(
                mapped, Stream.concat(lately.stream(), Stream.of(now)).toList());
    }

    // Nobody sees us under an address that cannot cross a network; and whoever has a public address keeps it: a private
    // one is that of a
    // proxy within the far end's network.
    private static boolean isCredible(InetAddress local, InetAddress seen) {
        if (seen.isAnyLocalAddress() || seen.isMulticastAddress()) return false;
        if (seen.getClass() != local.getClass()) return false;
        if (seen.isLoopbackAddress() && !local.isLoopbackAddress()) return false;
        if (seen.isLinkLocalAddress() && !local.isLinkLocalAddress()) return false;
        return !AddressScope.isInner(seen) || AddressScope.isInner(local);
    }
}
