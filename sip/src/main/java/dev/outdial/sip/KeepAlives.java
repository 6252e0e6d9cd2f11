package dev.outdial.sip;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.transport.SipTransport;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the ways open on which registrars reach us: connections always, datagrams where a NAT must not forget us. Registrations share
 * ways: one is let go of when nobody wants it any more. <b>Threading:</b> any thread.
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
