package dev.outdial.testbed.trunk;

import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.message.Via;
import dev.outdial.testbed.peer.Wire;
import java.net.InetSocketAddress;

/**
 * A request that arrived.
 *
 * @param request the request, its topmost Via completed by where it came from
 * @param from where it came from
 * @param atNanos when
 */
record Received(SipMessage request, Hop from, long atNanos) {
    private static final int DEFAULT_PORT = 5060;

    /** Where the response goes: back on the connection, to the port it came from where rport asks for that, to the Via's else (RFC 3581 4). */
    Hop replyHop() {
        if (from.wire() == Wire.TCP) return from;
        var via = request.via();
        if (via.isEmpty() || via.get().parameters().has("rport")) return from;
        int port = via.map(Via::port).filter(p -> p != 0).orElse(DEFAULT_PORT);
        return from.to(new InetSocketAddress(from.remote().getAddress(), port));
    }
}
