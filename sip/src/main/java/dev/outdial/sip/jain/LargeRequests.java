package dev.outdial.sip.jain;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.TransportProtocol;
import gov.nist.javax.sip.message.SIPRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Which requests leave over TCP because they are too large for a datagram (RFC 3261 section 18.1.1). A far end that takes no connection is
 * not asked again for a while: its requests leave as datagrams after all. <b>Threading:</b> any thread.
 */
final class LargeRequests {
    /** The largest that leaves as a datagram. */
    static final int LARGEST_DATAGRAM_BYTES = 1_300;

    // What jain-sip adds when it writes a message that it has read: Content-Length, Content-Type, blanks.
    private static final int MARGIN_BYTES = 300;
    private static final int INVITES_REMEMBERED = 10_000;

    private final Backoff<Hop> rests = new Backoff<>();
    private final Map<String, Hop> invites = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Hop> eldest) {
            return size() > INVITES_REMEMBERED;
        }
    };

    /** The other way for a request that is to be sent as a datagram; empty where it may leave so, or must. */
    Optional<Hop> way(OutboundRequest outbound, SIPRequest written) {
        int roughBytes = Math.toIntExact(written.getSize())
                + outbound.request().body().map(body -> body.byteLength()).orElse(0);
        if (roughBytes <= LARGEST_DATAGRAM_BYTES - MARGIN_BYTES) return Optional.empty();
        if (written.encodeAsBytes("udp").length <= LARGEST_DATAGRAM_BYTES) return Optional.empty();
        var overTcp = new Hop(outbound.hop().address(), TransportProtocol.TCP);
        return rests.mayTry(overTcp, System.nanoTime()) ? Optional.of(overTcp) : Optional.empty();
    }

    /** The way of the INVITE, if it was another: its CANCEL takes the same (RFC 3261 section 9.1). */
    Optional<Hop> wayOfInvite(OutboundRequest cancel) {
        synchronized (invites) {
            return Optional.ofNullable(invites.get(cancel.branch()));
        }
    }

    /** It leaves by the other way. */
    void left(OutboundRequest diverted) {
        rests.succeeded(diverted.hop());
        if (!diverted.request().method().equals("INVITE")) return;
        synchronized (invites) {
            invites.put(diverted.branch(), diverted.hop());
        }
    }

    /** There is no connection that way. */
    void refused(Hop overTcp) {
        rests.failed(overTcp, System.nanoTime(), ThreadLocalRandom.current().nextDouble());
    }
}
