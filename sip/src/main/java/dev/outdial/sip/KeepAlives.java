package dev.outdial.sip;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.transport.SipTransport;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps the ways open on which registrars and trunks reach us: connections always, datagrams where a NAT must
 * not forget us. Registrations share ways: one is let go of when nobody wants it any more. <b>Threading:</b>
 * any thread.
 */
final class KeepAlives {
    private final SipTransport transport;
    private final Addresses addresses;
    private final Map<Hop, Integer> wanted = new HashMap<>();

    KeepAlives(SipTransport transport, Addresses addresses) {
        this.transport = transport;
        this.addresses = addresses;
    }

    /** The way to be kept open for a binding; empty where it needs none. */
    Optional<Hop> needed(Optional<Hop> boundAt) {
        return boundAt.filter(hop -> hop.transport() != TransportProtocol.UDP || addresses.isTranslated(hop));
    }

    /**
     * The ways to be kept open to who has us registered nowhere and is to reach us all the same: datagrams to
     * an address beyond a NAT. Such a far end says nothing of how it sees us, so that an address of the
     * Internet seen from a private one counts as well.
     */
    Set<Hop> needed(Collection<Hop> hops) {
        return hops.stream()
                .filter(hop -> hop.transport() == TransportProtocol.UDP)
                .filter(hop -> addresses.isTranslated(hop) || addresses.leavesThePrivateNetwork(hop))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Somebody wants other ways than before. */
    synchronized void change(Set<Hop> before, Set<Hop> now) {
        now.stream().filter(hop -> !before.contains(hop)).forEach(hop -> change(Optional.empty(), Optional.of(hop)));
        before.stream().filter(hop -> !now.contains(hop)).forEach(hop -> change(Optional.of(hop), Optional.empty()));
    }

    /** Somebody wants another way than before. */
    synchronized void change(Optional<Hop> before, Optional<Hop> now) {
        if (before.equals(now)) return;
        now.ifPresent(hop -> {
            if (wanted.merge(hop, 1, Integer::sum) == 1) transport.keepAlive(hop, true);
        });
        before.ifPresent(hop -> {
            Integer left = wanted.computeIfPresent(hop, (h, count) -> count == 1 ? null : count - 1);
            if (left == null) transport.keepAlive(hop, false);
        });
    }
}
