package dev.outdial.sip;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.transport.SipTransport;
import java.net.InetAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Whom we listen to: the addresses of those to whom we have turned ourselves. Everybody else is a stranger, whose messages are not even
 * read, unless they belong to something of ours. <b>Threading:</b> any thread.
 */
final class Peers {
    /** Somebody who has us call ever new addresses pushes out those that we have not turned to for longest. */
    private static final int MOST_ADDRESSES = 1_000;

    private final SipTransport transport;
    private final Map<InetAddress, Boolean> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Boolean> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    Peers(SipTransport transport) {
        this.transport = transport;
        transport.trust(Set.of());
    }

    /** From now on those are listened to. */
    synchronized void add(Collection<Hop> hops) {
        boolean changed = false;
        for (Hop hop : hops) changed |= known.put(hop.address().getAddress(), true) == null;
        if (changed) transport.trust(Set.copyOf(known.keySet()));
    }
}
